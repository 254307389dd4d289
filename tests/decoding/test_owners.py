"""A value's owners."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ssner.decoding.owners import OWNING, without_doubtful_owners
from ssner.decoding.pairs import RELATION_LABELS
from ssner.decoding.reader import DocumentReader, FloatArray, ReaderOptions
from ssner.document import Document
from ssner.schema import ENTITY_NAMES

from .test_bridges import MONEY, ORG, Scripted

REPORTS, CAPACITY, FUNDS, COSTS, CHANGED, PART = (
    RELATION_LABELS.index(name) for name in ("REPORTS", "HAS_CAPACITY", "FUNDS", "COSTS", "CHANGED_FROM", "PART_OF")
)
VALUE, OTHER = 9, 8


def test_relations_that_own_values() -> None:
    assert {RELATION_LABELS[i] for i in OWNING} == {"COSTS", "HAS_CAPACITY", "PROGRESS", "FUNDS", "REPORTS"}


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        (REPORTS, (REPORTS, 0.6), False),
        (REPORTS, (CAPACITY, 0.74), False),
        (REPORTS, (REPORTS, 0.75), True),
        (REPORTS, (CHANGED, 0.5), True),
        (FUNDS, (FUNDS, 0.7), False),
        (FUNDS, (COSTS, 0.4), True),
    ],
    ids=["doubtful", "by another relation", "sure", "no owner", "two payers", "payer and cost"],
)
def test_a_second_owner_of_a_kind_must_be_sure(first: int, second: tuple[int, float], stays: bool) -> None:
    related = {(0, VALUE): (first, 0.9), (1, VALUE): second}
    assert without_doubtful_owners(related) == (related if stays else {(0, VALUE): (first, 0.9)})


def test_the_surest_owner_stays_however_doubtful_and_other_values_are_left_alone() -> None:
    related = {
        (0, VALUE): (REPORTS, 0.41), (1, VALUE): (REPORTS, 0.4), (1, OTHER): (REPORTS, 0.3), (2, 3): (PART, 0.2),
    }  # fmt: skip
    kept = without_doubtful_owners(related)
    assert kept == {pair: related[pair] for pair in ((0, VALUE), (1, OTHER), (2, 3))}


class Doubting(Scripted):
    """The first ORG surely funds the MONEY, the second at 0.6; nothing else is related."""

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        event, status, relation = super().relate(states, mentions, pairs, features)
        is_money = mentions[pairs[:, 1], 2] == ENTITY_NAMES.index("MONEY")
        relation[pairs[:, 0] == 1, FUNDS] = np.log(0.6 / 0.4 * (len(RELATION_LABELS) - 1))
        relation[~is_money] = 0.0
        return event, status, relation


def test_a_text_is_read_without_doubtful_owners() -> None:
    document = Document("d", f"{ORG} و {ORG} آن {MONEY} تا را دادند.")
    (only,) = DocumentReader(Doubting(40)).read(document).relations
    assert only.confidence is not None and only.confidence > 0.9
    every = DocumentReader(Doubting(40), ReaderOptions(doubtful_owners=True)).read(document).relations
    assert [r.confidence for r in every] == [only.confidence, pytest.approx(0.6)]
