"""From a trained model to what inference needs: ONNX graphs, dynamic int8, tokenizer, settings. No pickles."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import PretrainedConfig

from ..decoding.pairs import PAIR_FEATURES
from ..model.configuration import JointConfig
from ..model.modeling import JointModel
from ..schema import BIO_LABELS, SCHEMA_VERSION
from .biases import Biases

OPSET: Final = 18
FORMAT_VERSION: Final = 1
PER_CHANNEL: Final = True
"""Scales of int8 weights for each column, not for each matrix: nearer to float32 on dev, and as fast."""

_AFTER_GELU: Final = re.compile(r"(?<!attention)/output/dense/MatMul$")
"""The second product of each feed-forward block, which stays in float32: behind the GELU a single channel reaches ten
times what any other does and takes the scale of all (relations as in float32: 93% with them in int8, 98% without; the
whole is slower by under a tenth)."""


class _WordGraph(nn.Module):
    def __init__(self, model: JointModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor, first_pieces: Tensor) -> tuple[Tensor, Tensor]:
        logits, states = self.model.words(input_ids, attention_mask, first_pieces)
        return logits.log_softmax(-1), states


def _export(
    module: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: list[str], outputs: list[str], axes: Any
) -> None:
    module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module,
            inputs,
            str(path),
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def export_model(model: JointModel, tokenizer: Any, folder: Path, quantize: bool = True) -> dict[str, int]:
    """Write `words.onnx`, `mentions.onnx`, `tokenizer.json` and `settings.json` into `folder`.

    Beside them lie `config.json` and `tokenizer_config.json`, by which `load_exported` makes a model of it again.

    It is written aside and put in place when it is whole.

    Args:
        model: The trained model.
        tokenizer: The Hugging Face fast tokenizer of its encoder.
        folder: Where to; what stands there of an earlier export is replaced.
        quantize: Dynamic int8 of the encoder's matrix products.

    Returns:
        The size of each file in bytes.
    """
    model = model.eval().cpu()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".exporting-") as temporary:
        fresh = Path(temporary) / "export"
        fresh.mkdir()
        _export_words(model, Path(temporary), fresh, quantize)
        _export_mentions(model, fresh)
        tokenizer.backend_tokenizer.no_padding()
        tokenizer.backend_tokenizer.no_truncation()
        tokenizer.save_pretrained(fresh)
        tokenizer.backend_tokenizer.save(str(fresh / "tokenizer.json"))
        settings = {
            "format_version": FORMAT_VERSION,
            "schema_version": SCHEMA_VERSION,
            "labels": list(BIO_LABELS),
            "pair_features": PAIR_FEATURES,
            "window": model.config.window,
            "relation_bias": model.config.relation_bias,
            "event_bias": model.config.event_bias,
            "pad_id": tokenizer.pad_token_id,
            "int8": quantize,
        }
        _save_config(model.config, fresh)
        (fresh / "settings.json").write_text(json.dumps(settings, indent=2, ensure_ascii=False) + "\n", "utf-8")
        if folder.exists():
            folder.rename(Path(temporary) / "earlier")
        fresh.rename(folder)
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir())}


def _save_config(config: PretrainedConfig, folder: Path) -> None:
    """Write what `load_exported` builds the model by, without the folder that its encoder was read from."""
    told = JointConfig(**config.to_dict())
    told.encoder = {key: value for key, value in config.encoder.items() if key != "_name_or_path"}
    told.save_pretrained(folder)


def set_biases(folder: Path, biases: Biases) -> None:
    """Change the biases of an exported model."""
    path = folder / "settings.json"
    settings = json.loads(path.read_text("utf-8")) | {
        "relation_bias": biases.relation, "event_bias": biases.event,
    }  # fmt: skip
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(settings, indent=2, ensure_ascii=False) + "\n", "utf-8")
    fresh.replace(path)


def _export_words(model: JointModel, scratch: Path, folder: Path, quantize: bool) -> None:
    ids = torch.ones(2, 7, dtype=torch.long)
    first = torch.tensor([[1, 2, 4], [1, 3, 0]])
    axes = {
        "input_ids": {0: "windows", 1: "pieces"}, "attention_mask": {0: "windows", 1: "pieces"},
        "first_pieces": {0: "windows", 1: "words"}, "log_probabilities": {0: "windows", 1: "words"},
        "states": {0: "windows", 1: "words"},
    }  # fmt: skip
    full = scratch / "words-fp32.onnx"
    attention = model.encoder.config._attn_implementation
    model.encoder.set_attn_implementation("eager")  # traced, it runs 1.4 times as fast as the fused one taken apart
    try:
        _export(
            _WordGraph(model), (ids, torch.ones_like(ids), first), full,
            ["input_ids", "attention_mask", "first_pieces"], ["log_probabilities", "states"], axes,
        )  # fmt: skip
    finally:
        model.encoder.set_attn_implementation(attention)
    if quantize:
        names = [node.name for node in onnx.load(full, load_external_data=False).graph.node]
        quantize_dynamic(
            full, folder / "words.onnx", weight_type=QuantType.QInt8, per_channel=PER_CHANNEL,
            nodes_to_exclude=[name for name in names if _AFTER_GELU.search(name)],
        )  # fmt: skip
    else:
        shutil.move(str(full), folder / "words.onnx")


def _export_mentions(model: JointModel, folder: Path) -> None:
    hidden = model.config.encoder_config().hidden_size
    words = torch.randn(9, hidden)
    mentions = torch.tensor([[0, 2, 0], [3, 4, 2], [5, 8, 3]])
    pairs = torch.tensor([[0, 1], [0, 2], [1, 2]])
    features = torch.zeros(3, len(PAIR_FEATURES), dtype=torch.long)
    axes = {
        "words": {0: "words"}, "mentions": {0: "mentions"}, "pairs": {0: "pairs"}, "features": {0: "pairs"},
        "event": {0: "mentions"}, "status": {0: "mentions"}, "relation": {0: "pairs"},
    }  # fmt: skip
    _export(
        model.heads, (words, mentions, pairs, features), folder / "mentions.onnx",
        ["words", "mentions", "pairs", "features"], ["event", "status", "relation"], axes,
    )  # fmt: skip


def export_token_classifier(model: JointModel, tokenizer: Any, folder: Path) -> None:
    """Write encoder and token classifier alone as a plain `BertForTokenClassification` with its tokenizer.

    `transformers.pipeline("token-classification", folder)` loads it.

    Raises:
        ValueError: The encoder is not a BERT.
    """
    from transformers import BertForTokenClassification

    config = model.config.encoder_config()
    if config.model_type != "bert":
        raise ValueError(f"only a BERT encoder can be written as BertForTokenClassification, not {config.model_type}")
    config.num_labels = len(BIO_LABELS)
    config.id2label = dict(enumerate(BIO_LABELS))
    config.label2id = {label: i for i, label in enumerate(BIO_LABELS)}
    plain = BertForTokenClassification(config)
    plain.bert.load_state_dict(model.encoder.state_dict())
    plain.classifier.load_state_dict(model.classifier.state_dict())
    plain.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
