"""All scores of one system on one split: the content of `metrics.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..document import Document
from ..events import assemble
from ..schema import ENTITY_NAMES, RELATION_NAMES
from .alignment import boundary_errors, confusion
from .bio import seqeval_report
from .bootstrap import document_scores, f1_interval
from .cases import Case
from .coreference import score_canonical
from .errors import all_mistakes, count_causes, relation_errors
from .events import score_events
from .facts import score_facts
from .figures import figures_of
from .matching import FACTS, Score, compare
from .measures import HEADLINE
from .reliability import brier, calibration_error, chance_error, collect_samples, keep_table, reliability_bins
from .slices import SeenMentions, by_collection, by_distance, by_length, by_seen, groups_by
from .spans import SCHEMES, SpanCounts, score_spans
from .values import score_values

METRICS_VERSION: Final = 2
COSTLIEST: Final = 50
_BY_RULE: Final = ("values", "canonical", "events", "events_whole", "event_status", "facts")


@dataclass(frozen=True)
class ScoringOptions:
    """How scores are made.

    Attributes:
        draws: Resamples of the bootstrap.
        seed: Of the draws.
        seen: The mentions of the training documents; `None`: new and seen ones are not told apart.
    """

    draws: int = 10_000
    seed: int = 0
    seen: SeenMentions | None = None


_ORDER: Final = ("all", *ENTITY_NAMES, *RELATION_NAMES)


def _json(scores: Mapping[str, Any]) -> dict[str, Any]:
    """Scores as JSON, those of types in the schema's order."""
    names = sorted(scores, key=lambda n: _ORDER.index(n) if n in _ORDER else len(_ORDER))
    return {name: scores[name].to_json() for name in names}


def _with_intervals(cases: Sequence[Case], facts: str, options: ScoringOptions) -> dict[str, tuple[float, float]]:
    """The interval of each type's F1, and of that over `all`."""
    apart = document_scores([c.gold for c in cases], [c.predicted for c in cases], FACTS[facts])
    kinds = sorted({kind for scores in apart for kind in scores})
    return {k: f1_interval([s.get(k, Score()) for s in apart], options.draws, options.seed) for k in kinds}


def _schemes(cases: Sequence[Case], options: ScoringOptions) -> dict[str, Any]:
    """Entity scores of every scheme, by type and over `all`; the strict ones with intervals."""
    out: dict[str, dict[str, SpanCounts]] = {name: {"all": SpanCounts()} for name in SCHEMES}
    for name, totals in out.items():
        for case in cases:
            for kind, counts in score_spans(case.gold.entities, case.predicted.entities, name).items():
                totals[kind] = totals.get(kind, SpanCounts()) + counts
    scores = {name: _json(totals) for name, totals in out.items()}
    for kind, (low, high) in _with_intervals(cases, "entities", options).items():
        scores["strict"][kind] |= {"low": low, "high": high}
    return scores


def _compare(cases: Sequence[Case], facts: str) -> dict[str, Score]:
    return compare([c.gold for c in cases], [c.predicted for c in cases], FACTS[facts])


def _part(cases: Sequence[Case]) -> dict[str, Any]:
    """The main scores of some of the documents."""
    schemes = {name: _compare(cases, name)["all"].to_json() for name in ("entities", "relations", "attributes")}
    return {"documents": len(cases), **schemes}


def _relations(cases: Sequence[Case], options: ScoringOptions) -> dict[str, Any]:
    out: dict[str, Any] = {
        "strict": _json(_compare(cases, "relations")),
        "boundary": _json(_compare(cases, "relations_boundary")),
        "by_distance": _json(by_distance(cases)),
    }
    for kind, (low, high) in _with_intervals(cases, "relations", options).items():
        out["strict"][kind] |= {"low": low, "high": high}
    related = [c for c in cases if c.related is not None]
    if related:
        given = [replace(c, predicted=c.related) for c in related if c.related is not None]
        out["given_entities"] = _json(_compare(given, "relations"))
        out["given_entities_by_distance"] = _json(by_distance(given))
    return out


def _facts(cases: Sequence[Case]) -> dict[str, Any]:
    out: dict[str, Score] = {"all": Score()}
    for case in cases:
        for kind, score in score_facts(case.gold, case.predicted).items():
            out[kind] = out.get(kind, Score()) + score
    return _json(out)


def _calibration(cases: Sequence[Case], seed: int) -> dict[str, Any]:
    out: dict[str, Any] = {
        name: {
            "samples": len(samples), "ece": calibration_error(samples), "brier": brier(samples),
            "ece_by_chance": dict(zip(("mean", "high"), chance_error(samples, seed=seed), strict=True)),
            "bins": [vars(b) for b in reliability_bins(samples)],
        }
        for name, samples in collect_samples(cases).items()
    }  # fmt: skip
    if "events" in out:
        out["keep_events"] = keep_table(cases)
    return out


def by_rule(case: Case) -> Case:
    """The case with what the rules make of the gold mentions, relations and attributes as its prediction."""
    bare = tuple(replace(e, value=None, canonical=None) for e in case.gold.entities)
    return replace(case, predicted=assemble(case.gold.with_(entities=bare, events=(), canonical=())))


def _events(cases: Sequence[Case], options: ScoringOptions) -> dict[str, Any]:
    """Scores of what is built upon mentions and relations, for the documents whose gold has it."""
    pairs = [(c.gold, c.predicted) for c in cases]
    figures = figures_of([by_rule(c) for c in cases])
    return {
        "values": _json(score_values(pairs)),
        "canonical": score_canonical(pairs),
        "events": _json(score_events(pairs)),
        "facts": _facts(cases),
        "given_gold": {n: figures[n].to_json(options.draws, options.seed) for n in _BY_RULE if n in figures},
    }


def _errors(cases: Sequence[Case]) -> dict[str, Any]:
    mistakes = all_mistakes(cases)
    return {
        "confusion": confusion(cases),
        "boundaries": boundary_errors(cases),
        "relations": relation_errors(cases),
        "causes": count_causes(mistakes),
        "costliest": [m.to_json() for m in mistakes[:COSTLIEST]],
    }


def evaluate_cases(cases: Sequence[Case], options: ScoringOptions | None = None) -> dict[str, Any]:
    """All scores (see `metrics_schema` for the form).

    Args:
        cases: What to score.
        options: How.
    """
    options = options or ScoringOptions()
    figures = figures_of(cases)
    told = [c for c in cases if c.has_events]
    entities: dict[str, Any] = {"schemes": _schemes(cases, options), "by_length": _json(by_length(cases))}
    if options.seen is not None:
        entities["by_seen"] = _json(by_seen(cases, options.seen))
    gold: list[Document] = [c.gold for c in cases]
    return {
        "metrics_version": METRICS_VERSION,
        "documents": len(cases),
        "documents_with_events": len(told),
        "headline": [name for name in HEADLINE if name in figures],
        "figures": {name: figure.to_json(options.draws, options.seed) for name, figure in figures.items()},
        "entities": entities,
        "relations": _relations(cases, options),
        "attributes": _json(_compare(cases, "attributes")),
        **(_events(told, options) if told else {}),
        "by_collection": {name: _part(part) for name, part in by_collection(cases).items()},
        "by_source": {name: _part(part) for name, part in groups_by(cases, "source").items()},
        "seqeval_strict_iob2": seqeval_report(gold, [c.predicted for c in cases]),
        "calibration": _calibration(cases, options.seed),
        "errors": _errors(cases),
        "per_document": {name: {d: list(map(list, g)) for d, g in f.counts.items()} for name, f in figures.items()},
    }
