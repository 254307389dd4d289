"""A scorer that is asked once about the same windows."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from .reader import FloatArray, Scorer


class RememberingScorer:
    """Another scorer, whose answers are kept: for reading the same documents again while the model stays.

    Its biases may be changed between readings: what is kept does not depend on them.

    Args:
        scorer: Whom to ask.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.capacity = scorer.capacity
        self.relation_bias = scorer.relation_bias
        self.event_bias = scorer.event_bias
        self._known: dict[tuple[tuple[str, ...], ...], list[tuple[FloatArray, FloatArray]]] = {}
        self._related: dict[bytes, tuple[FloatArray, FloatArray, FloatArray]] = {}

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        """See `Scorer`."""
        return self.scorer.piece_counts(forms)

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        """See `Scorer`."""
        key = tuple(tuple(window) for window in windows)
        if key not in self._known:
            self._known[key] = self.scorer.encode(windows)
        return self._known[key]

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """See `Scorer`."""
        key = sha256(b"".join(array.tobytes() for array in (states, mentions, pairs, features))).digest()
        if key not in self._related:
            self._related[key] = self.scorer.relate(states, mentions, pairs, features)
        return self._related[key]
