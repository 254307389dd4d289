"""A model whose weights are the mean of those of several runs ("model soup", Wortsman et al., 2022).

It helps where the runs lie near each other: one that was trained further from another (`start=`), or several from one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import torch
from omegaconf import DictConfig

from ..model.modeling import JointModel
from .encoders import EncoderError, load_trained, trained_folder
from .outcome import RunRecord, commit_of, folder_hash, leave_run
from .run import RunError, read_split


def average_models(models: Sequence[JointModel]) -> JointModel:
    """The first of them, its weights the mean of all.

    Raises:
        ValueError: Their weights differ in name or shape.
    """
    states = [model.state_dict() for model in models]
    shapes = [{name: tuple(tensor.shape) for name, tensor in state.items()} for state in states]
    for other in shapes[1:]:
        if other != shapes[0]:
            raise ValueError("their weights differ in number or shape: only runs with the same layers have a mean")
    mean = {name: torch.stack([s[name].double() for s in states]).mean(dim=0) for name in states[0]}
    models[0].load_state_dict({name: tensor.to(states[0][name].dtype) for name, tensor in mean.items()})
    return models[0]


def average_runs(config: DictConfig, folder: Path) -> dict[str, float]:
    """The mean of the runs that `config.average` names, scored on dev, written and exported as a run of its own.

    Its record is that of the last run, with figures, commit and the hashes of all renewed.

    Args:
        config: See `configs/train.yaml`.
        folder: Where the run's files go (see `leave_run`).

    Returns:
        Figures on the dev split.

    Raises:
        RunError: There are fewer than two runs, or they have no mean.
        EncoderError: A folder holds no trained model.
    """
    runs = [Path(run) for run in config.average]
    if len(runs) < 2:
        raise RunError(f"average=[{','.join(map(str, runs))}]: needs two runs or more, as average=[runs/a,runs/b]")
    loaded = [load_trained(run) for run in runs]
    try:
        model = average_models([model for model, _ in loaded])
    except ValueError as error:
        raise RunError(f"average=[{','.join(map(str, runs))}]: {error}") from error
    hashes = tuple(folder_hash(trained_folder(run)) for run in runs)
    known = _record_of(runs[-1]) | {"commit": commit_of(Path(config.data.root)), "averaged": hashes}
    dev = read_split(config, "dev")
    return leave_run(config, folder, (model, loaded[-1][1]), dev, RunRecord(**known))


def _record_of(run: Path) -> dict[str, Any]:
    try:
        record = json.loads((run / "run.json").read_text("utf-8"))
        return {f.name: record[f.name] for f in fields(RunRecord) if f.name in record}
    except (OSError, ValueError, TypeError) as error:
        raise EncoderError(f"{run} has no run.json ({error}): name the folder of a run that train.py ended") from error
