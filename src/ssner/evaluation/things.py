"""Things and values of two documents made comparable: what is one and the same in gold and prediction."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

import numpy as np

from ..document import Document, Entity, Value
from .spans import best_pairs

VALUE_TYPES: Final = ("MONEY", "QUANTITY")
"""Types of mentions that carry a value and are no things."""


def value_key(value: Value | None, text: str) -> tuple[object, ...]:
    """What makes two values equal: their numbers and currency; unread ones are equal by their words.

    The unit is left out: where a text understands it (`از ۱۳ به ۲۳ تخت`), what it is called is a matter of taste.
    """
    if value is None or value.reason is not None:
        return ("unread", "".join(text.split()))
    return (value.number, value.low, value.high, value.currency)


def _spans(document: Document) -> dict[str, frozenset[tuple[int, int]]]:
    """Thing → spans of its mentions; a named mention without a canonical entity is a thing of its own."""
    places = {e.id: (e.start, e.end) for e in document.entities}
    out = {c.id: frozenset(places[m] for m in c.mentions if m in places) for c in document.canonical}
    loose = (e for e in document.entities if e.type not in VALUE_TYPES and thing_of(e) not in out)
    return out | {thing_of(e): frozenset([(e.start, e.end)]) for e in loose}


def thing_of(entity: Entity) -> str:
    """The canonical entity of a mention, or a name for a mention that has none."""
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
