"""Every figure that gets an interval, as counts of each document that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ..document import Document
from .cases import Case
from .coreference import SCHEMES as LINKINGS
from .coreference import Ratio, clusters_of
from .events import score_events
from .facts import score_facts
from .matching import FACTS, Score, compare
from .spans import SpanCounts, match_spans
from .values import count_values

Group = tuple[float, float, float, float]
"""Hits and predicted (for the precision), found and gold (for the recall)."""


@dataclass(frozen=True)
class Measure:
    """A figure that can be summed over documents.

    Attributes:
        name: In `metrics.json`.
        title: For people.
        gloss: What counts as right, in one line.
        count: Counts of one case, `None` where its gold or prediction has nothing to measure by; a figure is the mean
            F1 over the groups.
    """

    name: str
    title: str
    gloss: str
    count: Callable[[Case], tuple[Group, ...] | None]


def _group(score: Score | SpanCounts | Ratio) -> Group:
    if isinstance(score, Ratio):
        return score.hit, score.predicted, score.found, score.gold
    hits = score.credit if isinstance(score, SpanCounts) else score.correct
    return hits, score.predicted, hits, score.gold


def _spans(scheme: str) -> Callable[[Case], tuple[Group, ...] | None]:
    return lambda case: (_group(match_spans(case.gold.entities, case.predicted.entities, scheme)),)


def _facts(name: str) -> Callable[[Case], tuple[Group, ...] | None]:
    return lambda case: (_group(compare([case.gold], [case.predicted], FACTS[name])["all"]),)


def _related(case: Case) -> tuple[Group, ...] | None:
    if case.related is None:
        return None
    return (_group(compare([case.gold], [case.related], FACTS["relations"])["all"]),)


def _with_events(
    score: Callable[[Document, Document], Iterable[Score | Ratio]],
) -> Callable[[Case], tuple[Group, ...] | None]:
    def count(case: Case) -> tuple[Group, ...] | None:
        return tuple(_group(s) for s in score(case.gold, case.predicted)) if case.has_events else None

    return count


def _linking(names: Sequence[str]) -> Callable[[Case], tuple[Group, ...] | None]:
    def score(gold: Document, predicted: Document) -> list[Ratio]:
        ours, theirs = clusters_of(gold), clusters_of(predicted)
        return [LINKINGS[name](ours, theirs) for name in names]

    return _with_events(score)


def _events(name: str) -> Callable[[Case], tuple[Group, ...] | None]:
    return _with_events(lambda gold, predicted: [score_events([(gold, predicted)])[name]])


MEASURES: Final[tuple[Measure, ...]] = (
    Measure("entities", "Entities", "type and exact span of a mention", _spans("strict")),
    Measure("entities_exact", "Entities, exact boundary", "exact span, whatever the type", _spans("exact")),
    Measure("entities_partial", "Entities, partial", "exact span; half for an overlap", _spans("partial")),
    Measure("entities_type", "Entities, type", "an overlap of the same type", _spans("type")),
    Measure("relations", "Relations", "type, and both ends with type and exact span", _facts("relations")),
    Measure(
        "relations_boundary", "Relations, boundary", "type and both ends' exact spans", _facts("relations_boundary")
    ),
    Measure("relations_given_entities", "Relations, given gold mentions", "type and both ends", _related),
    Measure("attributes", "Attributes", "event or status of an exact mention", _facts("attributes")),
    Measure(
        "values", "Values", "number and unit or currency of an amount or quantity",
        _with_events(lambda gold, predicted: [count_values(gold, predicted)["all"].score]),
    ),
    Measure("canonical", "Canonical entities", "mean of MUC, B³ and CEAF-e (CoNLL)", _linking(tuple(LINKINGS))),
    Measure("canonical_muc", "Canonical entities, MUC", "links between mentions", _linking(["muc"])),
    Measure("canonical_b_cubed", "Canonical entities, B³", "each mention's entity", _linking(["b_cubed"])),
    Measure("canonical_ceaf_e", "Canonical entities, CEAF-e", "entities matched one to one", _linking(["ceaf_e"])),
    Measure("events", "Event roles", "a role's filler, in the right event", _events("roles_attached")),
    Measure("events_unattached", "Event roles, loose", "a role's filler, in any event", _events("roles_unattached")),
    Measure("events_whole", "Whole events", "every role of an event", _events("events_whole")),
    Measure("event_status", "Status of matched events", "the status of an event that was found", _events("status")),
    Measure(
        "facts", "Document facts", "a relation between things or values, wherever the document states it",
        _with_events(lambda gold, predicted: [score_facts(gold, predicted)["all"]]),
    ),
)  # fmt: skip
HEADLINE: Final = ("entities", "relations", "values", "events", "facts")
"""The figures of the first screen."""
