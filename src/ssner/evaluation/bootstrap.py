"""Intervals by bootstrap over documents: the document is what is drawn, since facts of one are not independent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from .matching import Fact, Score, compare

FloatArray = NDArray[np.float64]
LEVELS: Final = (0.025, 0.975)
"""Quantiles of a 95% interval."""


def resamples(documents: int, draws: int, seed: int = 0) -> FloatArray:
    """How often each document stands in each resample, (draws, documents)."""
    drawn = np.random.default_rng(seed).integers(0, documents, size=(draws, documents))
    drawn += documents * np.arange(draws)[:, None]
    return np.bincount(drawn.ravel(), minlength=draws * documents).reshape(draws, documents).astype(np.float64)


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 0)


def pooled_f1(sums: FloatArray) -> FloatArray:
    """The mean F1 of groups of summed counts.

    Args:
        sums: Of hits, predicted, found and gold of each group, (…, groups, 4): precision is hits over predicted,
            recall found over gold.

    Returns:
        Of shape (…).
    """
    precision, recall = _ratio(sums[..., 0], sums[..., 1]), _ratio(sums[..., 2], sums[..., 3])
    return _ratio(2 * precision * recall, precision + recall).mean(axis=-1)


def resampled_f1(counts: FloatArray, weights: FloatArray) -> FloatArray:
    """Pooled F1 of each resample, (draws,).

    Args:
        counts: (documents, groups, 4), see `pooled_f1`.
        weights: (draws, documents), see `resamples`.
    """
    flat = weights @ counts.reshape(len(counts), -1)
    return pooled_f1(flat.reshape(len(weights), *counts.shape[1:]))


def interval(values: FloatArray) -> tuple[float, float]:
    """The 95% interval of resampled figures."""
    low, high = np.quantile(values, LEVELS)
    return float(low), float(high)


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
    counts = np.array([[(s.correct, s.predicted, s.correct, s.gold)] for s in scores], dtype=np.float64)
    return interval(resampled_f1(counts, resamples(len(scores), draws, seed)))
