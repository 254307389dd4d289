"""Confidences made to mean what they say: a scale for each kind, fitted on documents that were not trained on.

A confidence p becomes σ(logit(p) / temperature + shift): with a shift of 0 this is the temperature scaling of Guo et
al. 2017 for two outcomes, with one Platt's. The order of things of a kind stays.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from ..document import Document
from .cases import Case
from .reliability import SAMPLES, Sample, brier, calibration_error, collect_samples

CALIBRATION_VERSION: Final = 1
_EDGE: Final = 1e-4
"""Confidences are kept this far from 0 and 1, as they are rounded to four places."""

_BOUNDS: Final = ((-3.0, 3.0), (-6.0, 6.0))
"""Of the temperature's logarithm and the shift: few samples must not send them to the end of the world."""


class CalibrationError(ValueError):
    """A calibration file can't be used."""


@dataclass(frozen=True)
class Scale:
    """How the confidences of one kind are changed.

    Attributes:
        temperature: Over 1: confidences move towards one half; under 1: away from it.
        shift: Added to the log-odds.
    """

    temperature: float = 1.0
    shift: float = 0.0

    def __call__(self, confidence: float) -> float:
        """The changed confidence."""
        kept = min(1 - _EDGE, max(_EDGE, confidence))
        odds = math.log(kept / (1 - kept)) / self.temperature + self.shift
        return 1 / (1 + math.exp(-odds))


def fit_scale(samples: Sequence[Sample], shift: bool = True) -> Scale:
    """The scale under which the outcomes are likeliest.

    Args:
        samples: Confidences with their outcomes.
        shift: Whether a shift is fitted too.

    Returns:
        The unchanged scale where all are right, all wrong, or there are none: there is nothing to fit to.
    """
    from scipy.optimize import minimize

    outcomes = np.array([right for _, right in samples], dtype=np.float64)
    if len(set(outcomes.tolist())) < 2:
        return Scale()
    confidences = np.clip([c for c, _ in samples], _EDGE, 1 - _EDGE)
    odds = np.log(confidences / (1 - confidences))

    def loss(parameters: np.ndarray) -> float:
        scaled = odds * math.exp(-parameters[0]) + (parameters[1] if shift else 0.0)
        return float(np.mean(np.logaddexp(0.0, scaled) - outcomes * scaled))

    count = 2 if shift else 1
    options = {"xatol": 1e-5, "fatol": 1e-9}
    found = minimize(loss, np.zeros(count), method="Nelder-Mead", bounds=_BOUNDS[:count], options=options)
    return Scale(round(math.exp(found.x[0]), 4), round(float(found.x[1]), 4) if shift else 0.0)


def samples_to_fit(cases: Sequence[Case], on_real: Collection[str] = ()) -> dict[str, list[Sample]]:
    """Confidences of entities, relations and events with their outcomes, as far as the cases have any.

    Args:
        cases: What was predicted.
        on_real: Kinds of which only those of real documents count, where there are any: a model is surer of articles
            of our own, and rightly so.
    """
    real = collect_samples([case for case in cases if case.collection != "own"])
    return collect_samples(cases) | {name: real[name] for name in on_real if real.get(name)}


def fit_scales(cases: Sequence[Case], shift: bool = True, on_real: Collection[str] = ()) -> dict[str, Scale]:
    """Scales of the kinds that `samples_to_fit` gives."""
    return {name: fit_scale(samples, shift) for name, samples in samples_to_fit(cases, on_real).items()}


def calibrated(document: Document, scales: Mapping[str, Scale]) -> Document:
    """The document with its confidences changed, rounded to four places."""

    def change(name: str, items: tuple[Any, ...]) -> tuple[Any, ...]:
        if name not in scales:
            return items
        return tuple(
            i if i.confidence is None else replace(i, confidence=round(scales[name](i.confidence), 4)) for i in items
        )

    return document.with_(**{name: change(name, getattr(document, name)) for name in SAMPLES})


def calibration_json(
    cases: Sequence[Case], scales: Mapping[str, Scale], fitted_on: str, on_real: Collection[str] = ()
) -> dict[str, Any]:
    """The file: scales, and how far confidences were off before and after, on the same documents."""
    after = samples_to_fit([replace(c, predicted=calibrated(c.predicted, scales)) for c in cases], on_real)
    before = samples_to_fit(cases, on_real)
    return {
        "calibration_version": CALIBRATION_VERSION,
        "fitted_on": fitted_on,
        "documents": len(cases),
        "on_real_alone": sorted(on_real),
        "scales": {name: asdict(scale) for name, scale in scales.items()},
        "fit": {
            name: {
                "samples": len(before[name]), "ece_before": calibration_error(before[name]),
                "ece_after": calibration_error(after[name]), "brier_before": brier(before[name]),
                "brier_after": brier(after[name]),
            }
            for name in scales
        },
    }  # fmt: skip


def read_scales(path: Path) -> dict[str, Scale]:
    """The scales of a calibration file.

    Raises:
        CalibrationError: It is no such file, or of another version.
    """
    mend = "write it anew with `evaluate.py calibrate=true split=dev`"
    if not path.is_file():
        raise CalibrationError(f"{path}: is not there; {mend}")
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["calibration_version"] != CALIBRATION_VERSION:
            raise CalibrationError(f"{path}: is of version {data['calibration_version']}; {mend}")
        scales = {name: Scale(float(s["temperature"]), float(s["shift"])) for name, s in data["scales"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, CalibrationError):
            raise
        raise CalibrationError(f"{path}: is no calibration file ({error}); {mend}") from error
    if any(not s.temperature > 0 for s in scales.values()):
        raise CalibrationError(f"{path}: a temperature must be positive; {mend}")
    return scales
