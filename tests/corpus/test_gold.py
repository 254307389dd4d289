from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ssner.corpus.gold import gold_path, with_gold
from ssner.corpus.store import CorpusError, load_documents
from ssner.document import Document, Entity

from ..conftest import ROOT

TEXT = "درمانگاه ۱۲ تختخوابی نور با ۹۰ میلیارد ریال باز شد. درمانگاه نور را بهزیستی ساخت."
MENTIONS = (
    ("FACILITY", "درمانگاه ۱۲ تختخوابی نور"),
    ("MONEY", "۹۰ میلیارد ریال"),
    ("FACILITY", "درمانگاه نور"),
    ("ORG", "بهزیستی"),
)
SIZE = {"text": "۱۲ تختخوابی", "value": {"number": "12", "unit": "تختخواب", "kind": "count", "bound": "exact"}}
IRR = {"amount": "90000000000", "currency": "IRR", "written_as": "ریال", "bound": "exact"}
GOLD: dict[str, Any] = {
    "document": "d",
    "values": [{"entity": "T2", "text": "۹۰ میلیارد ریال", "value": IRR}],
    "canonical": [[{"entity": "T1"}, {"entity": "T3"}]],
    "events": [
        {
            "type": "CONSTRUCTION",
            "status": "COMPLETED",
            "roles": {
                "facility": [{"entity": "T3"}],
                "cost": [{"entity": "T2"}],
                "capacity": [{"entity": "T1", "size": SIZE}],
            },
            "officials": [],
        }
    ],
}  # fmt: skip


def bare() -> Document:
    entities = tuple(
        Entity(f"T{n}", kind, (start := TEXT.index(words)), start + len(words), words)
        for n, (kind, words) in enumerate(MENTIONS, 1)
    )
    return Document("d", TEXT, entities=entities)


def write(folder: Path, **changes: Any) -> Path:
    gold_path(folder, "d").parent.mkdir(exist_ok=True)
    gold_path(folder, "d").write_text(json.dumps(GOLD | changes), "utf-8")
    return folder


def test_gold_is_read_into_the_document(tmp_path: Path) -> None:
    document = with_gold(bare(), write(tmp_path))
    assert document is not None
    assert [c.mentions for c in document.canonical] == [("T1", "T3"), ("T4",)]
    assert document.entity("T2").value is not None and document.entity("T2").value.number == Fraction(90_000_000_000)
    (event,) = document.events
    assert event.roles["facility"][0].text == "درمانگاه ۱۲ تختخوابی نور"
    assert event.roles["cost"][0].value == document.entity("T2").value
    assert event.roles["capacity"][0].value.number == 12


def test_a_document_without_gold_has_none(tmp_path: Path) -> None:
    assert with_gold(bare(), tmp_path) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"canonical": [[{"entity": "T9"}]]}, "names a mention T9"),
        ({"canonical": [[{"entity": "T1", "text": "x"}]]}, "the annotation says"),
        ({"canonical": [[{"entity": "T1"}, {"entity": "T4"}]]}, "FACILITY, ORG into one"),
        ({"canonical": [[{"entity": "T1"}], [{"entity": "T1"}]]}, "into two canonical"),
        ({"values": [{"entity": "T1", "value": IRR}]}, "which is FACILITY"),
        ({"values": [{"entity": "T2", "value": {"bound": "odd"}}]}, "unknown bound"),
        ({"events": [{"type": "PARTY", "roles": {}}]}, "event 1"),
        ({"events": [{"type": "SERVICE", "roles": {"cost": []}}]}, "event 1"),
        ({"events": [{"type": "CONSTRUCTION", "roles": {"facility": [{"entity": "T2"}]}}]}, "can't fill a role"),
    ],
)
def test_gold_that_does_not_go_with_the_annotation_is_refused(tmp_path: Path, changes: dict, said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        with_gold(bare(), write(tmp_path, **changes))


def test_the_gold_of_the_corpus_goes_with_its_annotation() -> None:
    documents = list(load_documents(ROOT, ROOT / "../shared", ("dev", "test")))
    read = [gold for d in documents if (gold := with_gold(d, ROOT / "annotations")) is not None]
    assert len(read) >= 20 and any(d.events for d in read)
