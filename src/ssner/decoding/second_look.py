"""Label scores of a text: from its windows, and a second look at sentences of which the model is not sure.

A sentence by itself is read otherwise than among its neighbours, and the mean of both readings is better than either.
Read again is only what is doubtful: a sixth of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..text.windows import Window

Scores = NDArray[np.floating]
"""Log-probabilities of the labels, (words, 11)."""

DOUBTFUL: Final = 0.6
"""Probability of a word's likeliest label under which its sentence is read again. On dev as good as 0.9, where twice as
much is read (`benchmarks/decoding.py`)."""


def mean_scores(count: int, windows: Sequence[Window], scored: Sequence[Scores]) -> Scores:
    """Scores of the words of a text: where windows share words, the mean of theirs.

    Args:
        count: Words of the text.
        windows: They cover it.
        scored: Scores of each window.
    """
    if not windows:
        return np.zeros((0, 0))
    total = np.zeros((count, scored[0].shape[-1]))
    seen = np.zeros((count, 1))
    for window, scores in zip(windows, scored, strict=True):
        total[window.first : window.last] += scores
        seen[window.first : window.last] += 1
    return total / np.maximum(seen, 1)


def doubtful_sentences(
    mean: Scores, sentences: Sequence[tuple[int, int]], windows: Sequence[Window], lengths: Sequence[int], capacity: int
) -> list[Window]:
    """Sentences to be read again by themselves: with a doubtful word, and read with neighbours the first time.

    Args:
        mean: Scores of all words.
        sentences: First word and word after the last of each.
        windows: In which they were read.
        lengths: Sub-tokens of each word.
        capacity: Sub-tokens that a window holds.
    """
    surest = np.exp(mean.max(axis=1)) if len(mean) else np.zeros(0)
    alone = {(window.first, window.last) for window in windows}
    return [
        Window(first, last)
        for first, last in sentences
        if last > first
        and surest[first:last].min() < DOUBTFUL
        and (first, last) not in alone
        and sum(lengths[first:last]) <= capacity
    ]


def seen_again(mean: Scores, windows: Sequence[Window], scored: Sequence[Scores]) -> Scores:
    """The scores with those of second readings: the mean of both, as log-probabilities again.

    Args:
        mean: Scores of all words.
        windows: What was read again.
        scored: Scores of each of them.
    """
    out = mean.copy()
    for window, scores in zip(windows, scored, strict=True):
        both = (mean[window.first : window.last] + scores) / 2
        out[window.first : window.last] = both - np.logaddexp.reduce(both, axis=1, keepdims=True)
    return out
