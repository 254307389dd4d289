"""The ways to evaluate, chosen by the configuration (`configs/evaluate.yaml`)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from .calibration import calibration_json, fit_scales
from .evaluate import evaluate_system
from .learning_curve import learning_curve
from .reliability import SAMPLES
from .robustness import robustness
from .settings import Outcome, Settings
from .several import compare_systems, spread_of_runs
from .systems import ReadModel, read_system


def calibrate(source: str | None, settings: Settings, read_model: ReadModel, on_real: Collection[str] = ()) -> Outcome:
    """Fit the scales of confidences, to be written as `calibration.json`.

    Args:
        source: Model or file (see `read_system`).
        settings: On what; not on the split that the figures are to be told on.
        read_model: Runs a model.
        on_real: Kinds that are fitted on real documents alone (see `samples_to_fit`).

    Raises:
        ValueError: What is named is not there, there is no such kind, or its predictions carry no confidence.
    """
    if settings.calibration is not None:
        raise ValueError("calibrate=true fits the confidences as they are: leave calibration= out")
    if unknown := set(on_real) - SAMPLES.keys():
        raise ValueError(f"calibrate_on_real={min(unknown)}: the kinds are {', '.join(SAMPLES)}")
    gold = settings.gold()
    system = read_system(source, gold, read_model)
    cases = system.cases(gold)
    scales = fit_scales(cases, on_real=on_real)
    if not scales:
        raise ValueError(f"{system.name}: its predictions carry no confidence, or there are none")
    content = calibration_json(cases, scales, f"{system.name} on {gold.split}", on_real)
    lines = [
        f"{name}: temperature {scales[name].temperature:.2f}, shift {scales[name].shift:+.2f}; ECE "
        f"{100 * fit['ece_before']:.1f} → {100 * fit['ece_after']:.1f} points on {fit['samples']} samples"
        for name, fit in content["fit"].items()
    ]
    if settings.split == "test":
        lines.append("fitted on test: what is told on test afterwards is too good; use split=dev")
    return Outcome({"calibration.json": json.dumps(content, indent=2) + "\n"}, tuple(lines), content)


def _settings(options: Mapping[str, Any]) -> Settings:
    return Settings(
        Path(options["root"]), Path(options["shared"]), Path(options["output"]), options["split"],
        tuple(options["collections"]), options["contexts"], options["against"], options["calibration"],
        options["draws"], options["seed"],
    )  # fmt: skip


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def run_evaluation(options: Mapping[str, Any], read_model: ReadModel) -> Outcome:
    """Do what the options say (those of `configs/evaluate.yaml`).

    Raises:
        ValueError: The options do not go together, or what they name is not there.
    """
    settings = _settings(options)
    pair, runs, curve = options["compare"], _listed(options["runs"]), _listed(options["learning_curve"])
    asked = [
        name
        for name, is_asked in (
            ("compare.b", pair["a"] or pair["b"]), ("runs", runs), ("learning_curve", curve),
            ("calibrate", options["calibrate"]), ("robustness", options["robustness"]),
        )
        if is_asked
    ]  # fmt: skip
    sources = [name for name in ("predictions", "model_path") if options[name]]
    if len(asked) > 1 or len(sources) > 1 or (sources and asked and asked not in (["calibrate"], ["robustness"])):
        raise ValueError(f"{' and '.join([*sources, *asked])} do not go together: name one of them")
    source = options[sources[0]] if sources else None
    if curve:
        return learning_curve(curve, settings, read_model)
    if runs:
        return spread_of_runs(runs, settings, read_model)
    if options["calibrate"]:
        return calibrate(source, settings, read_model, _listed(options["calibrate_on_real"]))
    if options["robustness"]:
        if options["predictions"] or (source is not None and Path(source).is_file()):
            raise ValueError("robustness=true reads changed texts: name a model with model_path=, not a file")
        return robustness(source, settings, read_model)
    if pair["a"] or pair["b"]:
        if not pair["b"]:
            raise ValueError(
                "compare.a= needs compare.b=, what it is compared with (without compare.a: the model in the package)"
            )
        return compare_systems(pair["a"], pair["b"], settings, read_model)
    return evaluate_system(source, settings, read_model)
