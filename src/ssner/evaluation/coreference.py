"""Scores of canonical entities: MUC, B³, CEAF-e and their mean, the CoNLL figure.

Definitions: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B³), Luo 2005 (CEAF, with φ₄), Pradhan et al. 2011 (the
mean). Mentions that one side lacks count against it, as in the CoNLL scorer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..document import Document
from .spans import best_pairs

Clusters = Sequence[frozenset[Hashable]]


@dataclass(frozen=True)
class Ratio:
    """Precision and recall as sums, which add up over documents.

    Attributes:
        hit: Numerator of the precision.
        predicted: Denominator of the precision.
        found: Numerator of the recall.
        gold: Denominator of the recall.
    """

    hit: float = 0.0
    predicted: float = 0.0
    found: float = 0.0
    gold: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(
            self.hit + other.hit, self.predicted + other.predicted, self.found + other.found, self.gold + other.gold
        )

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_json(self) -> dict[str, float]:
        """The three figures."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def _links(ours: Clusters, theirs: Clusters) -> tuple[float, float]:
    """Links of `ours` that `theirs` keeps, and all of them."""
    home = {mention: i for i, cluster in enumerate(theirs) for mention in cluster}
    kept = total = 0
    for cluster in ours:
        parts = {home.get(mention, mention) for mention in cluster}
        kept += len(cluster) - len(parts)
        total += len(cluster) - 1
    return kept, total


def muc(gold: Clusters, predicted: Clusters) -> Ratio:
    """Links between mentions; entities of one mention do not count."""
    return Ratio(*_links(predicted, gold), *_links(gold, predicted))


def _overlaps(ours: Clusters, theirs: Clusters) -> tuple[float, float]:
    home = {mention: cluster for cluster in theirs for mention in cluster}
    empty: frozenset[Hashable] = frozenset()
    shared = sum(len(cluster & home.get(mention, empty)) / len(cluster) for cluster in ours for mention in cluster)
    return shared, sum(map(len, ours))


def b_cubed(gold: Clusters, predicted: Clusters) -> Ratio:
    """For each mention, how much of its entity is right, and how much of it was found."""
    return Ratio(*_overlaps(predicted, gold), *_overlaps(gold, predicted))


def ceaf_e(gold: Clusters, predicted: Clusters) -> Ratio:
    """Entities matched one to one so that their likeness (φ₄: twice the shared over the sum of sizes) is greatest."""
    if not gold or not predicted:
        return Ratio(0.0, len(predicted), 0.0, len(gold))
    likeness = np.array([[2 * len(g & p) / (len(g) + len(p)) for p in predicted] for g in gold])
    best = float(sum(likeness[pair] for pair in best_pairs(likeness)))
    return Ratio(best, len(predicted), best, len(gold))


SCHEMES: dict[str, Callable[[Clusters, Clusters], Ratio]] = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}


def clusters_of(document: Document) -> Clusters:
    """Its canonical entities as sets of typed spans."""
    spans = {e.id: (e.type, e.start, e.end) for e in document.entities}
    return [frozenset(spans[m] for m in c.mentions) for c in document.canonical]


def score_canonical(pairs: Iterable[tuple[Document, Document]]) -> dict[str, dict[str, float]]:
    """Scores over documents, each gold with its prediction; `conll` holds the mean of the three F1.

    Args:
        pairs: Gold and predicted documents with canonical entities.
    """
    totals = dict.fromkeys(SCHEMES, Ratio())
    for gold, predicted in pairs:
        ours, theirs = clusters_of(gold), clusters_of(predicted)
        for name, scheme in SCHEMES.items():
            totals[name] = totals[name] + scheme(ours, theirs)
    out = {name: ratio.to_json() for name, ratio in totals.items()}
    out["conll"] = {"f1": sum(ratio.f1 for ratio in totals.values()) / len(totals)}
    return out
