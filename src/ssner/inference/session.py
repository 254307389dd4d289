"""The exported model as a `Scorer` (see `decoding.reader`), on ONNX Runtime."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..decoding.pairs import PAIR_FEATURES
from ..decoding.reader import FloatArray
from ..decoding.tokenization import WordTokenizer
from ..schema import BIO_LABELS, SCHEMA_VERSION

_FORMAT_VERSION: Final = 1
_FILES: Final = ("settings.json", "tokenizer.json", "words.onnx", "mentions.onnx")


class ModelError(RuntimeError):
    """A model's folder is missing, not whole, or made for another version."""


class OnnxScorer:
    """Scores with an exported model.

    Args:
        folder: What `training.export` wrote.
        threads: For ONNX Runtime; 0 lets it choose.

    Raises:
        ModelError: The folder does not hold a model that this version can run.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder} holds no model ({missing[0]} is missing): name a folder that train.py exported")
        try:
            settings: dict[str, Any] = json.loads((folder / "settings.json").read_text("utf-8"))
        except ValueError as error:
            raise ModelError(f"{folder / 'settings.json'} is not JSON ({error}): export the model anew") from error
        self._check(folder, settings)
        try:
            self._load(folder, settings, threads)
        except Exception as error:  # the libraries raise bare exceptions of their own
            raise ModelError(f"{folder} holds a model that cannot be loaded ({error}): export it anew") from error

    def _load(self, folder: Path, settings: dict[str, Any], threads: int) -> None:
        # The tokenizer's threads would fight with the session's, which spin between runs.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self.capacity: int = settings["window"]
        self.relation_bias: float = settings["relation_bias"]
        self.event_bias: float = settings.get("event_bias", 0.0)  # exports from before there was one
        self.tokenizer = WordTokenizer(Tokenizer.from_file(str(folder / "tokenizer.json")), settings["pad_id"])
        providers = ["CPUExecutionProvider"]
        self._words = onnxruntime.InferenceSession(str(folder / "words.onnx"), options, providers=providers)
        self._mentions = onnxruntime.InferenceSession(str(folder / "mentions.onnx"), options, providers=providers)

    @staticmethod
    def _check(folder: Path, settings: dict[str, Any]) -> None:
        expected = {
            "format_version": _FORMAT_VERSION, "schema_version": SCHEMA_VERSION, "labels": list(BIO_LABELS),
            "pair_features": PAIR_FEATURES,
        }  # fmt: skip
        for name, value in expected.items():
            if settings.get(name) != value:
                raise ModelError(f"{folder} was exported for another version of ssner ({name} differs): export it anew")

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        """See `Scorer`."""
        return self.tokenizer.piece_counts(forms)

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        """See `Scorer`.

        One window at a time: in int8 the scores of windows that are run together depend on each other, and padding
        costs more than a larger batch saves.
        """
        out: list[tuple[FloatArray, FloatArray]] = []
        for window in windows:
            batch = self.tokenizer.encode([window])
            scores, states = self._words.run(
                None,
                {
                    "input_ids": batch.input_ids,
                    "attention_mask": batch.attention_mask,
                    "first_pieces": batch.first_pieces,
                },
            )
            out.append((scores[0], states[0]))
        return out

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """See `Scorer`."""
        event, status, relation = self._mentions.run(
            None, {"words": np.ascontiguousarray(states), "mentions": mentions, "pairs": pairs, "features": features}
        )
        return event, status, relation
