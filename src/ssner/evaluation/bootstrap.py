"""Intervals by bootstrap over documents: the document is what is drawn, since facts of one are not independent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..document import Document
from .matching import Fact, Score, compare


def document_scores(
    gold: Sequence[Document], predicted: Sequence[Document], facts: Callable[[Document], set[Fact]]
) -> list[dict[str, Score]]:
    """The scores of each gold document apart (see `compare`)."""
    by_id = {d.id: d for d in predicted}
    return [compare([d], [by_id[d.id]] if d.id in by_id else [], facts) for d in gold]


def f1_interval(scores: Sequence[Score], draws: int = 1000, seed: int = 0) -> tuple[float, float]:
    """95% interval of the pooled F1 of documents' scores.

    Args:
        scores: One of each document.
        draws: How many resamples.
        seed: Of the draws.

    Returns:
        Its 2.5% and 97.5% quantiles; (0, 0) where there is nothing to score.
    """
    if not scores:
        return 0.0, 0.0
    counts = np.array([(2 * s.correct, s.predicted + s.gold) for s in scores], dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(counts), size=(draws, len(counts)))
    sums = counts[drawn].sum(axis=1)
    f1 = np.divide(sums[:, 0], sums[:, 1], out=np.zeros(draws), where=sums[:, 1] > 0)
    low, high = np.quantile(f1, [0.025, 0.975])
    return float(low), float(high)
