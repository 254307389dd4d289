"""What a CRF over the model's scores is given."""

from __future__ import annotations

import numpy as np
import pytest

from ssner.document import Document, Entity
from ssner.schema import BIO_LABELS
from ssner.text import segment

TEXT = "سازمان بهزیستی، ۹۰ تخت به بیمارستان داد. تمام شد."
GOLD = Document(
    "d",
    TEXT,
    entities=(
        Entity("T1", "ORG", 0, 14, TEXT[:14]),
        Entity("T2", "QUANTITY", 16, 22, TEXT[16:22]),
    ),
)


def test_gold_labels_and_scores_of_a_document() -> None:
    from crf import gold_labels, items, sentences
    from decoding import Scored

    segmented = segment(TEXT)
    scored = Scored(GOLD, segmented, np.zeros((len(segmented.words), len(BIO_LABELS))))
    labels = gold_labels(scored)
    assert labels[:5] == ["B-ORG", "I-ORG", "O", "B-QUANTITY", "I-QUANTITY"] and set(labels[5:]) == {"O"}
    assert [last - first for first, last in sentences(scored)] == [9, 3]
    (row,) = items(np.full((1, len(BIO_LABELS)), -2.0))
    assert list(row) == list(BIO_LABELS) and set(row.values()) == {10.0}
    assert set(items(np.full((1, len(BIO_LABELS)), -50.0))[0].values()) == {0.0}


def test_a_crf_learns_which_labels_follow_each_other() -> None:
    pytest.importorskip("pycrfsuite")
    import tempfile
    from pathlib import Path

    from crf import fitted, read
    from decoding import Scored

    segmented = segment(TEXT)
    scores = np.full((len(segmented.words), len(BIO_LABELS)), -6.0)
    for index, label in enumerate(["I-ORG", "I-ORG", "O", "I-QUANTITY", "I-QUANTITY"]):
        scores[index, BIO_LABELS.index(label)] = -0.1
    scores[5:, 0] = -0.1
    scored = Scored(GOLD, segmented, scores)
    with tempfile.TemporaryDirectory() as folder:
        tagger = fitted([scored] * 20, Path(folder) / "a.crfsuite")
        found = read(tagger, scored)
    assert [(e.type, e.text) for e in found.entities] == [(e.type, e.text) for e in GOLD.entities]
