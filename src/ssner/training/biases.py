"""How ready the heads are to speak: biases against "no relation" and "no event", chosen on gold documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..decoding.reader import DocumentReader, Scorer
from ..decoding.remembering import RememberingScorer
from ..document import Document
from ..evaluation.matching import FACTS, Score, compare

_GRID = (-1.0, -0.6, -0.3, 0.0, 0.3, 0.6, 1.0, 1.4, 1.8)
_FLAT = 0.005


class Biases(NamedTuple):
    """What is added to scores (logits) before they are compared with that of "none".

    Attributes:
        relation: To the score of every relation.
        event: To the score of every event of a mention.
    """

    relation: float
    event: float


def _best(score_at: Callable[[float], Score]) -> float:
    """The bias of the grid with the best F1.

    Around the best F1 the curve is flat: of the biases within half a point of it, the one at which precision and recall
    are nearest to each other.
    """
    scores = {bias: score_at(bias) for bias in _GRID}
    best = max(score.f1 for score in scores.values())
    flat = [bias for bias, score in scores.items() if score.f1 >= best - _FLAT]
    return min(flat, key=lambda bias: (abs(scores[bias].precision - scores[bias].recall), abs(bias)))


def fit_biases(asked: Scorer, gold: Sequence[Document]) -> Biases:
    """The biases at which relations, and then events of mentions, are best on `gold`, end to end.

    Args:
        asked: Scores the words, once; its own biases are looked at no further.
        gold: Annotated documents.
    """
    bare = [Document(d.id, d.text) for d in gold]
    scorer = RememberingScorer(asked)

    def scores(fact: str, kind: str) -> Score:
        predicted = [DocumentReader(scorer).read(d) for d in bare]
        return compare(gold, predicted, FACTS[fact]).get(kind, Score())

    def relations(bias: float) -> Score:
        scorer.relation_bias = bias
        return scores("relations", "all")

    def events(bias: float) -> Score:
        scorer.event_bias = bias
        return scores("attributes", "event")

    scorer.relation_bias = _best(relations)
    return Biases(scorer.relation_bias, _best(events))
