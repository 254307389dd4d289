from __future__ import annotations

from dataclasses import replace

import pytest
from scipy.stats import binomtest

from ssner.document import Event, Filler
from ssner.evaluation.cases import make_cases
from ssner.evaluation.reliability import (
    brier,
    calibration_error,
    chance_error,
    collect_samples,
    keep_table,
    reliability_bins,
    right_events,
    wilson,
)

from .builders import BEDS, GOLD, confident


def test_the_error_is_the_weighted_distance_of_confidence_and_share_right() -> None:
    samples = [(0.95, True), (0.95, True), (0.95, False), (0.95, False), (0.05, False)]
    assert calibration_error(samples) == pytest.approx((4 * 0.45 + 0.05) / 5)
    assert brier(samples) == pytest.approx((2 * 0.05**2 + 2 * 0.95**2 + 0.05**2) / 5)


def test_few_samples_are_off_by_chance_and_many_are_not() -> None:
    mean, high = chance_error([(0.5, True)] * 4)
    # Of four tosses 0, 1, 2, 3 or 4 are right, 1/16, 4/16, 6/16, 4/16 and 1/16 of the time.
    assert mean == pytest.approx((2 * 0.5 + 8 * 0.25) / 16, abs=0.01)
    assert high == pytest.approx(0.5)
    assert chance_error([(0.5, True)] * 4000)[1] < 0.03
    assert chance_error([(1.0, False), (0.0, True)]) == (0.0, 0.0)
    assert chance_error([]) == (0.0, 0.0)


def test_bins_are_those_of_the_error() -> None:
    certain = [(0.05, False)] * 10 + [(0.95, True)] * 10
    alone = [chance_error(certain[:10], seed=3)[0], chance_error(certain[10:], seed=3)[0]]
    assert chance_error(certain)[0] == pytest.approx(sum(alone) / 2, abs=0.01)


def test_certainty_falls_into_the_last_bin() -> None:
    (only,) = reliability_bins([(1.0, True), (0.9, False)])
    assert (only.low, only.high, only.count, only.right) == (0.9, 1.0, 2, 0.5)


@pytest.mark.parametrize(("right", "count"), [(0, 5), (3, 7), (40, 40)])
def test_wilson_agrees_with_scipy(right: int, count: int) -> None:
    theirs = binomtest(right, count).proportion_ci(method="wilson")
    assert wilson(right, count) == pytest.approx((theirs.low, theirs.high), abs=1e-6)


def test_samples_of_a_perfect_prediction_are_all_right() -> None:
    cases = make_cases([GOLD], [confident(GOLD)], with_events={"d1"})
    assert collect_samples(cases) == {
        "entities": [(0.9, True)] * 8, "relations": [(0.8, True)] * 5, "events": [(0.7, True)] * 2,
    }  # fmt: skip


def test_what_has_no_confidence_and_events_without_gold_are_no_samples() -> None:
    assert collect_samples(make_cases([GOLD], [GOLD], with_events={"d1"})) == {}
    assert set(collect_samples(make_cases([GOLD], [confident(GOLD)]))) == {"entities", "relations"}


def test_an_event_that_states_less_is_right_and_one_that_states_more_is_not() -> None:
    construction, service = GOLD.events
    less = replace(construction, roles={"facility": construction.roles["facility"]}, officials=())
    more = replace(service, roles={**service.roles, "change": (Filler("۲۰۰ تخت", entity="T4", value=BEDS),)})
    assert right_events(GOLD, GOLD.with_(events=(less, more))) == [True, False]


def test_a_gold_event_vouches_for_one_predicted_event() -> None:
    assert sorted(right_events(GOLD, GOLD.with_(events=(GOLD.events[0], GOLD.events[0])))) == [False, True]


def test_an_event_that_states_nothing_is_not_right() -> None:
    assert right_events(GOLD, GOLD.with_(events=(Event("E1", "CONSTRUCTION", {}),))) == [False]


def test_keeping_confident_events_trades_recall_for_precision() -> None:
    construction, service = GOLD.events
    wrong = replace(service, confidence=0.3, roles={"quantity": (Filler("۲۰۰ تخت", entity="T4", value=BEDS),)})
    guess = GOLD.with_(events=(replace(construction, confidence=0.8), wrong))
    low, high, none = keep_table(make_cases([GOLD], [guess], with_events={"d1"}), (0.0, 0.5, 0.9))
    assert low == {"threshold": 0.0, "kept": 2, "precision": 0.5, "recall": 0.5, "coverage": 1.0}
    assert high == {"threshold": 0.5, "kept": 1, "precision": 1.0, "recall": 0.5, "coverage": 0.5}
    assert none == {"threshold": 0.9, "kept": 0, "precision": None, "recall": 0.0, "coverage": 0.0}
