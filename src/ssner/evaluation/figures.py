"""Figures with intervals, and the counts of each document behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .bootstrap import FloatArray, interval, pooled_f1, resampled_f1, resamples
from .cases import Case
from .measures import MEASURES, Group, Measure


@dataclass(frozen=True)
class Figure:
    """One figure of one system.

    Attributes:
        measure: What is measured.
        counts: Document → its counts.
    """

    measure: Measure
    counts: Mapping[str, tuple[Group, ...]]

    def array(self, documents: Sequence[str] | None = None) -> FloatArray:
        """Counts as (documents, groups, 4), in the given order or that of the cases."""
        chosen = self.counts if documents is None else documents
        return np.array([self.counts[d] for d in chosen], dtype=np.float64)

    @property
    def value(self) -> float:
        """The figure over all documents, from 0 to 1."""
        return float(pooled_f1(self.array().sum(axis=0)))

    def to_json(self, draws: int, seed: int) -> dict[str, Any]:
        """Title, figure, its 95% interval, precision and recall (where it is one F1), and how many documents."""
        counts = self.array()
        low, high = interval(resampled_f1(counts, resamples(len(counts), draws, seed)))
        out = {
            "title": self.measure.title, "right": self.measure.gloss, "f1": self.value, "low": low, "high": high,
            "documents": len(counts),
        }  # fmt: skip
        hit, predicted, found, gold = counts.sum(axis=0)[0]
        if counts.shape[1] == 1:
            out |= {"precision": hit / predicted if predicted else 0.0, "recall": found / gold if gold else 0.0}
        return out


def figures_of(cases: Sequence[Case]) -> dict[str, Figure]:
    """Every figure that the cases have something to measure by: gold, or predictions that are wrong for want of it."""
    out: dict[str, Figure] = {}
    for measure in MEASURES:
        found = {case.id: counts for case in cases if (counts := measure.count(case)) is not None}
        if any(any(group) for groups in found.values() for group in groups):
            out[measure.name] = Figure(measure, found)
    return out


def figures_from_json(per_document: Mapping[str, Mapping[str, Sequence[Sequence[float]]]]) -> dict[str, Figure]:
    """Figures out of the `per_document` counts of a `metrics.json`."""
    known = {m.name: m for m in MEASURES}
    return {
        name: Figure(known[name], {d: tuple((g[0], g[1], g[2], g[3]) for g in groups) for d, groups in counts.items()})
        for name, counts in per_document.items()
        if name in known
    }
