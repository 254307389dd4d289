"""Document-level facts: what a reader would note down, each once however often the text states it.

A fact is a relation between things (canonical entities) or values: `COSTS` of this hospital is 90 milliard rials. Which
of its mentions states it does not matter, nor the exact span; things of gold and prediction are matched one to one by
the mentions that they share.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final

import numpy as np

from ..document import Document, Entity
from .events import value_key
from .matching import Fact, Score
from .spans import best_pairs
from .values import VALUE_TYPES

_UNORDERED: Final = frozenset({"COOPERATES_WITH"})
"""Relations whose direction only says which mention comes first."""


def _spans(document: Document) -> dict[str, frozenset[tuple[int, int]]]:
    """Thing → spans of its mentions; a named mention without a canonical entity is a thing of its own."""
    places = {e.id: (e.start, e.end) for e in document.entities}
    out = {c.id: frozenset(places[m] for m in c.mentions if m in places) for c in document.canonical}
    loose = (e for e in document.entities if e.type not in VALUE_TYPES and _thing(e) not in out)
    return out | {_thing(e): frozenset([(e.start, e.end)]) for e in loose}


def _thing(entity: Entity) -> str:
    return entity.canonical or f"mention {entity.id}"


def shared_names(gold: Document, predicted: Document) -> tuple[dict[str, Hashable], dict[str, Hashable]]:
    """Names for the things of both documents, alike where they are matched: one to one, most mentions shared."""
    ours, theirs = _spans(gold), _spans(predicted)
    names: dict[str, Hashable] = {i: ("gold", i) for i in ours}
    guesses: dict[str, Hashable] = {j: ("predicted", j) for j in theirs}
    if ours and theirs:
        shared = np.array([[len(a & b) for b in theirs.values()] for a in ours.values()], dtype=np.float64)
        left, right = list(ours), list(theirs)
        for i, j in best_pairs(shared):
            guesses[right[j]] = names[left[i]]
    return names, guesses


def document_facts(document: Document, names: Mapping[str, Hashable]) -> set[Fact]:
    """Its facts, with things called by `names`."""
    by_id = {e.id: e for e in document.entities}

    def key(entity: Entity) -> Hashable:
        return value_key(entity.value, entity.text) if entity.type in VALUE_TYPES else names[_thing(entity)]

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
