"""Mistakes shown in their sentences: gold above prediction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..document import Document, Entity
from ..text import segment
from .cases import Case
from .errors import CAUSES, Mistake

_LONGEST: Final = 480
"""Characters of a context that are shown whole; of a longer one only what is near the mistake."""
_AROUND: Final = 140


@dataclass(frozen=True)
class Piece:
    """A run of text.

    Attributes:
        text: The words.
        type: Of the mention, if it is one.
        is_point: Whether the mistake is about it.
    """

    text: str
    type: str | None = None
    is_point: bool = False


@dataclass(frozen=True)
class Shown:
    """A mistake with its context."""

    mistake: Mistake
    collection: str
    gold: tuple[Piece, ...]
    predicted: tuple[Piece, ...]


def _range(document: Document, mistake: Mistake) -> tuple[int, int]:
    """The sentences that hold the mistake, or of very long ones what is near it."""
    segmented = segment(document.text)
    involved = (*mistake.gold, *mistake.predicted)
    low, high = min(e.start for e in involved), max(e.end for e in involved)
    numbers = [n for at in (low, high - 1) if (n := segmented.sentence_of(at)) >= 0]
    start = min([low, *(segmented.sentences[n].start for n in numbers)])
    end = max([high, *(segmented.sentences[n].end for n in numbers)])
    if end - start > _LONGEST:
        start, end = max(start, low - _AROUND), min(end, high + _AROUND)
    return start, end


def _pieces(
    document: Document, span: tuple[int, int], points: Collection[tuple[int, int]], entities: Sequence[Entity]
) -> tuple[Piece, ...]:
    """The text of a span in order, cut at the edges of mentions; where they overlap, what the mistake is about wins."""
    start, end = span
    kinds: list[Entity | None] = [None] * (end - start)
    for entity in sorted(entities, key=lambda e: (e.start, e.end) in points):
        for at in range(max(start, entity.start), min(end, entity.end)):
            kinds[at - start] = entity
    cuts = [0, *(i for i in range(1, len(kinds)) if kinds[i] is not kinds[i - 1]), len(kinds)]
    out = []
    for first, last in pairwise(cuts):
        found = kinds[first]
        is_point = found is not None and (found.start, found.end) in points
        out.append(Piece(document.text[start + first : start + last], found.type if found else None, is_point))
    return tuple(out)


def show(mistake: Mistake, case: Case) -> Shown:
    """A mistake with the sentences that it is in."""
    span = _range(case.gold, mistake)
    sides = (case.gold, mistake.gold), (case.predicted, mistake.predicted)
    gold, predicted = (_pieces(d, span, {(e.start, e.end) for e in of}, d.entities) for d, of in sides)
    return Shown(mistake, case.collection, gold, predicted)


def costliest(mistakes: Sequence[Mistake], cases: Sequence[Case], own_only: bool, limit: int) -> dict[str, list[Shown]]:
    """The first mistakes with their contexts, grouped by cause, the costliest group first.

    Args:
        mistakes: In the order of their cost.
        cases: Those that they are of.
        own_only: Show only documents that are ours, whose texts may be published.
        limit: The most mistakes.
    """
    by_id: Mapping[str, Case] = {c.id: c for c in cases if not own_only or c.collection == "own"}
    chosen = [m for m in mistakes if m.document in by_id][:limit]
    groups = {cause: [show(m, by_id[m.document]) for m in chosen if m.cause == cause] for cause in CAUSES}
    ordered = sorted(groups, key=lambda cause: -sum(s.mistake.cost for s in groups[cause]))
    return {cause: groups[cause] for cause in ordered if groups[cause]}
