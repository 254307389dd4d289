"""Candidate pairs, computed with whole arrays, are those that a plain reading of their definition gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ssner.decoding.pairs import PAIR_FEATURES, MentionSpan, candidate_pairs
from ssner.schema import ENTITY_NAMES, relations_between

EDGES = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40, 60)


def plainly(mentions: list[MentionSpan], ordinals: list[int]) -> list[tuple[int, ...]]:
    """Head, tail and features of each pair, one at a time."""
    sentence = [ordinals[m.first] for m in mentions]
    rows = []
    for h, head in enumerate(mentions):
        for t, tail in enumerate(mentions):
            gap = abs(sentence[h] - sentence[t])
            if h == t or gap > 1 or not relations_between(ENTITY_NAMES[head.type], ENTITY_NAMES[tail.type]):
                continue
            left, right = sorted((h, t))
            between = mentions[left + 1 : right]
            distance = mentions[right].first - mentions[left].last
            ranks = [sum(m.type == mentions[i].type and sentence[j] == sentence[i] for j, m in enumerate(mentions[:i]))
                     for i in (h, t)]  # fmt: skip
            rows.append(
                (
                    h, t, (h > t) * 2 + gap, sum(distance >= edge for edge in EDGES), min(len(between), 6),
                    min(sum(m.type == head.type for m in between), 4),
                    min(sum(m.type == tail.type for m in between), 4),
                    head.type * len(ENTITY_NAMES) + tail.type, min(ranks[0], 5), min(ranks[1], 5),
                )
            )  # fmt: skip
    return rows


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 3), st.integers(0, len(ENTITY_NAMES) - 1)), max_size=20),
    st.lists(st.booleans(), min_size=44, max_size=44),
)
def test_pairs_and_their_features(drawn: list[tuple[int, int, int]], breaks: list[bool]) -> None:
    mentions = sorted(MentionSpan(first, first + length, kind) for first, length, kind in drawn)
    ordinals = np.cumsum(breaks).tolist()
    pairs, features = candidate_pairs(mentions, ordinals)
    assert pairs.dtype == features.dtype == np.int64
    assert features.shape == (len(pairs), len(PAIR_FEATURES))
    assert [(*p, *f) for p, f in zip(pairs.tolist(), features.tolist(), strict=True)] == plainly(mentions, ordinals)
    assert (features >= 0).all()
    assert all((features[:, i] < size).all() for i, size in enumerate(PAIR_FEATURES.values()))
