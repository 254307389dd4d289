"""Scores of values: whether the numbers of amounts and quantities are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..document import Document, Entity, Value
from .matching import Score
from .spans import Overlaps, best_pairs, partial
from .things import VALUE_TYPES, value_key


@dataclass(frozen=True)
class ValueCounts:
    """Outcomes of values.

    Attributes:
        right: Number and measure are those of the gold.
        wrong: The gold has another number or measure.
        null: The gold has a number, the prediction says that it can't be read.
        missing: The gold has a number, and no mention of it was predicted.
        spurious: A number is predicted where the gold has no mention.
        invented: A number is predicted where the gold says that none can be read.
        null_right: Both say that it can't be read.
        bound_right: Of the right ones, those with the same bound.
    """

    right: int = 0
    wrong: int = 0
    null: int = 0
    missing: int = 0
    spurious: int = 0
    invented: int = 0
    null_right: int = 0
    bound_right: int = 0

    def __add__(self, other: ValueCounts) -> ValueCounts:
        return ValueCounts(*(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__))

    @property
    def score(self) -> Score:
        """Right among the numbers predicted and among those of the gold; abstaining costs recall only."""
        return Score(
            self.right,
            self.right + self.wrong + self.spurious + self.invented,
            self.right + self.wrong + self.null + self.missing,
        )

    def to_json(self) -> dict[str, float | int]:
        """Counts and figures."""
        figures = {n: getattr(self.score, n) for n in ("precision", "recall", "f1")}
        return figures | {n: getattr(self, n) for n in self.__dataclass_fields__}


def _is_read(value: Value | None) -> bool:
    return value is not None and value.reason is None


def paired_mentions(gold: list[Entity], predicted: list[Entity]) -> list[tuple[Entity | None, Entity | None]]:
    """Mentions of one type matched one to one by overlap, the same span first; the rest without a partner."""
    pairs = best_pairs(partial(Overlaps(gold, predicted))) if gold and predicted else []
    left = {i for i, _ in pairs}
    right = {j for _, j in pairs}
    out: list[tuple[Entity | None, Entity | None]] = [(gold[i], predicted[j]) for i, j in pairs]
    out += [(e, None) for i, e in enumerate(gold) if i not in left]
    return out + [(None, e) for j, e in enumerate(predicted) if j not in right]


def outcome(gold: Entity | None, predicted: Entity | None) -> str | None:
    """Name of the count (of `ValueCounts`) that a pair falls under; `None` where neither has a number to tell."""
    if gold is None or not _is_read(gold.value):
        if predicted is None or not _is_read(predicted.value):
            return "null_right" if gold is not None and predicted is not None else None
        return "spurious" if gold is None else "invented"
    if predicted is None:
        return "missing"
    if not _is_read(predicted.value):
        return "null"
    same = value_key(gold.value, gold.text) == value_key(predicted.value, predicted.text)
    return "right" if same else "wrong"


def count_values(gold: Document, predicted: Document) -> dict[str, ValueCounts]:
    """Outcomes of one document over `all`, MONEY and QUANTITY."""
    out: dict[str, ValueCounts] = {}
    for kind in VALUE_TYPES:
        sides = [[e for e in d.entities if e.type == kind] for d in (gold, predicted)]
        counts = ValueCounts()
        for ours, theirs in paired_mentions(*sides):
            if (name := outcome(ours, theirs)) is None:
                continue
            counts += ValueCounts(**{name: 1})
            if name == "right" and ours and theirs and ours.value and theirs.value:
                counts += ValueCounts(bound_right=int(ours.value.bound == theirs.value.bound))
        out[kind] = counts
    return {"all": sum(out.values(), ValueCounts())} | out


def score_values(pairs: Iterable[tuple[Document, Document]]) -> dict[str, ValueCounts]:
    """Outcomes over documents, each gold (with values) with its prediction."""
    out = dict.fromkeys(("all", *VALUE_TYPES), ValueCounts())
    for gold, predicted in pairs:
        for kind, counts in count_values(gold, predicted).items():
            out[kind] = out[kind] + counts
    return out
