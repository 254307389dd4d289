"""The evaluation of one model or file: scores, verdict, report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..corpus.store import load_documents
from .calibration import Scale, calibrated
from .cases import Case
from .comparison import compare_figures, say_verdict
from .contexts import costliest
from .errors import all_mistakes
from .figures import figures_from_json
from .report import Report, render_report
from .scoring import COSTLIEST, METRICS_VERSION, ScoringOptions, evaluate_cases
from .settings import Outcome, Settings
from .slices import seen_mentions
from .systems import Gold, ReadModel, System, read_metrics, read_system


def verdict_against(metrics: Mapping[str, Any], earlier: Mapping[str, Any], draws: int, seed: int) -> dict[str, Any]:
    """How metrics differ from earlier ones, on the documents whose gold is the same.

    Raises:
        ValueError: They have no such document.
    """
    same = frozenset(d for d, digest in metrics["on"]["gold"].items() if earlier["on"]["gold"].get(d) == digest)
    before, now = (figures_from_json(m["per_document"]) for m in (earlier, metrics))
    differences = compare_figures(before, now, draws, seed, same)
    name = f"{earlier['evaluated']['name']} of {earlier['made']}"
    return {
        "against": name,
        "sentence": say_verdict(differences, name, "This run"),
        "differences": [d.to_json() for d in differences],
    }


def _earlier(settings: Settings) -> dict[str, Any] | None:
    """The metrics that the verdict is against; `None` where none are asked for, or no previous ones can be used."""
    if settings.against is None:
        return None
    previous = settings.against == "previous"
    try:
        return read_metrics(settings.output if previous else Path(settings.against), METRICS_VERSION)
    except ValueError as error:
        if previous:
            return None
        raise ValueError(f"against={settings.against}: {error}") from error


def _verdict(
    metrics: Mapping[str, Any], earlier: Mapping[str, Any] | None, settings: Settings
) -> dict[str, Any] | None:
    if earlier is None:
        return None
    try:
        return verdict_against(metrics, earlier, settings.draws, settings.seed)
    except ValueError as error:
        if settings.against == "previous":
            return None
        raise ValueError(f"against={settings.against}: {error}") from error


def system_cases(system: System, gold: Gold, scales: Mapping[str, Scale] | None) -> list[Case]:
    """The cases of a system, with confidences changed where there are scales for them.

    Raises:
        ValueError: The predictions do not go with the gold.
    """
    cases = system.cases(gold)
    if scales is None:
        return cases
    return [replace(c, predicted=calibrated(c.predicted, scales)) for c in cases]


def _about(system: System, gold: Gold, settings: Settings) -> dict[str, Any]:
    """What was evaluated, on what, when."""
    return {
        "ssner_version": version("ssner"),
        "made": datetime.now(UTC).date().isoformat(),
        "evaluated": {
            "name": system.name, "kind": system.kind, "sha256": system.sha256, "calibration": settings.calibration,
            "missing": len({d.id for d in gold.documents} - {d.id for d in system.predicted}),
            "dropped": system.dropped,
        },
        "on": {
            "split": gold.split, "collections": list(settings.collections), "left_out": gold.left_out,
            "gold": gold.digests(),
        },
    }  # fmt: skip


def _lines(metrics: Mapping[str, Any], system: System) -> list[str]:
    lines: list[str] = []
    if system.kind == "predictions":
        count = len(system.predicted)
        lines.append(
            f"{count} of {count + system.dropped} predictions are for the split's {metrics['documents']} documents"
        )
    if metrics["evaluated"]["missing"]:
        lines.append(f"{metrics['evaluated']['missing']} documents have no prediction and count as empty")
    if metrics["on"]["left_out"]:
        lines.append(f"{metrics['on']['left_out']} documents of the corpus are left out: their texts are not there")
    for name in metrics["headline"]:
        f = metrics["figures"][name]
        lines.append(
            f"{f['title']}: F1 {100 * f['f1']:.1f} ({100 * f['low']:.1f} to {100 * f['high']:.1f}), "
            f"{f['documents']} documents"
        )  # fmt: skip
    if metrics["verdict"]:
        lines.append(metrics["verdict"]["sentence"])
    return lines


def evaluate_system(source: str | None, settings: Settings, read_model: ReadModel) -> Outcome:
    """Evaluate a model or file, and make its report.

    Args:
        source: See `read_system`.
        settings: On what, and how.
        read_model: Runs a model.

    Raises:
        ValueError: What is named is not there, or does not go together.
    """
    earlier, scales = _earlier(settings), settings.scales()
    gold = settings.gold()
    system = read_system(source, gold, read_model, related=True)
    cases = system_cases(system, gold, scales)
    training = load_documents(settings.root, settings.shared, ("train",))
    options = ScoringOptions(settings.draws, settings.seed, seen_mentions(training))
    about = _about(system, gold, settings)
    metrics: dict[str, Any] = {"metrics_version": METRICS_VERSION, **about, **evaluate_cases(cases, options)}
    metrics["verdict"] = _verdict(metrics, earlier, settings)
    metrics = json.loads(json.dumps(metrics))
    own_only = settings.contexts == "own"
    shown = costliest(all_mistakes(cases), cases, own_only, COSTLIEST)
    files = render_report(Report(metrics, shown, own_only))
    return Outcome(files, tuple(_lines(metrics, system)), metrics)
