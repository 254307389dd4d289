"""From an export back to a model that can be trained: its weights are read out of its ONNX graphs.

The weights of int8 exports come back as int8 holds them: scale times whole number for each column of a matrix. The
names of parameters are those of the graphs' tensors; matrices, whose tensors have numbers for names, are called by the
node that multiplies by them (`/encoder/encoder/layer.0/attention/self/query/MatMul_quant`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnx import ModelProto, numpy_helper

from ..model.configuration import JointConfig
from ..model.modeling import JointModel

_WORDS: Final = "words.onnx"
_MENTIONS: Final = "mentions.onnx"
_CONFIG: Final = "config.json"
_PRODUCT: Final = re.compile(r"/(.+)/MatMul(?:_quant)?")

_Array = NDArray[Any]


def is_export(folder: Path) -> bool:
    """Whether a folder is an export that tells its model's configuration (those of older versions do not)."""
    return all((folder / name).is_file() for name in (_WORDS, _MENTIONS, _CONFIG))


def load_exported(folder: Path) -> JointModel:
    """The model of an export.

    Args:
        folder: What `export_model` wrote.

    Raises:
        OSError: A file is not there.
        ValueError: The graphs do not hold every weight of the model that `config.json` tells of.
    """
    config = JointConfig.from_pretrained(str(folder))
    assert isinstance(config, JointConfig)
    model = JointModel(config)
    found = _word_weights(_graph(folder / _WORDS)) | _mention_weights(_graph(folder / _MENTIONS))
    weights = {name: torch.from_numpy(array.copy()) for name, array in found.items()}
    missing = model.state_dict().keys() - weights.keys()
    if missing:
        raise ValueError(f"{len(missing)} weights are not in its graphs, {min(missing)} among them")
    model.load_state_dict({name: weights[name] for name in model.state_dict()})
    return model.eval()


def _graph(path: Path) -> ModelProto:
    try:
        return onnx.load(path)
    except DecodeError as error:
        raise ValueError(f"{path.name} is damaged ({error}); install the package or export the run anew") from error


def _tensors(graph: ModelProto) -> dict[str, _Array]:
    """The weights of a graph by name, in 32-bit floats, those of int8 multiplied out."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.graph.initializer}
    tensors = {}
    for name, array in stored.items():
        plain = name.removesuffix("_quantized")
        if plain != name:
            zero, scale = (stored[f"{plain}_{kind}"].astype(np.float32) for kind in ("zero_point", "scale"))
            tensors[plain] = (array.astype(np.float32) - zero) * scale
        elif array.dtype == np.float32:
            tensors[name] = array
    return tensors


def _word_weights(graph: ModelProto) -> dict[str, _Array]:
    """The weights of encoder and token classifier by the names of their parameters."""
    tensors = _tensors(graph)
    named = {name.removeprefix("model."): array for name, array in tensors.items() if name.startswith("model.")}
    return named | dict(_products(graph, tensors))


def _products(graph: ModelProto, tensors: dict[str, _Array]) -> Iterator[tuple[str, _Array]]:
    for node in graph.graph.node:
        if node.op_type in ("MatMul", "MatMulInteger") and (place := _PRODUCT.fullmatch(node.name)):
            weight = tensors.get(node.input[1].removesuffix("_quantized"))
            if weight is not None:
                yield place[1].replace("/", ".") + ".weight", weight.T


def _mention_weights(graph: ModelProto) -> dict[str, _Array]:
    return {f"heads.{name}": array for name, array in _tensors(graph).items()}
