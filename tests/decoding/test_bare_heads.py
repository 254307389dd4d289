"""Head nouns name nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ssner.decoding.bare_heads import is_bare_head
from ssner.decoding.pairs import RELATION_LABELS
from ssner.decoding.reader import DocumentReader, FloatArray
from ssner.document import Document
from ssner.schema import BIO_LABELS, MENTION_EVENTS, STATUSES


@pytest.mark.parametrize(
    "form", ["بیمارستان", "بیمارستان\u200cهای", "بیمارستانها", "سازمان", "وزارتخانه", "مراکز", "این"]
)
def test_head_nouns(form: str) -> None:
    assert is_bare_head(form)


@pytest.mark.parametrize("form", ["اورژانس", "کوثر", "بهزیستی", "درمان", "های"])
def test_names_and_other_words(form: str) -> None:
    assert not is_bare_head(form)


class Sure:
    """A scorer that takes every letter-word for the beginning of a FACILITY and every mark for the inside of one."""

    capacity = 64
    relation_bias = 0.0
    event_bias = 0.0

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        return [1] * len(forms)

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        out: list[tuple[FloatArray, FloatArray]] = []
        for forms in windows:
            scores = np.full((len(forms), len(BIO_LABELS)), -5.0, dtype=np.float32)
            for index, form in enumerate(forms):
                scores[index, BIO_LABELS.index("B-FACILITY" if form.isalpha() else "I-FACILITY")] = 0.0
            out.append((scores, np.zeros((len(forms), 4), dtype=np.float32)))
        return out

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        return (
            np.zeros((len(mentions), len(MENTION_EVENTS) + 1), dtype=np.float32),
            np.zeros((len(mentions), len(STATUSES)), dtype=np.float32),
            np.zeros((len(pairs), len(RELATION_LABELS)), dtype=np.float32),
        )


@pytest.mark.parametrize(("text", "found"), [("کوثر", ["کوثر"]), ("بیمارستان", []), ("بیمارستان «", [])])
def test_a_head_noun_is_not_read_as_a_name(text: str, found: list[str]) -> None:
    read = DocumentReader(Sure()).read(Document("d", text))
    assert [e.text for e in read.entities] == found
