"""Is B better than A? Paired bootstrap over the documents that both were scored on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .bootstrap import interval, resampled_f1, resamples
from .figures import Figure
from .measures import HEADLINE

_CLEAR = 0.05


@dataclass(frozen=True)
class Difference:
    """How two systems differ in one figure.

    Attributes:
        name: Of the figure.
        title: Of the figure.
        documents: How many both were scored on.
        a: The first system's figure on them.
        b: The second's.
        low: Lower end of the 95% interval of b - a.
        high: Upper end.
        p: Two-sided, that a difference as far from zero shows where there is none.
        p_holm: The same, corrected (Holm) for looking at several figures; `None` for figures that no verdict rests on.
    """

    name: str
    title: str
    documents: int
    a: float
    b: float
    low: float
    high: float
    p: float
    p_holm: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the difference is significant at 5%, after the correction."""
        return (self.p if self.p_holm is None else self.p_holm) < _CLEAR

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return {**vars(self), "difference": self.b - self.a, "is_clear": self.is_clear}


def paired_difference(a: Figure, b: Figure, documents: Sequence[str], draws: int, seed: int) -> Difference:
    """The difference of one figure, both systems drawn together document by document.

    Raises:
        ValueError: There is no document to compare on.
    """
    if not documents:
        raise ValueError("the two have no document in common to be compared on")
    arrays = [figure.array(documents) for figure in (a, b)]
    weights = resamples(len(documents), draws, seed)
    drawn = resampled_f1(arrays[1], weights) - resampled_f1(arrays[0], weights)
    low, high = interval(drawn)
    tail = min(int(np.sum(drawn <= 0)), int(np.sum(drawn >= 0)))
    values = [replace_counts(figure, documents).value for figure in (a, b)]
    p = min(1.0, 2 * (tail + 1) / (draws + 1))
    return Difference(a.measure.name, a.measure.title, len(documents), values[0], values[1], low, high, p)


def replace_counts(figure: Figure, documents: Sequence[str]) -> Figure:
    """The figure on some of its documents."""
    return replace(figure, counts={d: figure.counts[d] for d in documents})


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values corrected for being several (Holm 1979), in their order."""
    out = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        out[index] = highest
    return out


def compare_figures(
    a: Mapping[str, Figure], b: Mapping[str, Figure], draws: int, seed: int, same_gold: frozenset[str] | None = None
) -> list[Difference]:
    """Differences of every figure that both systems have, the headline's first and corrected for being several.

    Args:
        a: Figures of one system.
        b: Of the other.
        draws: Of the bootstrap.
        seed: Of the draws.
        same_gold: Documents whose gold was the same for both; `None`: all.

    Raises:
        ValueError: They have no document in common.
    """
    out: list[Difference] = []
    for name in (*HEADLINE, *(n for n in a if n not in HEADLINE)):
        if name in a and name in b:
            both = [d for d in b[name].counts if d in a[name].counts and (same_gold is None or d in same_gold)]
            if both or name == HEADLINE[0]:
                out.append(paired_difference(a[name], b[name], both, draws, seed))
    first = [d for d in out if d.name in HEADLINE]
    corrected = holm([d.p for d in first])
    return [replace(d, p_holm=p) for d, p in zip(first, corrected, strict=True)] + out[len(first) :]


def _say_p(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.01 else f"p = {p:.2f}"


def say_difference(difference: Difference, a: str = "A", b: str = "B") -> str:
    """One plain sentence, in points (hundredths of F1)."""
    d = difference
    points, low, high = (100 * x for x in (d.b - d.a, d.low, d.high))
    p = d.p if d.p_holm is None else d.p_holm
    if d.a == d.b and d.low == d.high == 0:
        return f"{d.title}: {a} and {b} are the same."
    if not d.is_clear:
        return (
            f"{d.title}: no clear difference: {b} \u2212 {a} is {points:+.1f} points, "
            f"95% interval {low:.1f} to {high:.1f}, {_say_p(p)}."
        )
    if points < 0:
        low, high = -high, -low
    word = "better" if points > 0 else "worse"
    return f"{d.title}: {b} is {word} by {abs(points):.1f} points, 95% interval {low:.1f} to {high:.1f}, {_say_p(p)}."


def say_verdict(differences: Sequence[Difference], a: str = "A", b: str = "B") -> str:
    """The headline in one sentence: in what b is better, in what worse, in what nothing can be told."""
    first = [d for d in differences if d.name in HEADLINE]
    if all(d.a == d.b and d.low == d.high == 0 for d in first):
        return f"{b} and {a} score the same."
    groups = {
        "better in": [d for d in first if d.is_clear and d.b > d.a],
        "worse in": [d for d in first if d.is_clear and d.b < d.a],
        "not clearly different in": [d for d in first if not d.is_clear],
    }
    parts = [f"{words} {_listed([_brief(d) for d in found])}" for words, found in groups.items() if found]
    return f"{b} is {'; '.join(parts)} (against {a}, {first[0].documents} documents)."


def _brief(difference: Difference) -> str:
    points = 100 * (difference.b - difference.a)
    return f"{difference.title.lower()} ({points:+.1f})"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])
