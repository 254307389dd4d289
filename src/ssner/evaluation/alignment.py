"""Which predicted mention stands for which gold one, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from ..document import Document, Entity
from ..schema import ENTITY_NAMES
from .cases import Case
from .spans import Overlaps, best_pairs

NOTHING: Final = "nothing"


class Pairing(NamedTuple):
    """A gold mention beside the predicted one that stands for it; one of them may be lacking.

    Attributes:
        kind: `right`, `type`, `boundary`, `boundary and type`, `missed`, `spurious`, `merged` (missed, but a mention
            that stands for another one covers it), `split` (the same the other way round).
        gold: The gold mention.
        predicted: The predicted one.
    """

    kind: str
    gold: Entity | None
    predicted: Entity | None

    @property
    def is_right(self) -> bool:
        """Whether type and span are those of the gold."""
        return self.kind == "right"


def align_mentions(gold: Document, predicted: Document) -> list[Pairing]:
    """Mentions of a document paired one to one, in order of their place.

    A pair with the same span and type goes before one with the same span, that before one with the same type, that
    before one that merely overlaps; of equal ones the greatest overlap wins.
    """
    ours, theirs = gold.entities, predicted.entities
    overlaps = Overlaps(ours, theirs)
    shared = np.array([[_shared(g, p) for p in theirs] for g in ours], dtype=np.float64).reshape(len(ours), len(theirs))
    worth = np.where(
        overlaps.touching, 1.0 + shared + 10.0 * overlaps.same_type + 100.0 * overlaps.same_span, 0.0
    )  # fmt: skip
    pairs = best_pairs(worth)
    out = [Pairing(_kind(ours[i], theirs[j]), ours[i], theirs[j]) for i, j in pairs]
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, entity in enumerate(ours):
        if i not in left:
            out.append(Pairing("merged" if overlaps.touching[i].any() else "missed", entity, None))
    for j, entity in enumerate(theirs):
        if j not in right:
            out.append(Pairing("split" if overlaps.touching[:, j].any() else "spurious", None, entity))
    return sorted(out, key=lambda p: min(e.start for e in (p.gold, p.predicted) if e is not None))


def _shared(one: Entity, other: Entity) -> float:
    """Shared characters over all of both, from 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def _kind(gold: Entity, predicted: Entity) -> str:
    same_span = (gold.start, gold.end) == (predicted.start, predicted.end)
    if gold.type == predicted.type:
        return "right" if same_span else "boundary"
    return "type" if same_span else "boundary and type"


def confusion(cases: Iterable[Case]) -> dict[str, dict[str, int]]:
    """Counts by type of the gold mention (rows) and of the one that stands for it, `nothing` where one is lacking."""
    names = (*ENTITY_NAMES, NOTHING)
    out = {row: dict.fromkeys(names, 0) for row in names}
    for case in cases:
        for pair in align_mentions(case.gold, case.predicted):
            row = pair.gold.type if pair.gold else NOTHING
            out[row][pair.predicted.type if pair.predicted else NOTHING] += 1
    return out


def boundary_errors(cases: Iterable[Case]) -> dict[str, dict[str, int]]:
    """For each gold type and `all`, how pairs with another span differ at their left (first) and right (last) edge.

    The left edge is where the mention begins in reading order, on the right-hand side of the page in Persian.
    """
    counts = {name: Counter[str]() for name in ("all", *ENTITY_NAMES)}
    for case in cases:
        for pair in align_mentions(case.gold, case.predicted):
            if pair.gold is None or pair.predicted is None or "boundary" not in pair.kind:
                continue
            edges = {
                "first edge too early": pair.predicted.start < pair.gold.start,
                "first edge too late": pair.predicted.start > pair.gold.start,
                "last edge too early": pair.predicted.end < pair.gold.end,
                "last edge too late": pair.predicted.end > pair.gold.end,
                "too long": _covers(pair.predicted, pair.gold),
                "too short": _covers(pair.gold, pair.predicted),
                "shifted": not _covers(pair.predicted, pair.gold) and not _covers(pair.gold, pair.predicted),
                "pairs": True,
            }
            for name in ("all", pair.gold.type):
                counts[name].update(edge for edge, holds in edges.items() if holds)
    return {name: dict(found) for name, found in counts.items() if found}


def _covers(one: Entity, other: Entity) -> bool:
    return one.start <= other.start and other.end <= one.end
