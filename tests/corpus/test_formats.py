"""What every format keeps and loses, on documents that hypothesis builds and on our own corpus."""

from __future__ import annotations

import importlib.util
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from ssner.corpus.conll import to_conll
from ssner.corpus.formats import FORMATS, FormatError, Loss
from ssner.corpus.store import load_documents
from ssner.document import Document
from ssner.text import segment

from ..conftest import ROOT
from .documents import batches

needs_datasets = pytest.mark.skipif(importlib.util.find_spec("datasets") is None, reason="needs the package datasets")
EVERY = [pytest.param(name, marks=needs_datasets if name == "huggingface" else ()) for name in FORMATS]
WITH_TEXT = [p for p in EVERY if p.values != ("conll",)]
slow_to_build = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def round_trip(name: str, documents: list[Document]) -> tuple[list[Document], Loss]:
    """The documents that come back, in the order in which they went, and what writing lost."""
    form = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) if form.writes_folder else Path(folder) / "file"
        loss = form.write(documents, path)
        back, read_loss = form.read(path)
    assert not read_loss
    order = {d.id: i for i, d in enumerate(documents)}
    assert sorted(order) == sorted(d.id for d in back)
    return sorted(back, key=lambda d: order[d.id]), loss


def facts(document: Document) -> dict[str, list[object]]:
    """All that a document says, by kind, with entities named by their order so that new ids do not matter."""
    place = {e.id: i for i, e in enumerate(document.entities)}
    numbered = list(enumerate(document.entities))
    return {
        "entities": [(i, e.type, tuple(w.form for w in segment(e.text).words)) for i, e in numbered],
        "relations": [(r.type, place[r.head], place[r.tail]) for r in document.relations],
        "attributes": [(i, v) for i, e in numbered for v in (e.event, e.status) if v is not None],
        "entity ids": [(i, e.id) for i, e in numbered],
        "entity confidences": [(i, e.confidence) for i, e in numbered if e.confidence is not None],
        "relation confidences": [
            (r.type, place[r.head], place[r.tail], r.confidence) for r in document.relations if r.confidence is not None
        ],
        "values": [(i, e.value) for i, e in numbered if e.value is not None],
        "canonical entities": [str(c) for c in document.canonical],
        "events": [str(e) for e in document.events],
        "metadata fields": [(k, str(v)) for k, v in document.meta.items()],
    }


def difference(before: Document, after: Document) -> Counter[str]:
    """How many facts of each kind are in the first document only."""
    one, other = facts(before), facts(after)
    return Counter({kind: sum((Counter(one[kind]) - Counter(other[kind])).values()) for kind in one})


def changed_gaps(before: Document, after: Document) -> int:
    """Between how many words other signs stand."""
    gaps = []
    for text in (before.text, after.text):
        words = segment(text).words
        ends, starts = [0, *(w.end for w in words)], [*(w.start for w in words), len(text)]
        gaps.append([text[a:b] for a, b in zip(ends, starts, strict=True)])
    return sum(a != b for a, b in zip(*gaps, strict=True))


@pytest.mark.parametrize("name", EVERY)
@slow_to_build
@given(documents=batches(rich=True))
def test_what_differs_is_what_the_loss_says(name: str, documents: list[Document]) -> None:
    back, loss = round_trip(name, documents)
    expected: Counter[str] = Counter()
    for before, after in zip(documents, back, strict=True):
        expected += difference(before, after)
        if name == "conll":
            expected["spaces and other signs between words"] += changed_gaps(before, after)
        else:
            assert after.text == before.text
    assert loss == Loss(expected)


@pytest.mark.parametrize("name", WITH_TEXT)
@slow_to_build
@given(documents=batches())
def test_gold_annotation_is_kept(name: str, documents: list[Document]) -> None:
    back, _ = round_trip(name, documents)
    for before, after in zip(documents, back, strict=True):
        assert after.entities == before.entities
        assert set(after.relations) == set(before.relations)


@needs_datasets
@slow_to_build
@given(documents=batches(rich=True))
def test_a_dataset_keeps_the_whole_document(documents: list[Document]) -> None:
    back, loss = round_trip("huggingface", documents)
    assert back == documents and not loss


@slow_to_build
@given(documents=batches())
def test_bio_keeps_words_sentences_and_labels(documents: list[Document]) -> None:
    back, _ = round_trip("conll", documents)
    for before, after in zip(documents, back, strict=True):
        words = [[text[w.start : w.end] for w in segment(text).words] for text in (before.text, after.text)]
        assert words[0] == words[1]
        assert [line for line in to_conll([after]) if line] == [line for line in to_conll([before]) if line]


@pytest.mark.parametrize("name", EVERY)
def test_our_own_corpus_comes_back(name: str) -> None:
    documents = list(load_documents(ROOT, ROOT, collections=("own",)))
    back, loss = round_trip(name, documents)
    expected: Counter[str] = Counter()
    for before, after in zip(documents, back, strict=True):
        expected += difference(before, after)
        if name == "conll":
            expected["spaces and other signs between words"] += changed_gaps(before, after)
    assert loss == Loss(expected)
    assert ("attributes" in loss.counts) == (name == "conll")


@pytest.mark.parametrize("name", EVERY)
def test_two_documents_of_one_name_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path if FORMATS[name].writes_folder else tmp_path / "file"
    with pytest.raises(FormatError, match="two documents are called 'd'"):
        FORMATS[name].write([Document("d", "متن"), Document("d", "متن دیگر")], path)


def test_losses_add_up_and_speak() -> None:
    loss = Loss({"relations": 2, "values": 0}) + Loss({"relations": 1200, "attributes": 1})
    assert loss == Loss({"attributes": 1, "relations": 1202})
    assert str(loss) == "lost: 1 attributes, 1,202 relations"
    assert str(Loss({"values": 0})) == "nothing was lost"
