"""What went wrong, why, and what it cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..document import Document, Entity, Relation
from ..schema import RELATION_NAMES
from .alignment import Pairing, align_mentions
from .cases import Case
from .slices import DISTANCES, relation_distance
from .things import VALUE_TYPES
from .values import outcome

MENTION_CAUSES: Final = {
    "missed": "mention missed",
    "spurious": "spurious mention",
    "boundary": "wrong boundary",
    "boundary and type": "wrong boundary and type",
    "type": "wrong type",
    "merged": "two mentions taken for one",
    "split": "one mention taken for two",
}
RELATION_CAUSES: Final = (
    "relation missed, both ends found",
    "spurious relation, both ends right",
    "relation of another type or direction",
)
ATTRIBUTE_CAUSE: Final = "event or status of a mention"
VALUE_CAUSE: Final = "value of an amount or quantity"
CAUSES: Final = (*MENTION_CAUSES.values(), *RELATION_CAUSES, ATTRIBUTE_CAUSE, VALUE_CAUSE)


@dataclass(frozen=True)
class Mistake:
    """One thing that went wrong.

    Attributes:
        cause: One of `CAUSES`.
        document: Id of the document.
        cost: How many missed and spurious facts (mentions, relations, attributes, values) hang on it.
        confidence: Of what was predicted, 0 where nothing was.
        gold: The gold mentions that it is about.
        predicted: The predicted ones.
        gold_says: What the gold has, in short.
        predicted_says: What was predicted.
    """

    cause: str
    document: str
    cost: int
    confidence: float
    gold: tuple[Entity, ...]
    predicted: tuple[Entity, ...]
    gold_says: str
    predicted_says: str

    def to_json(self) -> dict[str, Any]:
        """All but words of the text: spans."""
        return {
            "cause": self.cause, "document": self.document, "cost": self.cost, "confidence": self.confidence,
            "gold": [[e.type, e.start, e.end] for e in self.gold],
            "predicted": [[e.type, e.start, e.end] for e in self.predicted],
        }  # fmt: skip


Key = tuple[str, tuple[str, int, int], tuple[str, int, int]]


class CaseErrors:
    """The mistakes of one case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.pairs = align_mentions(case.gold, case.predicted)
        self.gold_keys = _keyed(case.gold)
        self.predicted_keys = _keyed(case.predicted)
        self.missed = [r for k, r in self.gold_keys.items() if k not in self.predicted_keys]
        self.spurious = [r for k, r in self.predicted_keys.items() if k not in self.gold_keys]
        self.right_gold = {p.gold.id for p in self.pairs if p.is_right and p.gold}
        self.right_predicted = {p.predicted.id for p in self.pairs if p.is_right and p.predicted}

    def mistakes(self) -> list[Mistake]:
        """All of them."""
        wrong = [p for p in self.pairs if not p.is_right]
        right = [p for p in self.pairs if p.is_right]
        values = [m for p in self.pairs if (m := self._value(p))] if self.case.has_events else []
        attributes = [m for p in right if (m := self._attributes(p))]
        return [*map(self._mention, wrong), *self._relations(), *attributes, *values]

    def _mention(self, pair: Pairing) -> Mistake:
        sides = (pair.gold, self.missed), (pair.predicted, self.spurious)
        cost = 0
        for entity, relations in sides:
            if entity is not None:
                cost += 1 + sum(entity.id in (r.head, r.tail) for r in relations)
                cost += (entity.event is not None) + (entity.status is not None)
        return self._mistake(
            MENTION_CAUSES[pair.kind], cost, [pair.gold], [pair.predicted], _type(pair.gold), _type(pair.predicted),
            pair.predicted.confidence if pair.predicted else None,
        )  # fmt: skip

    def _relations(self) -> list[Mistake]:
        """Mistakes in relations whose ends are right."""
        spurious: dict[frozenset[tuple[int, int]], Relation] = {}
        for relation in self.spurious:
            if {relation.head, relation.tail} <= self.right_predicted:
                spurious.setdefault(_place(self.case.predicted, relation), relation)
        out: list[Mistake] = []
        for relation in self.missed:
            if {relation.head, relation.tail} <= self.right_gold:
                other = spurious.pop(_place(self.case.gold, relation), None)
                out.append(self._relation(relation, other))
        return out + [self._relation(None, r) for r in spurious.values()]

    def _relation(self, gold: Relation | None, predicted: Relation | None) -> Mistake:
        cause = RELATION_CAUSES[2 if gold and predicted else 0 if gold else 1]
        ends = [
            [] if r is None else [d.entity(r.head), d.entity(r.tail)]
            for r, d in ((gold, self.case.gold), (predicted, self.case.predicted))
        ]
        says = [
            "" if r is None else f"{r.type}: {e[0].text} → {e[1].text}"
            for r, e in zip((gold, predicted), ends, strict=True)
        ]
        cost = (gold is not None) + (predicted is not None)
        confidence = predicted.confidence if predicted else None
        return self._mistake(cause, cost, ends[0] or ends[1], ends[1] or ends[0], says[0], says[1], confidence)

    def _attributes(self, pair: Pairing) -> Mistake | None:
        assert pair.gold and pair.predicted
        both = [[x for x in (e.event, e.status) if x] for e in (pair.gold, pair.predicted)]
        cost = len(set(both[0]) ^ set(both[1]))
        if not cost:
            return None
        says = [" ".join(b) for b in both]
        return self._mistake(ATTRIBUTE_CAUSE, cost, [pair.gold], [pair.predicted], says[0], says[1], None)

    def _value(self, pair: Pairing) -> Mistake | None:
        gold, predicted = pair.gold, pair.predicted
        if gold is None or predicted is None or gold.type not in VALUE_TYPES or predicted.type != gold.type:
            return None
        if outcome(gold, predicted) in ("right", "null_right", None):
            return None
        return self._mistake(VALUE_CAUSE, 1, [gold], [predicted], _value_words(gold), _value_words(predicted), None)

    def _mistake(
        self, cause: str, cost: int, gold: Iterable[Entity | None], predicted: Iterable[Entity | None],
        gold_says: str, predicted_says: str, confidence: float | None,
    ) -> Mistake:  # fmt: skip
        sides = [tuple(e for e in side if e is not None) for side in (gold, predicted)]
        return Mistake(cause, self.case.id, cost, confidence or 0.0, sides[0], sides[1], gold_says, predicted_says)


