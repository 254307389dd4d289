from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.evaluation.coreference import Clusters, b_cubed, ceaf_e, muc

pytest.importorskip("scipy")


def clusters(*groups: str) -> Clusters:
    return [frozenset(group) for group in groups]


GOLD = clusters("abc", "defg")
"""The example of the CoNLL reference scorer's paper (Pradhan et al. 2014)."""
RESPONSE = clusters("ab", "cd", "fghi")


def test_the_published_example() -> None:
    assert (muc(GOLD, RESPONSE).recall, muc(GOLD, RESPONSE).precision) == (pytest.approx(2 / 5), pytest.approx(2 / 5))
    cubed = b_cubed(GOLD, RESPONSE)
    assert cubed.recall == pytest.approx((1 / 7) * (4 / 3 + 1 / 3 + 1 / 4 + 1 / 4 + 4 / 4 - 1 / 4 + 0))
    assert b_cubed(GOLD, RESPONSE).precision == pytest.approx((1 / 8) * (4 / 2 + 1 / 2 + 1 / 2 + 4 / 4))
    likeness = 2 * 2 / (3 + 2) + 2 * 2 / (4 + 4)
    assert (ceaf_e(GOLD, RESPONSE).recall, ceaf_e(GOLD, RESPONSE).precision) == (
        pytest.approx(likeness / 2),
        pytest.approx(likeness / 3),
    )


def test_nothing_right_and_all_right() -> None:
    for scheme in (muc, b_cubed, ceaf_e):
        assert scheme(GOLD, GOLD).f1 == pytest.approx(1.0)
        assert scheme(GOLD, []).f1 == 0.0 and scheme([], GOLD).f1 == 0.0


@st.composite
def partitions(draw: st.DrawFn) -> Clusters:
    homes = draw(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 3)))
    groups: dict[int, set[Hashable]] = {}
    for mention, home in homes.items():
        groups.setdefault(home, set()).add(mention)
    return [frozenset(g) for g in groups.values()]


def matchings(ours: Clusters, theirs: Clusters) -> Iterator[float]:
    short, long = sorted((list(ours), list(theirs)), key=len)
    for chosen in itertools.permutations(long, len(short)):
        yield sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(short, chosen, strict=True))


@given(partitions(), partitions())
def test_ceaf_takes_the_best_matching_of_all(gold: Clusters, predicted: Clusters) -> None:
    assert ceaf_e(gold, predicted).hit == pytest.approx(max(matchings(gold, predicted), default=0.0))


@given(partitions(), partitions())
def test_scores_are_shares_and_turn_round_with_the_sides(gold: Clusters, predicted: Clusters) -> None:
    for scheme in (muc, b_cubed, ceaf_e):
        one, other = scheme(gold, predicted), scheme(predicted, gold)
        assert 0 <= one.precision <= 1 + 1e-9 and 0 <= one.recall <= 1 + 1e-9
        assert math.isclose(one.precision, other.recall) and math.isclose(one.f1, other.f1)
