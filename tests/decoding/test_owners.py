"""A value's owners."""

from __future__ import annotations

import pytest

from ssner.decoding.owners import OWNING, without_doubtful_owners
from ssner.decoding.pairs import RELATION_LABELS

REPORTS, FUNDS, CHANGED, PART = (
    RELATION_LABELS.index(name) for name in ("REPORTS", "FUNDS", "CHANGED_FROM", "PART_OF")
)
VALUE, OTHER = 9, 8


def test_relations_that_own_values() -> None:
    assert {RELATION_LABELS[i] for i in OWNING} == {"COSTS", "HAS_CAPACITY", "PROGRESS", "FUNDS", "REPORTS"}


@pytest.mark.parametrize(
    ("second", "stays"),
    [((REPORTS, 0.6), False), ((FUNDS, 0.74), False), ((REPORTS, 0.75), True), ((CHANGED, 0.5), True)],
    ids=["doubtful", "by another relation", "sure", "no owner"],
)
def test_a_second_owner_must_be_sure(second: tuple[int, float], stays: bool) -> None:
    related = {(0, VALUE): (REPORTS, 0.9), (1, VALUE): second}
    assert without_doubtful_owners(related) == (related if stays else {(0, VALUE): (REPORTS, 0.9)})


def test_the_surest_owner_stays_however_doubtful_and_other_values_are_left_alone() -> None:
    related = {
        (0, VALUE): (REPORTS, 0.41), (1, VALUE): (FUNDS, 0.4), (1, OTHER): (REPORTS, 0.3), (2, 3): (PART, 0.2),
    }  # fmt: skip
    kept = without_doubtful_owners(related)
    assert kept == {pair: related[pair] for pair in ((0, VALUE), (1, OTHER), (2, 3))}
