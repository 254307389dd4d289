"""Score a model or a predictions file against a split: `python evaluate.py --help`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import hydra
from omegaconf import DictConfig

from ssner.corpus.store import SPLITS, CorpusError, left_out, load_documents
from ssner.decoding.reader import ReaderOptions
from ssner.document import Document, DocumentError
from ssner.evaluation.scoring import evaluate_documents, format_markdown
from ssner.inference.output import OutputError, whole_file
from ssner.inference.predictor import Predictor
from ssner.inference.session import ModelError


def read_predictions(path: Path) -> list[Document]:
    """Documents of a JSONL file.

    Raises:
        DocumentError: A line is no document.
    """
    out: list[Document] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            try:
                out.append(Document.from_json(json.loads(line)))
            except (ValueError, DocumentError) as error:
                raise DocumentError(f"{path}:{number}: {error}") from error
    return out


def match_predictions(predicted: list[Document], gold: list[Document]) -> list[Document]:
    """The predictions for the split's documents, found by their text and given their gold ids; the others are dropped.

    Raises:
        ValueError: None is for a document of the split, or two are for one.
    """
    by_text = {d.text: d.id for d in gold}
    out = [d.with_(id=by_text[d.text]) for d in predicted if d.text in by_text]
    if predicted and not out:
        raise ValueError("none of the predictions is for a text of this split: is it the right split or file?")
    print(f"{len(out)} of {len(predicted)} predictions are for the split's {len(gold)} documents")
    return out


def evaluate(config: DictConfig) -> dict[str, Any]:
    """Score what the configuration names, and write `metrics.json` and `report.md`.

    Raises:
        ValueError: The split is empty or unknown, or predictions are for other documents.
    """
    root, shared = Path(config.root), Path(config.shared)
    if config.split not in SPLITS:
        raise ValueError(f"split={config.split} is not one of {', '.join(SPLITS)}")
    gold = list(load_documents(root, shared, (config.split,), tuple(config.collections)))
    if not gold:
        raise ValueError(f"no document of the split {config.split} has its text here: name their folder with shared=")
    if absent := left_out(root, shared):
        print(f"{absent} documents of the corpus are left out: their texts are not in {shared}")
    related = None
    if config.predictions:
        predicted = match_predictions(read_predictions(Path(config.predictions)), gold)
        name = str(config.predictions)
    else:
        folder = Path(config.model_path) if config.model_path else None
        reader, relater = Predictor(folder), Predictor(folder, options=ReaderOptions(gold_entities=True))
        predicted = [reader(d.text, d.id) for d in gold]
        related = [relater.read(d) for d in gold]
        name = str(config.model_path or "the model in the package")
    metrics = evaluate_documents(gold, predicted, related)
    output = Path(config.output)
    with whole_file(output / "metrics.json") as stream:
        stream.write(json.dumps(metrics, indent=2) + "\n")
    with whole_file(output / "report.md") as stream:
        stream.write(format_markdown(metrics, f"{name} on {config.split}"))
    return metrics


@hydra.main(version_base="1.3", config_path="configs", config_name="evaluate")
def main(config: DictConfig) -> dict[str, Any]:
    """Evaluate, print the main figures, return all."""
    try:
        metrics = evaluate(config)
    except (ValueError, CorpusError, ModelError, OutputError, OSError) as error:
        sys.exit(f"evaluate.py: {error}")
    for name, part in metrics["by_collection"].items():
        figures = ", ".join(f"{scheme} F1 {part[scheme]['f1']:.3f}" for scheme in ("entities", "relations"))
        print(f"{name} ({part['documents']} documents): {figures}")
    print(f"→ {config.output}/report.md")
    return metrics


if __name__ == "__main__":
    main()
