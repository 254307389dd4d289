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
    types = len(ENTITY_NAMES)
    pairs: list[tuple[int, int]] = []
    features: list[tuple[int, ...]] = []
    sentences = [ordinals[m.first] for m in mentions]
    for h, head in enumerate(mentions):
        for t, tail in enumerate(mentions):
            gap = abs(sentences[h] - sentences[t])
            signature = head.type * types + tail.type
            if h == t or gap > 1 or not _JOINABLE[signature]:
                continue
            left, right = (h, t) if h < t else (t, h)
            between = mentions[left + 1 : right]
            distance = mentions[right].first - mentions[left].last
            bucket = int(np.searchsorted(_DISTANCE_EDGES, distance, side="right")) if distance >= 0 else 0
            heads = sum(m.type == head.type for m in between)
            tails = sum(m.type == tail.type for m in between)
            head_rank = sum(
                m.type == head.type and s == sentences[h] for m, s in zip(mentions[:h], sentences, strict=False)
            )
            tail_rank = sum(
                m.type == tail.type and s == sentences[t] for m, s in zip(mentions[:t], sentences, strict=False)
            )
            pairs.append((h, t))
            features.append(
                (
                    (h > t) * 2 + gap, bucket, min(len(between), 6), min(heads, 4), min(tails, 4), signature,
                    min(head_rank, 5), min(tail_rank, 5),
                )
            )  # fmt: skip
    return (
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
        np.array(features, dtype=np.int64).reshape(-1, len(PAIR_FEATURES)),
    )
