"""Score a model or a predictions file against a split: `python evaluate.py --help`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import hydra
from omegaconf import DictConfig, OmegaConf

from ssner.decoding.reader import ReaderOptions
from ssner.document import Document
from ssner.evaluation.modes import run_evaluation
from ssner.evaluation.settings import Outcome
from ssner.evaluation.systems import System
from ssner.inference.output import OutputError, whole_file
from ssner.inference.predictor import Predictor, model_hash
from ssner.inference.session import ModelError


def read_model(folder: Path | None, gold: Sequence[Document], related: bool, calibrate: bool = True) -> System:
    """What a model says about documents, of which it sees the texts; with `related`, about their gold mentions too."""
    reader = Predictor(folder, calibrate=calibrate)
    predicted = tuple(reader(d.text, d.id) for d in gold)
    relater = Predictor(folder, options=ReaderOptions(gold_entities=True)) if related else None
    relations = tuple(relater.read(d) for d in gold) if relater else ()
    name = str(folder) if folder else "the model in the package"
    return System(name, "model", model_hash(reader.folder), predicted, relations)


def evaluate(config: DictConfig) -> Outcome:
    """Do what the configuration says, and write what comes out into its `output`.

    Raises:
        ValueError: The configuration does not hold together, or names what is not there.
    """
    options: Any = OmegaConf.to_container(config, resolve=True)
    raw = bool(config.calibrate or config.calibration)  # scales are fitted, or tried, on the model's own confidences
    outcome = run_evaluation(options, partial(read_model, calibrate=not raw))
    for name, content in outcome.files.items():
        with whole_file(Path(config.output) / name) as stream:
            stream.write(content)
    return outcome


@hydra.main(version_base="1.3", config_path="configs", config_name="evaluate")
def main(config: DictConfig) -> dict[str, Any]:
    """Evaluate, print the main figures, return all."""
    try:
        outcome = evaluate(config)
    except (ValueError, ModelError, OutputError, OSError) as error:
        sys.exit(f"evaluate.py: {error}")
    print("\n".join(outcome.lines))
    print(f"→ {config.output}")
    return dict(outcome.figures)


if __name__ == "__main__":
    main()
