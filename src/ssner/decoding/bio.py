"""Viterbi over BIO labels: the best sequence that the scheme and the schema allow.

Every `I-` follows a label of its own type; two spans of one type touch at a price, but for quantities (in the corpus
4 of some 7,000 names and amounts do); no span has an edge inside a numeral or another joint (see `joints`); and a head
noun alone is no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..schema import BIO_LABELS, ENTITY_NAMES

_LABELS: Final = len(BIO_LABELS)
_FORBIDDEN: Final = -1e9
_MAY_TOUCH: Final = frozenset({"QUANTITY"})
"""Types of which one span may directly follow another (`دو کودک ۳ ساله`) as any other."""
_TOUCHING: Final = -2.0
"""For two spans of another type that touch: in well written text they are nearly always one; in text that lost its
commas, lists of names are not. On dev -2 changes nothing in the first and brings 3 points of PERSON in the second."""


NAMED_BY_HEADS: Final = ("ORG", "FACILITY")
"""Types whose names begin with a head noun, which is none alone."""


def _transitions() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Scores (0, less, or forbidden) of the first label, of a step, and of a step inside a joint, each (from, to)."""
    begin = np.zeros(_LABELS)
    step = np.zeros((_LABELS, _LABELS))
    joint = np.full((_LABELS, _LABELS), _FORBIDDEN)
    for to, label in enumerate(BIO_LABELS):
        if label.startswith("I-"):
            begin[to] = _FORBIDDEN
            for previous, before in enumerate(BIO_LABELS):
                if before[2:] != label[2:]:
                    step[previous, to] = _FORBIDDEN
                else:
                    joint[previous, to] = 0.0
    for kind in set(ENTITY_NAMES) - _MAY_TOUCH:
        first, inner = BIO_LABELS.index(f"B-{kind}"), BIO_LABELS.index(f"I-{kind}")
        step[[first, inner], first] = _TOUCHING
    joint[0, 0] = 0.0
    return begin, step, joint


_BEGIN, _STEP, _JOINT = _transitions()


def _going_on() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of a step from a head noun, and of its being the last word: a name that begins with it goes on."""
    step, last = np.zeros((_LABELS, _LABELS)), np.zeros(_LABELS)
    for kind in NAMED_BY_HEADS:
        begin, inner = BIO_LABELS.index(f"B-{kind}"), BIO_LABELS.index(f"I-{kind}")
        step[begin] = _FORBIDDEN
        step[begin, inner] = 0.0
        last[begin] = _FORBIDDEN
    return step, last


_FROM_HEAD, _LAST_HEAD = _going_on()


class LabelledSpan(NamedTuple):
    """A decoded span of words, `first` to `last` (half-open), its type, and its confidence from 0 to 1."""

    first: int
    last: int
    type: str
    confidence: float


def viterbi(
    scores: NDArray[np.floating], inside: Sequence[bool] | None = None, heads: Sequence[bool] | None = None
) -> list[int]:
    """Labels of the best allowed sequence.

    Args:
        scores: Log-probabilities or logits, (words, labels).
        inside: For each word, whether it goes on with a numeral or the like that began before it (see `joints`); a
            span neither begins nor ends at such a word's left edge.
        heads: For each word, whether it is a head noun that names no organisation or facility by itself.

    Returns:
        Indices into `BIO_LABELS`, one for each word.

    Raises:
        ValueError: The scores are not of shape (words, 11).
    """
    if scores.ndim != 2 or scores.shape[1] != _LABELS:
        raise ValueError(f"scores must be (words, {_LABELS}), not {scores.shape}")
    count = len(scores)
    if count == 0:
        return []
    best = scores[0].astype(np.float64) + _BEGIN
    back = np.zeros((count, _LABELS), dtype=np.int64)
    for index in range(1, count):
        table = best[:, None] + (_JOINT if inside is not None and inside[index] else _STEP)
        if heads is not None and heads[index - 1]:
            table += _FROM_HEAD
        back[index] = table.argmax(axis=0)
        best = table.max(axis=0) + scores[index]
    if heads is not None and heads[-1]:
        best = best + _LAST_HEAD
    path = [int(best.argmax())]
    for index in range(count - 1, 0, -1):
        path.append(int(back[index, path[-1]]))
    return path[::-1]


def labels_to_spans(labels: Sequence[int]) -> list[tuple[int, int, str]]:
    """The spans (first, last, type) that a sequence of label indices spells, by strict IOB2."""
    spans: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for index, label in enumerate([*labels, 0]):
        name = BIO_LABELS[label]
        if start >= 0 and name != f"I-{kind}":
            spans.append((start, index, kind))
            start = -1
        if name.startswith("B-"):
            start, kind = index, name[2:]
    return spans


def spans_to_labels(count: int, spans: Sequence[tuple[int, int, str]]) -> list[int]:
    """Label indices of `count` words for spans (first, last, type) that do not overlap."""
    labels = [0] * count
    for first, last, kind in spans:
        begin = 1 + 2 * ENTITY_NAMES.index(kind)
        labels[first] = begin
        for index in range(first + 1, last):
            labels[index] = begin + 1
    return labels


def decode_spans(
    log_probabilities: NDArray[np.floating], inside: Sequence[bool] | None = None, heads: Sequence[bool] | None = None
) -> list[LabelledSpan]:
    """Spans of the best allowed sequence, each with the geometric mean of its words' probabilities.

    Args:
        log_probabilities: Of each label at each word, (words, labels).
        inside: As for `viterbi`.
        heads: Likewise.
    """
    labels = viterbi(log_probabilities, inside, heads)
    out: list[LabelledSpan] = []
    for first, last, kind in labels_to_spans(labels):
        chosen = [float(log_probabilities[i, labels[i]]) for i in range(first, last)]
        out.append(LabelledSpan(first, last, kind, float(np.exp(np.mean(chosen)))))
    return out
