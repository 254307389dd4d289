"""What a prediction has otherwise than gold: mentions and relations, one against one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..document import Document, Entity, Relation

RIGHT: Final = "right"
MISSED: Final = "missed"
SPURIOUS: Final = "spurious"
TYPE: Final = "type"
BOUNDARY: Final = "boundary"
BOTH: Final = "both"


@dataclass(frozen=True)
class Mark:
    """How one thing of a side stands against the other side.

    Attributes:
        kind: One of `RIGHT`, `MISSED`, `SPURIOUS`, `TYPE`, `BOUNDARY` and `BOTH` (type and boundary are wrong).
        other: Id of its counterpart there, where it has one.
    """

    kind: str
    other: str | None = None


@dataclass(frozen=True)
class Alignment:
    """The mentions and relations of a gold document and of its prediction, one against one.

    Attributes:
        gold: Mark of every gold mention, by id.
        predicted: Mark of every predicted mention, by id.
        gold_relations: Marks in the order of the gold document's relations.
        predicted_relations: The same of the prediction.
    """

    gold: Mapping[str, Mark] = field(default_factory=dict)
    predicted: Mapping[str, Mark] = field(default_factory=dict)
    gold_relations: tuple[Mark, ...] = ()
    predicted_relations: tuple[Mark, ...] = ()


def _overlapping(gold: Sequence[Entity], predicted: Sequence[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """All overlapping pairs of two lists that are in order of their starts."""
    first = 0
    longest = max((e.end - e.start for e in predicted), default=0)
    for ours in gold:
        while first < len(predicted) and predicted[first].start + longest <= ours.start:
            first += 1
        for theirs in predicted[first:]:
            if theirs.start >= ours.end:
                break
            if theirs.end > ours.start:
                yield ours, theirs


def _kind(ours: Entity, theirs: Entity) -> str:
    same_span = (ours.start, ours.end) == (theirs.start, theirs.end)
    if ours.type == theirs.type:
        return RIGHT if same_span else BOUNDARY
    return TYPE if same_span else BOTH


_BEST_FIRST: Final = (RIGHT, TYPE, BOUNDARY, BOTH)


def _mentions(gold: Document, predicted: Document) -> tuple[dict[str, Mark], dict[str, Mark]]:
    def place(entity: Entity) -> tuple[int, int]:
        return entity.start, entity.end

    pairs = [
        (_BEST_FIRST.index(_kind(a, b)), min(a.start, b.start) - min(a.end, b.end), a, b)
        for a, b in _overlapping(sorted(gold.entities, key=place), sorted(predicted.entities, key=place))
    ]
    ours: dict[str, Mark] = {}
    theirs: dict[str, Mark] = {}
    for rank, _, a, b in sorted(pairs, key=lambda p: (p[0], p[1], p[2].start, p[3].start)):
        if a.id not in ours and b.id not in theirs:
            ours[a.id] = Mark(_BEST_FIRST[rank], b.id)
            theirs[b.id] = Mark(_BEST_FIRST[rank], a.id)
    return (
        {e.id: ours.get(e.id, Mark(MISSED)) for e in gold.entities},
        {e.id: theirs.get(e.id, Mark(SPURIOUS)) for e in predicted.entities},
    )


def _relations(
    relations: Sequence[Relation], mentions: Mapping[str, Mark], others: Sequence[Relation], alone: str
) -> Iterator[Mark]:
    """Marks of one side's relations.

    Args:
        relations: Those relations.
        mentions: Marks of that side's mentions.
        others: The relations of the other side.
        alone: What a relation is that the other side does not have.
    """
    there: dict[tuple[str, str], set[str]] = {}
    for other in others:
        there.setdefault((other.head, other.tail), set()).add(other.type)
    for relation in relations:
        head, tail = mentions[relation.head], mentions[relation.tail]
        types = there.get((head.other or "", tail.other or ""), set())
        if relation.type in types:
            yield Mark(RIGHT if head.kind == tail.kind == RIGHT else BOUNDARY)
        else:
            yield Mark(TYPE if types else alone)


def align(gold: Document, predicted: Document) -> Alignment:
    """Set a prediction against its gold.

    Mentions are paired one to one, the better kind of pair first (right, wrong type, wrong boundary, both wrong), then
    the longer overlap. A relation is right where type and both ends are, has a wrong boundary where the ends are only
    counterparts, and a wrong type where the other side joins these ends by other types.
    """
    ours, theirs = _mentions(gold, predicted)
    return Alignment(
        ours, theirs,
        tuple(_relations(gold.relations, ours, predicted.relations, MISSED)),
        tuple(_relations(predicted.relations, theirs, gold.relations, SPURIOUS)),
    )  # fmt: skip
