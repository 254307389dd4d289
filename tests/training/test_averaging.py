"""The mean of runs: of their weights, written as a run of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("hydra")

import torch

from ssner.inference.predictor import Predictor
from ssner.model.modeling import JointModel
from ssner.training.averaging import average_models, average_runs
from ssner.training.run import RunError, run_training

from .test_training import config


class Weights(torch.nn.Module):
    def __init__(self, *values: float) -> None:
        super().__init__()
        self.row = torch.nn.Parameter(torch.tensor(values))


def test_each_weight_is_the_mean() -> None:
    mean = average_models([Weights(1.0, 2.0), Weights(2.0, 4.0), Weights(6.0, -3.0)])  # type: ignore[list-item]
    assert mean.row.tolist() == [3.0, 1.0]


def test_models_of_other_shapes_have_no_mean() -> None:
    with pytest.raises(ValueError, match="same layers"):
        average_models([Weights(1.0), Weights(1.0, 2.0)])  # type: ignore[list-item]


def test_one_run_has_no_mean(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"two runs or more.*average=\[runs/a,runs/b\]"):
        average_runs(config("debug=tiny", f"average=[{tmp_path}]"), tmp_path / "mean")


@pytest.mark.slow
def test_the_mean_of_a_run_and_of_one_that_went_on_from_it(tmp_path: Path) -> None:
    settings = ["debug=tiny", "trainer.tracker=null", "fit_bias=false", "export=false"]
    run_training(config(*settings), tmp_path / "first")
    run_training(config(*settings, f"start={tmp_path}/first", "trainer.learning_rate=0.01"), tmp_path / "second")
    asked = config("debug=tiny", f"average=[{tmp_path}/first,{tmp_path}/second]")
    figures = average_runs(asked, tmp_path / "mean")
    first, second, mean = (JointModel.from_pretrained(tmp_path / n / "model") for n in ("first", "second", "mean"))
    for a, b, between in zip(first.parameters(), second.parameters(), mean.parameters(), strict=True):
        assert torch.allclose((a + b) / 2, between, atol=1e-6)
    assert any(not torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))
    record = json.loads((tmp_path / "mean/run.json").read_text("utf-8"))
    assert len(record["averaged"]) == 2 and record["figures"] == figures
    assert record["documents"] == json.loads((tmp_path / "second/run.json").read_text("utf-8"))["documents"]
    assert Predictor(tmp_path / "mean/export")("سازمان تأمین اجتماعی ۹۰ میلیارد ریال پرداخت.").text
