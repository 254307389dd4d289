from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from ssner.document import Entity, Value
from ssner.evaluation.matching import Score
from ssner.evaluation.values import count_values, outcome, paired_mentions, score_values

from .builders import COST, GOLD, MONEY, STAFF, mention, replaced

UNREAD = Value(reason="no currency")


@pytest.mark.parametrize(
    ("gold", "predicted", "name"),
    [
        (COST, COST, "right"),
        (COST, replace(COST, value=replace(MONEY, number=Fraction(9))), "wrong"),
        (COST, replace(COST, value=replace(MONEY, currency="USD")), "wrong"),
        (COST, replace(COST, value=UNREAD), "null"),
        (COST, replace(COST, value=None), "null"),
        (COST, None, "missing"),
        (None, COST, "spurious"),
        (replace(COST, value=UNREAD), COST, "invented"),
        (replace(COST, value=UNREAD), replace(COST, value=UNREAD), "null_right"),
        (replace(COST, value=UNREAD), None, None),
        (None, replace(COST, value=UNREAD), None),
    ],
)
def test_outcomes(gold: Entity | None, predicted: Entity | None, name: str | None) -> None:
    assert outcome(gold, predicted) == name


def test_another_span_with_the_same_number_is_right() -> None:
    shorter = mention(8, "QUANTITY", "۴۰", value=STAFF.value)
    assert count_values(GOLD, replaced(GOLD, shorter))["QUANTITY"].right == 2


def test_bounds_are_counted_apart() -> None:
    about = replace(COST, value=replace(MONEY, bound="about"))
    counts = count_values(GOLD, replaced(GOLD, about))["MONEY"]
    assert (counts.right, counts.bound_right) == (1, 0)


def test_abstaining_costs_recall_only() -> None:
    counts = count_values(GOLD, replaced(GOLD, replace(COST, value=UNREAD)))["all"]
    assert counts.score == Score(correct=2, predicted=2, gold=3)


def test_scores_add_up_over_documents_and_types() -> None:
    nothing = GOLD.with_(entities=(), relations=(), canonical=(), events=())
    found = score_values([(GOLD, GOLD), (GOLD, nothing)])
    assert found["all"].score == Score(3, 3, 6)
    assert found["MONEY"].score + found["QUANTITY"].score == found["all"].score


def test_the_same_span_is_paired_before_an_overlap() -> None:
    long = mention(9, "QUANTITY", "۲۰۰ تخت ساخت", value=STAFF.value)
    exact = mention(4, "QUANTITY", "۲۰۰ تخت", value=STAFF.value)
    gold = [exact]
    assert paired_mentions(gold, [long, exact]) == [(exact, exact), (None, long)]
