from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest

from ssner.evaluation.calibration import (
    CalibrationError,
    Scale,
    calibrated,
    calibration_json,
    fit_scale,
    fit_scales,
    read_scales,
    samples_to_fit,
)
from ssner.evaluation.cases import make_cases
from ssner.evaluation.reliability import Sample, calibration_error

from .builders import GOLD, confident


def overconfident(temperature: float, shift: float, count: int = 20_000) -> list[Sample]:
    """Outcomes that have another chance than their confidence says."""
    rng = random.Random(5)
    truth = Scale(temperature, shift)
    confidences = [rng.uniform(0.02, 0.98) for _ in range(count)]
    return [(c, rng.random() < truth(c)) for c in confidences]


def test_finds_the_temperature_that_the_outcomes_were_made_with() -> None:
    scale = fit_scale(overconfident(2.0, 0.0), shift=False)
    assert scale.temperature == pytest.approx(2.0, rel=0.06)
    assert scale.shift == 0.0


def test_finds_temperature_and_shift() -> None:
    scale = fit_scale(overconfident(1.5, -0.7))
    assert scale.temperature == pytest.approx(1.5, rel=0.06)
    assert scale.shift == pytest.approx(-0.7, abs=0.06)


def test_confidences_mean_what_they_say_afterwards() -> None:
    samples = overconfident(2.0, -1.0)
    scale = fit_scale(samples)
    assert calibration_error(samples) > 0.1
    assert calibration_error([(scale(c), right) for c, right in samples]) < 0.02


@pytest.mark.parametrize("samples", [[], [(0.7, True)], [(0.9, False), (0.4, False)]])
def test_without_both_outcomes_nothing_is_changed(samples: list[Sample]) -> None:
    assert fit_scale(samples) == Scale()


def test_a_scale_keeps_the_order_and_stays_inside() -> None:
    scale = Scale(0.3, 1.0)
    changed = [scale(c / 100) for c in range(101)]
    assert changed == sorted(changed)
    assert changed[0] > 0.0 and changed[-1] < 1.0
    assert Scale()(0.37) == pytest.approx(0.37)


def test_a_document_gets_its_kinds_changed_apart() -> None:
    changed = calibrated(confident(GOLD), {"relations": Scale(1.0, -1.0)})
    assert {e.confidence for e in changed.entities} == {0.9}
    assert {r.confidence for r in changed.relations} == {round(1 / (1 + math.exp(1 - math.log(4))), 4)}
    assert calibrated(GOLD, {"entities": Scale(2.0)}) == GOLD


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    wrong = confident(GOLD).with_(relations=confident(GOLD).relations[:2])
    cases = make_cases([GOLD.with_(relations=GOLD.relations[1:])], [wrong], with_events={"d1"})
    scales = fit_scales(cases)
    content = calibration_json(cases, scales, "the model on dev")
    assert content["fit"]["relations"]["samples"] == 2
    assert content["fit"]["relations"]["ece_after"] < content["fit"]["relations"]["ece_before"]
    (tmp_path / "calibration.json").write_text(json.dumps(content), "utf-8")
    assert read_scales(tmp_path / "calibration.json") == scales


def test_what_is_fitted_on_real_documents_sees_no_others() -> None:
    known = confident(GOLD)
    real, ours = (GOLD.with_(id=name, meta={"collection": c}) for name, c in (("r", "news"), ("o", "own")))
    wrong = known.with_(id="r", relations=known.relations[:1])
    cases = make_cases([real.with_(relations=GOLD.relations[1:]), ours], [wrong, known.with_(id="o")])
    samples = samples_to_fit(cases, ["relations"])
    assert [right for _, right in samples["relations"]] == [False] and len(samples["entities"]) == 2 * len(
        GOLD.entities
    )
    assert samples_to_fit(cases[1:], ["relations"]) == samples_to_fit(cases[1:]), (
        "where there are no real ones, all count"
    )
    content = calibration_json(cases, fit_scales(cases, on_real=["relations"]), "a", ["relations"])
    assert content["fit"]["relations"]["samples"] == 1 and content["on_real_alone"] == ["relations"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "is no calibration file"),
        ('{"calibration_version": 9, "scales": {}}', "is of version 9"),
        ('{"calibration_version": 1, "scales": {"events": {"temperature": 0, "shift": 0}}}', "must be positive"),
        ('{"calibration_version": 1, "scales": {"events": {}}}', "is no calibration file"),
        ("[]", "is no calibration file"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(content, "utf-8")
    with pytest.raises(CalibrationError, match=message):
        read_scales(path)
