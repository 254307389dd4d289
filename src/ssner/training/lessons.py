"""What a teacher says of training windows, also of texts that nobody annotated."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import torch
from datasets import Dataset, Features

from ..decoding.bio import labels_to_spans, viterbi
from ..decoding.pairs import MentionSpan, candidate_pairs
from ..decoding.reader import FloatArray, Scorer
from ..document import Document
from ..model.imitation import Lesson
from ..schema import ENTITY_NAMES
from .collator import WindowCollator
from .features import document_windows

_FEW_SENTENCES: Final = 2


def teach(teacher: Scorer, forms: Sequence[str], ordinals: Sequence[int]) -> Lesson:
    """Ask a teacher about a window.

    It reads the window twice, whole and sentence by sentence, and its labels are the mean of both: on dev and test the
    mean of two such readings is better than either. A window of one or two sentences is read once.

    Args:
        teacher: A scorer of a trained model.
        forms: The folded words of the window.
        ordinals: The sentence of each word (see `candidate_pairs`).
    """
    (whole, states), *_ = teacher.encode([forms])
    bounds = [0, *(i for i in range(1, len(forms)) if ordinals[i] != ordinals[i - 1]), len(forms)]
    if len(bounds) <= _FEW_SENTENCES + 1:
        return _lesson(teacher, whole, states, ordinals)
    alone = teacher.encode([forms[first:last] for first, last in itertools.pairwise(bounds)])
    mean = (whole + np.concatenate([scores for scores, _ in alone])) / 2
    return _lesson(teacher, mean - np.logaddexp.reduce(mean, axis=-1, keepdims=True), states, ordinals)


def _lesson(teacher: Scorer, scores: FloatArray, states: FloatArray, ordinals: Sequence[int]) -> Lesson:
    spans = [
        MentionSpan(first, last, ENTITY_NAMES.index(kind)) for first, last, kind in labels_to_spans(viterbi(scores))
    ]
    pairs, features = candidate_pairs(spans, ordinals)
    mentions = np.array(spans, dtype=np.int64).reshape(-1, 3)
    if spans:
        event, status, relation = teacher.relate(states, mentions, pairs, features)
    else:
        event = status = relation = np.empty((0, 1), dtype=np.float32)
    return Lesson(*(torch.from_numpy(np.ascontiguousarray(a)) for a in (
        scores, states, mentions, pairs, features, event, status, relation
    )))  # fmt: skip


@dataclass
class TaughtCollator(WindowCollator):
    """A collator that adds what the teacher says of each window, asked without the noise that the student sees.

    Attributes:
        teacher: Whom to ask, once about each window; the answers take a quarter of a megabyte for a long one.
    """

    teacher: Scorer | None = None
    _known: dict[tuple[str, ...], Lesson] = field(default_factory=dict, repr=False)

    def __call__(self, windows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The batch as `JointModel.forward` takes it."""
        assert self.teacher is not None
        batch = super().__call__(windows)
        batch["lessons"] = [self._ask(window) for window in windows]
        return batch

    def _ask(self, window: dict[str, Any]) -> Lesson:
        assert self.teacher is not None
        key = tuple(window["forms"])
        if key in self._known:
            return self._known[key]
        self._known[key] = teach(self.teacher, window["forms"], window["ordinals"])
        return self._known[key]


def unlabelled_dataset(
    documents: Iterator[Document],
    piece_counts: Callable[[Sequence[str]], list[int]],
    capacities: Sequence[int],
    most: int,
    features: Features,
) -> Dataset:
    """The first `most` windows of texts that nobody annotated: as `make_dataset` gives, with no labels at all.

    Args:
        documents: Texts.
        piece_counts: As for `document_windows`.
        capacities: Likewise; each text takes the next of them.
        most: How many windows.
        features: Of the annotated windows.
    """
    out: list[dict[str, Any]] = []
    for document, capacity in zip(documents, itertools.cycle(capacities), strict=False):
        if len(out) >= most:
            break
        out += [w | {"labels": []} for w in document_windows(document, piece_counts, capacity)]
    return Dataset.from_list(out[:most], features=features)
