"""Whether confidences mean what they say: how often things of a confidence are right."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..document import Document, Event
from .cases import Case
from .events import role_facts
from .matching import entity_facts, relation_facts
from .spans import best_pairs
from .things import shared_names

Sample = tuple[float, bool]
"""A confidence, and whether what had it is right."""
BINS: Final = 10
THRESHOLDS: Final = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_Z: Final = 1.959964
"""Of a 95% interval."""


@dataclass(frozen=True)
class Bin:
    """Things whose confidences lie close together.

    Attributes:
        low: Lower edge of the bin.
        high: Upper edge.
        count: How many.
        confidence: Their mean confidence.
        right: Share of them that is right.
        right_low: Lower end of its 95% interval (Wilson).
        right_high: Upper end.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float
    right_low: float
    right_high: float


def entity_samples(case: Case) -> list[Sample]:
    """Of the predicted mentions: right with type and exact span."""
    gold = entity_facts(case.gold)
    return [
        (e.confidence, (e.type, e.start, e.end) in gold) for e in case.predicted.entities if e.confidence is not None
    ]


def relation_samples(case: Case) -> list[Sample]:
    """Of the predicted relations: right with type and both ends."""
    gold = relation_facts(case.gold)
    spans = {e.id: (e.type, e.start, e.end) for e in case.predicted.entities}
    return [
        (r.confidence, (r.type, spans[r.head], spans[r.tail]) in gold)
        for r in case.predicted.relations
        if r.confidence is not None
    ]


def right_events(gold: Document, predicted: Document) -> list[bool]:
    """For each predicted event, whether all that it states stands in one gold event of its type.

    Each gold event vouches for one predicted event. Officials are left aside: an event's confidence is not of them.
    """
    names, guesses = shared_names(gold, predicted)

    def facts(event: Event, things: dict[str, object]) -> set[object]:
        return {fact for fact in role_facts(event, things) if fact.role != "official"}

    ours = [facts(e, dict(names)) for e in gold.events]
    theirs = [facts(e, dict(guesses)) for e in predicted.events]
    if not ours or not theirs:
        return [False] * len(theirs)
    inside = np.array([[bool(p) and p <= g for p in theirs] for g in ours], dtype=np.float64)
    vouched = {j for _, j in best_pairs(inside)}
    return [j in vouched for j in range(len(theirs))]


def event_samples(case: Case) -> list[Sample]:
    """Of the predicted events (see `right_events`); none where the gold has no events to compare with."""
    if not case.has_events:
        return []
    right = right_events(case.gold, case.predicted)
    return [(e.confidence, r) for e, r in zip(case.predicted.events, right, strict=True) if e.confidence is not None]


SAMPLES: Final[dict[str, Callable[[Case], list[Sample]]]] = {
    "entities": entity_samples,
    "relations": relation_samples,
    "events": event_samples,
}


def collect_samples(cases: Iterable[Case]) -> dict[str, list[Sample]]:
    """Samples of entities, relations and events over documents; a kind without any is left out."""
    found: dict[str, list[Sample]] = {name: [] for name in SAMPLES}
    for case in cases:
        for name, samples in SAMPLES.items():
            found[name] += samples(case)
    return {name: samples for name, samples in found.items() if samples}


def wilson(right: int, count: int) -> tuple[float, float]:
    """95% interval of a share (Wilson 1927)."""
    share, z2 = right / count, _Z**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2)) / (1 + z2 / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def reliability_bins(samples: Sequence[Sample], bins: int = BINS) -> list[Bin]:
    """Bins of equal width; empty ones are left out."""
    out: list[Bin] = []
    for number in range(bins):
        inside = [s for s in samples if min(int(s[0] * bins), bins - 1) == number]
        if inside:
            right = sum(r for _, r in inside)
            mean = sum(c for c, _ in inside) / len(inside)
            out.append(
                Bin(
                    number / bins, (number + 1) / bins, len(inside), mean, right / len(inside),
                    *wilson(right, len(inside)),
                )
            )  # fmt: skip
    return out


def calibration_error(samples: Sequence[Sample], bins: int = BINS) -> float:
    """ECE: the mean distance of confidence and share right over bins, weighted by their counts (Guo et al. 2017)."""
    found = reliability_bins(samples, bins)
    return sum(b.count * abs(b.confidence - b.right) for b in found) / max(1, len(samples))


def chance_error(samples: Sequence[Sample], bins: int = BINS, draws: int = 2000, seed: int = 0) -> tuple[float, float]:
    """What ECE would come out if the confidences were exactly right: few samples never lie on the diagonal.

    Outcomes are drawn with the confidences as their probabilities (consistency resampling: Bröcker and Smith 2007).

    Args:
        samples: Confidences; their outcomes are not looked at.
        bins: As for `calibration_error`.
        draws: How often all outcomes are drawn.
        seed: Of the draws.

    Returns:
        The mean ECE of the draws, and the one that 95% of them stay under.
    """
    confidences = np.array([c for c, _ in samples])
    if not len(confidences):
        return 0.0, 0.0
    rng = np.random.default_rng(seed)
    confidences = np.sort(confidences)
    starts = np.unique(np.minimum((confidences * bins).astype(int), bins - 1), return_index=True)[1]
    errors = []
    for _ in range(draws):
        excess = (rng.random(len(confidences)) < confidences) - confidences
        errors.append(np.abs(np.add.reduceat(excess, starts)).sum() / len(confidences))
    return float(np.mean(errors)), float(np.quantile(errors, 0.95))


def brier(samples: Sequence[Sample]) -> float:
    """Mean squared distance of confidence and outcome."""
    return sum((c - r) ** 2 for c, r in samples) / max(1, len(samples))


def keep_table(cases: Sequence[Case], thresholds: Sequence[float] = THRESHOLDS) -> list[dict[str, float | None]]:
    """What keeping only events of a confidence of at least t brings.

    Returns:
        For each t: `kept` events, `precision` (share of them that is right, `None` without any), `recall` (of the gold
        events, how many a kept one tells rightly), `coverage` (share of the predicted events that is kept).
    """
    scored = [c for c in cases if c.has_events]
    gold = sum(len(c.gold.events) for c in scored)
    samples = [s for c in scored for s in event_samples(c)]
    out: list[dict[str, float | None]] = []
    for threshold in thresholds:
        kept = [right for confidence, right in samples if confidence >= threshold]
        out.append(
            {
                "threshold": threshold, "kept": len(kept), "precision": sum(kept) / len(kept) if kept else None,
                "recall": sum(kept) / gold if gold else 0.0, "coverage": len(kept) / max(1, len(samples)),
            }
        )  # fmt: skip
    return out
