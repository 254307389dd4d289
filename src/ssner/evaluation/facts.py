"""Document-level facts: what a reader would note down, each once however often the text states it.

A fact is a relation between things (canonical entities) or values: `COSTS` of this hospital is 90 milliard rials. Which
of its mentions states it does not matter, nor the exact span; things of gold and prediction are matched one to one by
the mentions that they share.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final

from ..document import Document, Entity
from .matching import Fact, Score
from .things import VALUE_TYPES, shared_names, thing_of, value_key

_UNORDERED: Final = frozenset({"COOPERATES_WITH"})
"""Relations whose direction only says which mention comes first."""


def document_facts(document: Document, names: Mapping[str, Hashable]) -> set[Fact]:
    """Its facts, with things called by `names`."""
    by_id = {e.id: e for e in document.entities}

    def key(entity: Entity) -> Hashable:
        return value_key(entity.value, entity.text) if entity.type in VALUE_TYPES else names[thing_of(entity)]

    out: set[Fact] = set()
    for relation in document.relations:
        ends = key(by_id[relation.head]), key(by_id[relation.tail])
        out.add((relation.type, frozenset(ends)) if relation.type in _UNORDERED else (relation.type, *ends))
    return out


def score_facts(gold: Document, predicted: Document) -> dict[str, Score]:
    """Scores of one document over `all` facts and by type of relation.

    Args:
        gold: With values and canonical entities.
        predicted: The same.
    """
    names, guesses = shared_names(gold, predicted)
    ours, theirs = document_facts(gold, names), document_facts(predicted, guesses)
    out = {"all": Score(len(ours & theirs), len(theirs), len(ours))}
    for kind in sorted({str(f[0]) for f in ours | theirs}):
        left, right = ({f for f in side if f[0] == kind} for side in (ours, theirs))
        out[kind] = Score(len(left & right), len(right), len(left))
    return out
