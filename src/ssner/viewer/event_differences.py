"""What a prediction has otherwise than gold: events, one against one, with the fillers that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from ..document import Document, Event, Filler, Value
from ..schema import MENTION_EVENTS, event_frame
from ..text.folding import fold_string
from .differences import MISSED, RIGHT, SPURIOUS, Alignment

DIFFERS: Final = "differs"

_Place = tuple[str, int]


@dataclass(frozen=True)
class EventMark:
    """How an event of one side stands against the other side.

    Attributes:
        kind: `RIGHT` (type, status and all fillers agree), `DIFFERS`, `MISSED` or `SPURIOUS`.
        other: Id of its counterpart, where it has one.
        unlike: `type` and `status`, where the counterpart has them otherwise.
        alone: Role and place in it of the fillers that the counterpart does not have.
    """

    kind: str
    other: str | None = None
    unlike: tuple[str, ...] = ()
    alone: frozenset[_Place] = frozenset()


def _amount(value: Value | None) -> tuple[object, ...] | None:
    if value is None or (value.number is None and value.low is None):
        return None
    return value.number, value.low, value.high, value.currency


class _Comparer:
    def __init__(self, gold: Document, predicted: Document, alignment: Alignment) -> None:
        self.alignment = alignment
        self.things = [{c.id: set(c.mentions) for c in d.canonical} for d in (gold, predicted)]

    def counterparts(self, ours: Filler, theirs: Filler) -> bool:
        """Whether two fillers with values stand at one place of the text."""
        mark = self.alignment.gold.get(ours.entity or "")
        return mark is not None and mark.other is not None and mark.other == theirs.entity

    def same(self, ours: Filler, theirs: Filler) -> bool:
        """Whether two fillers are one thing: an equal value, counterparts in the text, or the same words."""
        if (ours.entity is None) != (theirs.entity is None):
            return False
        if ours.entity is not None:
            amounts = _amount(ours.value), _amount(theirs.value)
            return amounts[0] == amounts[1] if None not in amounts else self.counterparts(ours, theirs)
        mine = self.things[0].get(ours.canonical or "", set())
        marks = (self.alignment.gold.get(m) for m in mine)
        counterparts = {m.other for m in marks if m is not None}
        if counterparts & self.things[1].get(theirs.canonical or "", set()):
            return True
        return fold_string(ours.text) == fold_string(theirs.text)

    def shared(self, ours: Event, theirs: Event) -> Iterator[tuple[_Place, _Place]]:
        """The fillers that both have in one role, as their places."""
        for role, fillers in ours.roles.items():
            left = dict(enumerate(theirs.roles.get(role, ())))
            for index, filler in enumerate(fillers):
                found = next((i for i, other in left.items() if self.same(filler, other)), None)
                if found is not None:
                    del left[found]
                    yield (role, index), (role, found)

    def comparable(self, ours: Event, theirs: Event) -> bool:
        """Whether two events may be one; of those that hang on a value, the value must be the same or at one place."""
        if ours.type != theirs.type:
            return {ours.type, theirs.type} <= set(MENTION_EVENTS)
        frame = event_frame(ours.type)
        value = next((r.name for r in frame.roles if r.has_value and r.relation == frame.trigger), None)
        if value is None:
            return True
        pairs = product(ours.roles.get(value, ()), theirs.roles.get(value, ()))
        return any(self.same(a, b) or self.counterparts(a, b) for a, b in pairs)


def _places(event: Event) -> set[_Place]:
    return {(role, index) for role, fillers in event.roles.items() for index in range(len(fillers))}


def align_events(
    gold: Document, predicted: Document, alignment: Alignment
) -> tuple[dict[str, EventMark], dict[str, EventMark]]:
    """Set the events of a prediction against those of its gold.

    Events are paired one to one where they share a filler in some role, the same type and more shared fillers first;
    works on facilities (construction, expansion, equipment) also pair with each other, expenditures and services only
    where they are of the same amount.

    Args:
        gold: With events.
        predicted: With events.
        alignment: Of their mentions (`differences.align`).

    Returns:
        Marks of the gold events and of the predicted ones, by id.
    """
    comparer = _Comparer(gold, predicted, alignment)
    pairs = []
    for g, ours in enumerate(gold.events):
        for p, theirs in enumerate(predicted.events):
            shared = list(comparer.shared(ours, theirs)) if comparer.comparable(ours, theirs) else []
            if shared:
                rank = (ours.type != theirs.type, -len(shared), ours.status != theirs.status, g, p)
                pairs.append((rank, ours, theirs, shared))
    left: dict[str, EventMark] = {}
    right: dict[str, EventMark] = {}
    for _, ours, theirs, shared in sorted(pairs, key=lambda pair: pair[0]):
        if ours.id in left or theirs.id in right:
            continue
        unlike = tuple(name for name in ("type", "status") if getattr(ours, name) != getattr(theirs, name))
        here = frozenset(_places(ours) - {a for a, _ in shared})
        there = frozenset(_places(theirs) - {b for _, b in shared})
        kind = DIFFERS if unlike or here or there else RIGHT
        left[ours.id] = EventMark(kind, theirs.id, unlike, here)
        right[theirs.id] = EventMark(kind, ours.id, unlike, there)
    return (
        {e.id: left.get(e.id, EventMark(MISSED)) for e in gold.events},
        {e.id: right.get(e.id, EventMark(SPURIOUS)) for e in predicted.events},
    )
