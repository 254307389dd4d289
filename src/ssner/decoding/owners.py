"""Who owns a value: nearly every amount and quantity has one owner of a kind (`benchmarks/decoding.py` counts them)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..schema import EVENT_ANCHOR, RELATION_TYPES
from .pairs import RELATION_LABELS

_OWNERS: Final = frozenset({"ORG", EVENT_ANCHOR})
_VALUES: Final = frozenset({"MONEY", "QUANTITY"})
OWNING: Final[dict[int, str]] = {
    RELATION_LABELS.index(relation.name): relation.name if relation.name in ("COSTS", "FUNDS") else "figure"
    for relation in RELATION_TYPES
    if all(head in _OWNERS and tail in _VALUES for head, tail in relation.signatures)
}
"""Labels of the relations by which an organisation or facility owns a value, each with its kind of owner: what costs an
amount and who pays it are two; a quantity is reported, or the size of something, or how far it is built."""
SURE: Final = 0.75
"""Confidence (with the bias of relations, not calibrated) from which a second owner of a kind is believed: at
0.65 to 0.9 relations of dev are 0.5 to 1.0 points of F1 better than with all of them."""

Related = dict[tuple[int, int], tuple[int, float]]
"""The relation of each related pair (head, tail), as a label, with its confidence."""


def without_doubtful_owners(related: Mapping[tuple[int, int], tuple[int, float]]) -> Related:
    """The relations without those that give a value a second owner of a kind, of which the model is not sure.

    Args:
        related: Label and confidence by pair of mentions, head first.
    """
    surest: dict[tuple[int, str], float] = {}
    for (_, tail), (label, confidence) in related.items():
        if label in OWNING:
            place = tail, OWNING[label]
            surest[place] = max(confidence, surest.get(place, 0.0))
    return {
        pair: (label, confidence)
        for pair, (label, confidence) in related.items()
        if label not in OWNING or confidence >= min(SURE, surest[pair[1], OWNING[label]])
    }
