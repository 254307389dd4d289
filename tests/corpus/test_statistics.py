from __future__ import annotations

from ssner.corpus.statistics import count_corpus, format_counts, hazm_tokenizer
from ssner.document import Document, Entity, Relation

from ..conftest import needs_hazm

TEXT = "درمانگاه نور باز شد. ۹۰ میلیارد ریال داد."
DOCUMENT = Document(
    "d",
    TEXT,
    {"split": "train", "collection": "own"},
    (
        Entity("T1", "FACILITY", 0, 12, TEXT[:12], event="CONSTRUCTION", status="COMPLETED"),
        Entity("T2", "MONEY", 21, 36, TEXT[21:36]),
    ),
    (Relation("COSTS", "T1", "T2"),),
)


def test_counts_by_split_collection_and_type() -> None:
    counts = count_corpus([DOCUMENT, DOCUMENT.with_(id="e", meta={"split": "dev", "collection": "own"})])
    assert set(counts) == {"train/own", "train", "dev/own", "dev", "all"}
    one, everything = counts["train"], counts["all"]
    assert (one.documents, one.sentences, one.words) == (1, 2, 8)
    assert everything.entities == {"FACILITY": 2, "MONEY": 2}
    assert everything.relations == {"COSTS": 2} and everything.events == {"CONSTRUCTION": 2}


def test_the_table_names_every_type() -> None:
    table = format_counts(count_corpus([DOCUMENT]))
    for name in ("FACILITY", "QUANTITY", "CHANGE_BY", "EQUIPMENT", "characters"):
        assert f"| {name} |" in table


@needs_hazm
def test_hazm_counts_tokens_too() -> None:
    assert hazm_tokenizer() is not None
    assert count_corpus([DOCUMENT])["all"].hazm_tokens > 8
