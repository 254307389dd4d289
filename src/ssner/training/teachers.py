"""Whom a student asks: the export of one run, or those of several, whose mean answer counts (an ensemble)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from omegaconf import DictConfig, ListConfig

from ..decoding.reader import FloatArray, Scorer

_FORBIDDEN = -1e4
"""The least logit: what the heads give to labels that a signature forbids."""


def _log_softmax(logits: FloatArray) -> FloatArray:
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


def _mean_answer(answers: Sequence[FloatArray]) -> FloatArray:
    """Logarithms of the mean of the probabilities that several rows of logits give."""
    logs = np.logaddexp.reduce([_log_softmax(a) for a in answers], axis=0) - np.log(len(answers))
    return np.maximum(logs, _FORBIDDEN).astype(answers[0].dtype)


class EnsembleScorer:
    """Several scorers as one: the mean of their probabilities.

    The word states are those of all, side by side: each is asked about the mentions of a window with its own.

    Args:
        scorers: At least one; windows are cut for the first.
    """

    def __init__(self, scorers: Sequence[Scorer]) -> None:
        self.scorers = tuple(scorers)
        self.capacity = min(s.capacity for s in scorers)
        self.relation_bias = float(np.mean([s.relation_bias for s in scorers]))
        self.event_bias = float(np.mean([s.event_bias for s in scorers]))
        self._widths: list[int] = []

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        """See `Scorer`."""
        return self.scorers[0].piece_counts(forms)

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        """See `Scorer`."""
        each = [scorer.encode(windows) for scorer in self.scorers]
        self._widths = [states.shape[-1] for (_, states), *_ in each] if windows else self._widths
        return [
            (_mean_answer([scores for scores, _ in row]), np.concatenate([states for _, states in row], axis=-1))
            for row in zip(*each, strict=True)
        ]

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """See `Scorer`."""
        parts = np.split(states, np.cumsum(self._widths)[:-1], axis=-1)
        each = [
            scorer.relate(np.ascontiguousarray(part), mentions, pairs, features)
            for scorer, part in zip(self.scorers, parts, strict=True)
        ]
        event, status, relation = (_mean_answer(answers) for answers in zip(*each, strict=True))
        return event, status, relation


def teacher_runs(config: DictConfig) -> list[Path]:
    """The folders that `teacher.run` names: none, one, or several."""
    named = config.teacher.run
    return [Path(run) for run in (named if isinstance(named, ListConfig) else [named]) if run]
