"""Entity scores by four schemes, each over an optimal one-to-one matching of gold and predicted mentions.

The schemes and their counts are those of SemEval 2013 task 9 (MUC's), as nervaluate has them: strict, exact, partial,
type. nervaluate matches greedily, in the order of the predictions; here the credit is the greatest that any matching
gives, and of those matchings one that pairs most mentions is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..document import Entity
from ..schema import ENTITY_NAMES

FloatArray = NDArray[np.float64]
_PAIRED: Final = 1e-6
"""What a pair that overlaps is worth without credit: it decides between matchings of equal credit."""


@dataclass(frozen=True)
class SpanCounts:
    """Outcomes of matched and unmatched mentions.

    Attributes:
        correct: Pairs with full credit.
        partial: Pairs with half.
        incorrect: Pairs without.
        missed: Gold mentions without a partner.
        spurious: Predicted mentions without one.
    """

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    missed: int = 0
    spurious: int = 0

    def __add__(self, other: SpanCounts) -> SpanCounts:
        return SpanCounts(
            self.correct + other.correct, self.partial + other.partial, self.incorrect + other.incorrect,
            self.missed + other.missed, self.spurious + other.spurious,
        )  # fmt: skip

    @property
    def credit(self) -> float:
        """One for each correct pair, half for each partial one."""
        return self.correct + self.partial / 2

    @property
    def predicted(self) -> int:
        """How many mentions were predicted."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def gold(self) -> int:
        """How many the gold has."""
        return self.correct + self.partial + self.incorrect + self.missed

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.credit / total if total else 0.0

    def to_json(self) -> dict[str, float | int]:
        """Counts and figures."""
        return {
            "precision": self.credit / self.predicted if self.predicted else 0.0,
            "recall": self.credit / self.gold if self.gold else 0.0,
            "f1": self.f1, "correct": self.correct, "partial": self.partial, "incorrect": self.incorrect,
            "missed": self.missed, "spurious": self.spurious, "gold": self.gold, "predicted": self.predicted,
        }  # fmt: skip


class Overlaps:
    """How gold and predicted mentions lie to each other, each array (gold, predicted).

    Attributes:
        touching: Whether they share a character.
        same_span: Whether they have the same span.
        same_type: Whether they have the same type.
    """

    def __init__(self, gold: Sequence[Entity], predicted: Sequence[Entity]) -> None:
        ours, theirs = _array(gold), _array(predicted)
        start, end, kind = (ours[:, None, i] for i in range(3))
        other_start, other_end, other_kind = (theirs[None, :, i] for i in range(3))
        self.touching = (start < other_end) & (other_start < end)
        self.same_span = (start == other_start) & (end == other_end)
        self.same_type = kind == other_kind


def _array(entities: Sequence[Entity]) -> NDArray[np.int64]:
    rows = [(e.start, e.end, ENTITY_NAMES.index(e.type)) for e in entities]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def strict(overlaps: Overlaps) -> FloatArray:
    """Credit for the same type and span."""
    return (overlaps.same_span & overlaps.same_type).astype(np.float64)


def exact(overlaps: Overlaps) -> FloatArray:
    """Credit for the same span, whatever the type."""
    return overlaps.same_span.astype(np.float64)


def partial(overlaps: Overlaps) -> FloatArray:
    """Credit for the same span, half for any overlap, whatever the type."""
    return np.where(overlaps.same_span, 1.0, np.where(overlaps.touching, 0.5, 0.0))


def same_type(overlaps: Overlaps) -> FloatArray:
    """Credit for any overlap of the same type."""
    return (overlaps.touching & overlaps.same_type).astype(np.float64)


SCHEMES: Final = {"strict": strict, "exact": exact, "partial": partial, "type": same_type}


def best_pairs(worth: FloatArray) -> list[tuple[int, int]]:
    """The one-to-one matching of the greatest sum, without pairs that are worth nothing.

    Args:
        worth: Of each pair, (gold, predicted), not negative.
    """
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if worth[r, c] > 0]


def match_spans(gold: Sequence[Entity], predicted: Sequence[Entity], scheme: str) -> SpanCounts:
    """Outcomes for the mentions of one document.

    Args:
        gold: Its gold mentions.
        predicted: The predicted ones, which may overlap.
        scheme: One of `SCHEMES`.
    """
    if not gold or not predicted:
        return SpanCounts(missed=len(gold), spurious=len(predicted))
    overlaps = Overlaps(gold, predicted)
    credit = SCHEMES[scheme](overlaps)
    pairs = best_pairs(credit + _PAIRED * overlaps.touching)
    given = [credit[pair] for pair in pairs]
    correct, half = given.count(1.0), given.count(0.5)
    return SpanCounts(
        correct, half, len(pairs) - correct - half, len(gold) - len(pairs), len(predicted) - len(pairs)
    )  # fmt: skip


def score_spans(gold: Sequence[Entity], predicted: Sequence[Entity], scheme: str) -> dict[str, SpanCounts]:
    """Outcomes for one document over `all` mentions and for each type by itself, as if it were the only one."""
    out = {"all": match_spans(gold, predicted, scheme)}
    for kind in sorted({e.type for e in (*gold, *predicted)}):
        ours, theirs = ([e for e in side if e.type == kind] for side in (gold, predicted))
        out[kind] = match_spans(ours, theirs, scheme)
    return out
