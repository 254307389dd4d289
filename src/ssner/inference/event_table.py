"""Events as flat rows for spreadsheets and data frames: one row an event."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from ..document import Document, Event, Filler, Value, format_number
from ..schema import STATUS_PERSIAN, event_frame
from .output import whole_file
from .parquet_rows import ParquetRows, parquet_rows

_JOINT: Final = "؛ "
_UNSEEN: Final = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff \t\r\n\v\f"
_TEXT, _NUMBER = "text", "number"
COLUMNS: Final[dict[str, str]] = {
    "document": _TEXT, "event": _TEXT, "type": _TEXT, "type_fa": _TEXT, "status": _TEXT, "status_fa": _TEXT,
    "facility": _TEXT, "organization": _TEXT, "parent": _TEXT,
    "amount_rials": _NUMBER, "amount_rials_low": _NUMBER, "amount_rials_high": _NUMBER, "amount_bound": _TEXT,
    "amount_text": _TEXT, "previous_amount_rials": _NUMBER,
    "capacity": _NUMBER, "capacity_low": _NUMBER, "capacity_high": _NUMBER, "capacity_bound": _TEXT, "unit": _TEXT,
    "capacity_text": _TEXT, "previous_capacity": _NUMBER, "progress_percent": _NUMBER, "change": _TEXT,
    "date_text": _TEXT, "date_jalali": _TEXT, "date_iso": _TEXT, "province": _TEXT,
    "officials": _TEXT, "evidence": _TEXT, "confidence": _NUMBER,
}  # fmt: skip
"""Column → whether it holds text or a number. `capacity` is also the quantity of a service."""
Row = dict[str, str | Fraction | float | None]


def _texts(fillers: Iterable[Filler]) -> str | None:
    return _JOINT.join(" ".join(f.text.split()) for f in fillers) or None


def _ends(value: Value | None) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    return (value.number, value.low, value.high) if value is not None else (None, None, None)


def _rials(fillers: Iterable[Filler]) -> Value | None:
    """The first amount in rials that could be read."""
    values = (f.value for f in fillers if f.value is not None)
    return next((v for v in values if v.currency == "IRR" and v.reason is None), None)


def _read(fillers: Iterable[Filler]) -> Value | None:
    return next((f.value for f in fillers if f.value is not None and f.value.reason is None), None)


def event_row(document: Document, event: Event) -> Row:
    """The row of an event: of the fillers of a role the first that could be read is the number, all are the text."""
    roles = event.roles
    kinds = {c.id: c.type for c in document.canonical}
    holders = [f for name in ("operator", "organization", "provider", "party") for f in roles.get(name, ())]
    facilities = [*roles.get("facility", ()), *(f for f in holders if kinds.get(f.canonical or "") == "FACILITY")]
    organizations = [f for f in holders if kinds.get(f.canonical or "") != "FACILITY"]
    amounts = [*roles.get("cost", ()), *roles.get("amount", ())]
    sizes = [*roles.get("capacity", ()), *roles.get("quantity", ())]
    amount, size = _rials(amounts), _read(sizes)
    before = _read([*roles.get("previous_capacity", ()), *roles.get("previous_quantity", ())])
    progress = _read(roles.get("progress", ()))
    previous_amount = _rials(roles.get("previous_amount", ()))
    rials, rials_low, rials_high = _ends(amount)
    number, low, high = _ends(size)
    evidence = " ⏎ ".join(" ".join(document.text[start:end].split()) for start, end in event.evidence)
    return {
        "document": document.id, "event": event.id, "type": event.type, "type_fa": event_frame(event.type).persian,
        "status": event.status, "status_fa": STATUS_PERSIAN[event.status] if event.status else None,
        "facility": _texts(facilities), "organization": _texts(organizations),
        "parent": _texts(roles.get("parent", ())),
        "amount_rials": rials, "amount_rials_low": rials_low, "amount_rials_high": rials_high,
        "amount_bound": amount.bound if amount else None, "amount_text": _texts(amounts),
        "previous_amount_rials": _ends(previous_amount)[0],
        "capacity": number, "capacity_low": low, "capacity_high": high, "capacity_bound": size.bound if size else None,
        "unit": size.unit if size else None, "capacity_text": _texts(sizes), "previous_capacity": _ends(before)[0],
        "progress_percent": _ends(progress)[0], "change": _texts(roles.get("change", ())),
        "date_text": event.date.text if event.date else None, "date_jalali": event.date.jalali if event.date else None,
        "date_iso": event.date.iso if event.date else None, "province": event.province,
        "officials": _texts(event.officials), "evidence": evidence or None, "confidence": event.confidence,
    }  # fmt: skip


def neutral_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: `=`, `+`, `-`, `@` at its beginning get an apostrophe before."""
    return "'" + cell if cell.lstrip(_UNSEEN)[:1] in ("=", "+", "-", "@") else cell


def _cell(value: str | Fraction | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        finite = format_number(value)
        return finite if "/" not in finite else f"{float(value):.6f}"
    return neutral_cell(value) if isinstance(value, str) else f"{value:.4f}"


class _CsvTable:
    def __init__(self, stream: Any) -> None:
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow(COLUMNS)

    def add(self, document: Document) -> None:
        """Write the events of a document."""
        self._writer.writerows(
            [_cell(row[name]) for name in COLUMNS] for row in (event_row(document, e) for e in document.events)
        )


@contextmanager
def csv_table(path: Path) -> Iterator[_CsvTable]:
    """A CSV file of events, whole or not there: UTF-8 with a byte order mark, as spreadsheets want it.

    Raises:
        OutputError: It cannot be written.
    """
    with whole_file(path, encoding="utf-8-sig", newline="") as stream:
        yield _CsvTable(stream)


class _ParquetTable:
    def __init__(self, rows: ParquetRows) -> None:
        self._rows = rows

    def add(self, document: Document) -> None:
        """Write the events of a document."""
        for event in document.events:
            row = event_row(document, event)
            self._rows.add({k: float(v) if isinstance(v, Fraction) else v for k, v in row.items()})


@contextmanager
def parquet_table(path: Path) -> Iterator[_ParquetTable]:
    """A Parquet file of events, whole or not there; numbers are doubles, exact up to 2⁵³.

    Raises:
        OutputError: It cannot be written, or pyarrow is not installed.
    """

    def schema(pa: Any) -> Any:
        return pa.schema([(name, pa.string() if kind == _TEXT else pa.float64()) for name, kind in COLUMNS.items()])

    with parquet_rows(path, schema, 2000) as rows:
        yield _ParquetTable(rows)


TABLES: Final[dict[str, Callable[[Path], AbstractContextManager[Any]]]] = {"csv": csv_table, "parquet": parquet_table}
"""Format → its writer."""
