"""Candidate pairs of mentions for the relation head, and what is known of a pair before any model looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..schema import ENTITY_NAMES, RELATION_NAMES, relations_between

NO_RELATION: Final = 0
"""Index of "no relation" among the relation labels; relation `i` of the schema has index `i + 1`."""
RELATION_LABELS: Final[tuple[str, ...]] = ("NONE", *RELATION_NAMES)

_DISTANCE_EDGES: Final = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40, 60)
PAIR_FEATURES: Final[dict[str, int]] = {
    "order_and_sentence": 4,
    "word_distance": len(_DISTANCE_EDGES) + 1,
    "mentions_between": 7,
    "heads_between": 5,
    "tails_between": 5,
    "signature": len(ENTITY_NAMES) ** 2,
    "head_rank": 6,
    "tail_rank": 6,
}
"""Name of each discrete feature of a pair and how many values it takes."""


class MentionSpan(NamedTuple):
    """A mention in a window: its words, `first` to `last` (half-open), and its type as an index of `ENTITY_NAMES`."""

    first: int
    last: int
    type: int


def signature_mask() -> NDArray[np.bool_]:
    """Which relation labels a signature allows: (head types * tail types, labels), "no relation" always."""
    count = len(ENTITY_NAMES)
    mask = np.zeros((count * count, len(RELATION_LABELS)), dtype=bool)
    mask[:, NO_RELATION] = True
    for h, head in enumerate(ENTITY_NAMES):
        for t, tail in enumerate(ENTITY_NAMES):
            for name in relations_between(head, tail):
                mask[h * count + t, RELATION_LABELS.index(name)] = True
    return mask


_MASK: Final = signature_mask()
_JOINABLE: Final = _MASK.sum(axis=1) > 1


def candidate_pairs(
    mentions: Sequence[MentionSpan], ordinals: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ordered pairs that the schema lets be related, and their features.

    Args:
        mentions: Mentions of a window in order of place.
        ordinals: For each word of the window the number of its sentence, where a bare label takes none of its own.

    Returns:
        Pairs of indices into `mentions`, (pairs, 2), head first; and the values of `PAIR_FEATURES`, (pairs, features).
    """
    count, types = len(mentions), len(ENTITY_NAMES)
    if not count:
        return np.empty((0, 2), dtype=np.int64), np.empty((0, len(PAIR_FEATURES)), dtype=np.int64)
    first, last, kind = np.array(mentions, dtype=np.int64).T
    sentence = np.array(ordinals, dtype=np.int64)[first]
    gap = np.abs(sentence[:, None] - sentence[None, :])
    signature = kind[:, None] * types + kind[None, :]
    head, tail = np.nonzero((gap <= 1) & _JOINABLE[signature] & ~np.eye(count, dtype=bool))
    left, right = np.minimum(head, tail), np.maximum(head, tail)
    distance = first[right] - last[left]
    before = np.zeros((count + 1, types), dtype=np.int64)  # mentions of each type before each mention
    before[1:] = np.cumsum(kind[:, None] == np.arange(types), axis=0)
    same = (kind[:, None] == kind[None, :]) & (sentence[:, None] == sentence[None, :])
    rank = np.tril(same, -1).sum(axis=1)
    features = np.stack(
        [
            (head > tail) * 2 + gap[head, tail],
            np.where(distance >= 0, np.searchsorted(_DISTANCE_EDGES, distance, side="right"), 0),
            np.minimum(right - left - 1, 6),
            np.minimum(before[right, kind[head]] - before[left + 1, kind[head]], 4),
            np.minimum(before[right, kind[tail]] - before[left + 1, kind[tail]], 4),
            signature[head, tail],
            np.minimum(rank[head], 5),
            np.minimum(rank[tail], 5),
        ],
        axis=1,
    )
    return np.stack([head, tail], axis=1).astype(np.int64), features.astype(np.int64)
