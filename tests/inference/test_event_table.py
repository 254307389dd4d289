from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.document import Document, Entity, Relation
from ssner.events import assemble
from ssner.inference.event_table import COLUMNS, csv_table, event_row, neutral_cell, parquet_table
from ssner.inference.output import OutputError

TEXT = "درمانگاه نور نهاوند هفتم اسفند ۱۴۰۲ با ۲۰ تا ۲۵ تخت و ۹۰ میلیارد ریال افتتاح شد؛ مهری مدیر آن است."


def gold() -> Document:
    def entity(name: str, kind: str, words: str, **more: str) -> Entity:
        start = TEXT.index(words)
        return Entity(name, kind, start, start + len(words), words, **more)

    entities = (
        entity("T1", "FACILITY", "درمانگاه نور نهاوند", event="CONSTRUCTION", status="COMPLETED"),
        entity("T2", "QUANTITY", "۲۰ تا ۲۵ تخت"),
        entity("T3", "MONEY", "۹۰ میلیارد ریال"),
        entity("T4", "PERSON", "مهری"),
    )
    relations = (
        Relation("HAS_CAPACITY", "T1", "T2"),
        Relation("COSTS", "T1", "T3"),
        Relation("AFFILIATED_WITH", "T4", "T1"),
    )
    return assemble(Document("خبر ۱", TEXT, entities=entities, relations=relations))


def test_the_row_of_an_event() -> None:
    document = gold()
    row = event_row(document, document.events[0])
    assert list(row) == list(COLUMNS)
    told = {name: value for name, value in row.items() if value is not None}
    assert told == {
        "document": "خبر ۱", "event": "E1", "type": "CONSTRUCTION", "type_fa": "ساخت", "status": "COMPLETED",
        "status_fa": "انجام‌شده", "facility": "درمانگاه نور نهاوند", "amount_rials": Fraction(90_000_000_000),
        "amount_bound": "exact", "amount_text": "۹۰ میلیارد ریال", "capacity_low": Fraction(20),
        "capacity_high": Fraction(25), "capacity_bound": "range", "unit": "تخت", "capacity_text": "۲۰ تا ۲۵ تخت",
        "date_text": "هفتم اسفند ۱۴۰۲", "date_jalali": "1402-12-07", "date_iso": "2024-02-26", "province": "همدان",
        "officials": "مهری", "evidence": TEXT,
    }  # fmt: skip


def test_csv_opens_in_a_spreadsheet_with_its_persian_intact(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    with csv_table(path) as table:
        table.add(gold())
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 1 and rows[0]["facility"] == "درمانگاه نور نهاوند" and rows[0]["amount_rials"] == "90000000000"


def test_parquet_holds_numbers_as_numbers(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "events.parquet"
    with parquet_table(path) as table:
        table.add(gold())
    (row,) = parquet.read_table(path).to_pylist()
    assert row["amount_rials"] == 9e10 and row["capacity_low"] == 20.0 and row["type_fa"] == "ساخت"


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("before", "utf-8")
    with pytest.raises(RuntimeError), csv_table(path) as table:
        table.add(gold())
        raise RuntimeError
    assert path.read_text("utf-8") == "before" and list(tmp_path.iterdir()) == [path]


def test_an_unwritable_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(OutputError, match="cannot be written"), csv_table(tmp_path / "file" / "events.csv"):
        pass


@given(st.text(max_size=5), st.sampled_from("=+-@"), st.text(max_size=5))
def test_no_cell_is_a_formula(before: str, sign: str, after: str) -> None:
    cell = neutral_cell(before + sign + after)
    seen = cell.lstrip("\u200b\u200c\u200e\u200f\u202a\u202e\ufeff \t\r\n")
    assert not seen.startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'").endswith(before + sign + after) or cell == before + sign + after


@pytest.mark.parametrize("cell", ["=1+2", "-5", "+98", "@x", "\u200f=cmd", "\t=1"])
def test_formulas_get_an_apostrophe(cell: str) -> None:
    assert neutral_cell(cell) == "'" + cell
