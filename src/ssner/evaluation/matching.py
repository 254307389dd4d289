"""Which predicted things are right: sets of what gold and prediction state, compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from ..document import Document

Fact = tuple[Hashable, ...]
"""A thing that a document states; its first item is the type it is counted under."""


@dataclass(frozen=True)
class Score:
    """Counts and what follows from them.

    Attributes:
        correct: Facts in both.
        predicted: Facts of the prediction.
        gold: Facts of the gold.
    """

    correct: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.correct + other.correct, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.predicted + self.gold
        return 2 * self.correct / total if total else 0.0

    def to_json(self) -> dict[str, float | int]:
        """Counts and figures."""
        return {
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
            "correct": self.correct, "predicted": self.predicted, "gold": self.gold,
        }  # fmt: skip


def entity_facts(document: Document) -> set[Fact]:
    """Type and exact span of every mention."""
    return {(e.type, e.start, e.end) for e in document.entities}


def relation_facts(document: Document) -> set[Fact]:
    """Relation type with type and exact span of both ends (strict)."""
    spans = {e.id: (e.type, e.start, e.end) for e in document.entities}
    return {(r.type, spans[r.head], spans[r.tail]) for r in document.relations}


def relation_boundary_facts(document: Document) -> set[Fact]:
    """Relation type with the exact spans of both ends, whatever their types."""
    spans = {e.id: (e.start, e.end) for e in document.entities}
    return {(r.type, spans[r.head], spans[r.tail]) for r in document.relations}


def attribute_facts(document: Document) -> set[Fact]:
    """Attribute, value and the mention that carries it."""
    return {
        (name, value, e.type, e.start, e.end)
        for e in document.entities
        for name, value in (("event", e.event), ("status", e.status))
        if value is not None
    }


FACTS: dict[str, Callable[[Document], set[Fact]]] = {
    "entities": entity_facts,
    "relations": relation_facts,
    "relations_boundary": relation_boundary_facts,
    "attributes": attribute_facts,
}


def compare(
    gold: Iterable[Document], predicted: Iterable[Document], facts: Callable[[Document], set[Fact]]
) -> dict[str, Score]:
    """Score predictions against gold, over all facts of both.

    Args:
        gold: Gold documents.
        predicted: Predictions for the same documents, by id; a document that is missing has predicted nothing.
        facts: What to compare.

    Returns:
        A score for each type of fact, and `all` over them.

    Raises:
        ValueError: A prediction is for a document that gold does not have, or two are for one.
    """
    by_id: dict[str, Document] = {}
    for document in predicted:
        if document.id in by_id:
            raise ValueError(f"two predictions are for document {document.id!r}: keep one")
        by_id[document.id] = document
    scores: dict[str, Score] = {"all": Score()}
    for document in gold:
        right = facts(document)
        other = by_id.pop(document.id, None)
        guess = facts(other) if other is not None else set()
        for kind in sorted({str(f[0]) for f in right | guess}):
            ours = {f for f in right if f[0] == kind}
            theirs = {f for f in guess if f[0] == kind}
            score = Score(len(ours & theirs), len(theirs), len(ours))
            scores[kind] = scores.get(kind, Score()) + score
            scores["all"] = scores["all"] + score
    if by_id:
        raise ValueError(f"predictions for documents that the split does not hold: {', '.join(sorted(by_id)[:3])}")
    return scores
