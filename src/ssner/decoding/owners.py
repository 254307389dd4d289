"""Who owns a value: in the gold 96% of the amounts and quantities that anybody owns have one owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..schema import EVENT_ANCHOR, RELATION_TYPES
from .pairs import RELATION_LABELS

_OWNERS: Final = frozenset({"ORG", EVENT_ANCHOR})
_VALUES: Final = frozenset({"MONEY", "QUANTITY"})
OWNING: Final = frozenset(
    RELATION_LABELS.index(relation.name)
    for relation in RELATION_TYPES
    if all(head in _OWNERS and tail in _VALUES for head, tail in relation.signatures)
)
"""Labels of the relations by which an organisation or facility owns a value: costs, funds, reports and the like."""
SURE: Final = 0.75
"""Confidence from which a second owner of a value is believed: chosen on dev, where it brings 0.6 points of F1."""

Related = dict[tuple[int, int], tuple[int, float]]
"""The relation of each related pair (head, tail), as a label, with its confidence."""


def without_doubtful_owners(related: Mapping[tuple[int, int], tuple[int, float]]) -> Related:
    """The relations without those that give a value a second owner of which the model is not sure.

    Args:
        related: Label and confidence by pair of mentions, head first.
    """
    surest: dict[int, float] = {}
    for (_, tail), (label, confidence) in related.items():
        if label in OWNING:
            surest[tail] = max(confidence, surest.get(tail, 0.0))
    return {
        pair: (label, confidence)
        for pair, (label, confidence) in related.items()
        if label not in OWNING or confidence >= min(SURE, surest[pair[1]])
    }
