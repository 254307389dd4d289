"""Write a trained run's encoder and token classifier as a plain `BertForTokenClassification`.

    python scripts/export_token_classifier.py runs/2026-11-22/10-00-00 plain/
    >>> transformers.pipeline("token-classification", "plain/")("بیمارستان نور یزد باز شد.")

It finds mentions only, one label a sub-token: relations, attributes, values and events need this package.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from transformers import AutoTokenizer

from ssner.model.modeling import JointModel
from ssner.training.export import export_token_classifier


def main() -> None:
    """Read the run, write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="folder of a run of train.py")
    parser.add_argument("folder", type=Path, help="where to")
    chosen = parser.parse_args()
    source = chosen.run / "model"
    if not (source / "config.json").is_file():
        sys.exit(f"{source} holds no trained model: name the folder of a run that train.py finished")
    model = JointModel.from_pretrained(source)
    export_token_classifier(model, AutoTokenizer.from_pretrained(source), chosen.folder)
    print(f"→ {chosen.folder}")


if __name__ == "__main__":
    main()
