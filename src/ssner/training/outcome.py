"""What a run leaves: its record, its figures, its weights, its export."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from omegaconf import DictConfig, OmegaConf

from ..decoding.tokenization import WordTokenizer
from ..document import Document
from ..model.modeling import JointModel
from ..model.scorer import TorchScorer
from .biases import fit_biases
from .export import export_model
from .trainer import score_documents


@dataclass(frozen=True)
class RunRecord:
    """What is kept of a run beside its weights.

    Attributes:
        commit: The git commit, `+changes` where the tree differed from it.
        corpus: Hash of texts and annotation.
        documents: How many in train and dev.
        left_out: Documents of the index whose texts were not there.
        figures: Scores on dev.
        layers: Of the encoder.
        teacher: Hash of the exported model that taught it, where one did; of several, with commas.
        start: Hash of the saved model with whose weights it began, where it began with a run's.
        averaged: Hashes of the saved models of whose weights its own are the mean.
    """

    commit: str
    corpus: str
    documents: dict[str, int]
    left_out: int
    figures: dict[str, float] = field(default_factory=dict)
    layers: int = 0
    teacher: str | None = None
    start: str | None = None
    averaged: tuple[str, ...] = ()


def commit_of(root: Path) -> str:
    """The commit of a repository, `+changes` where its tree differs from it; `unknown` where there is none."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False).stdout.strip()

    commit = git("rev-parse", "HEAD")
    return (commit + "+changes" if git("status", "--porcelain") else commit) or "unknown"


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def leave_run(
    config: DictConfig, folder: Path, trained: tuple[JointModel, Any], dev: Sequence[Document], record: RunRecord | None
) -> dict[str, float]:
    """Fit the biases, score on dev, write the run's folder.

    Args:
        config: See `configs/train.yaml`.
        folder: Where to: `config.yaml`, `metrics.json`, `run.json`, `model/`, and where asked for `export/`.
        trained: The model, and the Hugging Face fast tokenizer of its encoder.
        dev: Gold documents.
        record: What is known of the run before it is scored; `None`: write nothing (another process does).

    Returns:
        Figures on dev (see `score_documents`).
    """
    model, tokenizer = trained
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    if config.fit_bias:
        model.config.relation_bias, model.config.event_bias = fit_biases(TorchScorer(model, words), dev)
    biases = {name: float(getattr(model.config, name)) for name in ("relation_bias", "event_bias")}
    figures = score_documents(model, words, dev) | biases
    if record is not None:
        layers = int(model.config.encoder.get("num_hidden_layers", 0))
        folder.mkdir(parents=True, exist_ok=True)
        OmegaConf.save(config, folder / "config.yaml", resolve=True)
        (folder / "metrics.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
        whole = asdict(replace(record, figures=figures, layers=layers))
        (folder / "run.json").write_text(json.dumps(whole, indent=2) + "\n", "utf-8")
        model.save_pretrained(folder / "model")
        tokenizer.save_pretrained(folder / "model")
        if config.export:
            export_model(model, tokenizer, folder / "export", config.int8)
    return figures