def _keyed(document: Document) -> dict[Key, Relation]:
    spans = {e.id: (e.type, e.start, e.end) for e in document.entities}
    return {(r.type, spans[r.head], spans[r.tail]): r for r in document.relations}


def _place(document: Document, relation: Relation) -> frozenset[tuple[int, int]]:
    """Where its ends are, whichever is the head."""
    return frozenset((e.start, e.end) for e in (document.entity(relation.head), document.entity(relation.tail)))


def _type(entity: Entity | None) -> str:
    return entity.type if entity else ""


def _value_words(entity: Entity) -> str:
    if entity.value is None:
        return "no value"
    said = entity.value.to_json()
    number = said.get("amount", said.get("number")) or (f"{said['low']} to {said['high']}" if "low" in said else None)
    measure = said.get("currency") or said.get("unit") or ""
    return f"{number} {measure}".strip() if number else f"not read: {entity.value.reason}"


def all_mistakes(cases: Iterable[Case]) -> list[Mistake]:
    """Every mistake, the costliest first; of equal cost the one that was predicted most confidently."""
    found = [m for case in cases for m in CaseErrors(case).mistakes()]
    return sorted(found, key=lambda m: (-m.cost, -m.confidence))


def count_causes(mistakes: Sequence[Mistake]) -> dict[str, dict[str, int]]:
    """How many mistakes have each cause, and what they cost together."""
    return {
        cause: {"mistakes": len(of), "cost": sum(m.cost for m in of)}
        for cause in CAUSES
        if (of := [m for m in mistakes if m.cause == cause])
    }


def relation_errors(cases: Iterable[Case]) -> dict[str, dict[str, dict[str, int]]]:
    """Missed and spurious relations by type and distance.

    Returns:
        type → distance → `missed` (`missed_ends`: of them, for want of an end), `spurious` (`spurious_ends`: of them,
        at a wrong mention).
    """
    counts: dict[str, dict[str, Counter[str]]] = {}
    for case in cases:
        errors = CaseErrors(case)
        sides = (
            ("missed", errors.missed, case.gold, errors.right_gold),
            ("spurious", errors.spurious, case.predicted, errors.right_predicted),
        )
        for name, relations, document, right in sides:
            for relation in relations:
                distance = relation_distance(document, document.entity(relation.head), document.entity(relation.tail))
                cell = counts.setdefault(relation.type, {}).setdefault(distance, Counter())
                cell[name] += 1
                cell[f"{name}_ends"] += not {relation.head, relation.tail} <= right
    return {
        kind: {d: dict(counts[kind][d]) for d in DISTANCES if d in counts[kind]}
        for kind in RELATION_NAMES
        if kind in counts
    }
