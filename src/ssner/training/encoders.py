"""Encoders by name: where their weights and tokenizers come from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from transformers import AutoTokenizer, BertConfig, PretrainedConfig

from ..model.configuration import JointConfig
from ..model.embedded import embedded_encoder
from ..model.modeling import NO_CHANGE, EncoderDropouts, JointModel
from .exported import is_export, load_exported


class EncoderError(RuntimeError):
    """An encoder cannot be had."""


def load_encoder(
    name: str,
    path: str | None,
    config: JointConfig,
    dropouts: EncoderDropouts = NO_CHANGE,
    layers: int | None = None,
) -> tuple[JointModel, Any]:
    """A model with that encoder's weights and fresh heads, and the encoder's fast tokenizer.

    Args:
        name: `embedded`, `tiny` (random, for debugging), or a label for what `path` names.
        path: A local folder or a name on a model hub; not for `embedded` and `tiny`.
        config: The rest of the model's configuration.
        dropouts: Of the encoder, where they differ from its own.
        layers: How many of the encoder's layers to keep; `None`: all.

    Raises:
        EncoderError: The folder or the hub does not have it, it has no fast tokenizer, or not so many layers.
    """
    if path is None and name not in ("embedded", "tiny"):
        raise EncoderError(f"encoder {name} needs a path: encoder.path=/folder/of/the/encoder")
    folder = path if path is not None else str(embedded_encoder())
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True)
        if name == "tiny":
            config.encoder = tiny_encoder(len(tokenizer)).to_dict() | {"model_type": "bert"}
            return JointModel(config), tokenizer
        model = JointModel.from_encoder(folder, config, dropouts, layers)
    except OSError as error:
        where = "the folder is not there or not whole" if Path(folder).is_absolute() else "no hub or cache has it"
        raise EncoderError(f"encoder {name} ({folder}): {where}; encoder=embedded needs no network") from error
    except ValueError as error:  # no model that transformers knows, or too few layers
        raise EncoderError(f"encoder {name} ({folder}): {error}") from error
    if not getattr(tokenizer, "is_fast", False):
        raise EncoderError(f"encoder {name} ({folder}) has no fast tokenizer, which the offsets need")
    return model, tokenizer


def trained_folder(run: Path) -> Path:
    """Where the weights of a run lie: its `model/`, or the folder itself where that is an export."""
    return run if is_export(run) else run / "model"


def load_trained(
    run: Path, dropouts: EncoderDropouts = NO_CHANGE, layers: int | None = None, marked_layers: int = 0
) -> tuple[JointModel, Any]:
    """The model of a training run, heads and all, of whose encoder `layers` are kept, to be trained further.

    Args:
        run: The run's folder, whose `model/` is read, or an export, such as the model in the package.
        dropouts: Of the encoder, where they differ from its own.
        layers: How many of the encoder's layers to keep; `None`: all.
        marked_layers: How many layers over marked words the model has at least.

    Raises:
        EncoderError: The folder holds no model of ours, or it has not so many layers.
    """
    folder = trained_folder(run)
    try:
        settings = json.loads((folder / "config.json").read_text("utf-8"))  # without it a hub would be asked
        if settings.get("model_type") != JointConfig.model_type:
            raise EncoderError(
                f"{folder} holds no joint model: an encoder is read by encoder=local encoder.path={folder}"
            )
        trained = load_exported(folder) if is_export(folder) else JointModel.from_pretrained(str(folder))
        model = JointModel.from_teacher(trained, dropouts, layers, marked_layers)
        return model, AutoTokenizer.from_pretrained(folder, use_fast=True)
    except OSError as error:
        raise EncoderError(f"{folder} holds no trained model: name the folder of a run that train.py ended") from error
    except ValueError as error:
        raise EncoderError(f"{folder}: {error}") from error


def longest_window(encoder: PretrainedConfig, tokenizer: Any) -> int:
    """How many sub-tokens of words an encoder can read at once."""
    most = min(tokenizer.model_max_length, encoder.max_position_embeddings)
    return int(most) - tokenizer.num_special_tokens_to_add(pair=False)


def tiny_encoder(vocabulary: int) -> BertConfig:
    """Configuration of a random BERT of two narrow layers, for debugging and tests."""
    return BertConfig(
        vocab_size=vocabulary, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=512, pad_token_id=1,
    )  # fmt: skip
