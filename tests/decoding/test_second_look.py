"""A second look at doubtful sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from ssner.decoding.reader import DocumentReader, FloatArray, ReaderOptions
from ssner.decoding.second_look import doubtful_sentences, mean_scores, seen_again
from ssner.document import Document
from ssner.schema import BIO_LABELS
from ssner.text.windows import Window

from .test_bare_heads import Sure

B_ORG = BIO_LABELS.index("B-ORG")


def sure(*probabilities: float) -> FloatArray:
    """Log-probabilities of two labels."""
    return np.log(np.array([[p, 1 - p] for p in probabilities]))


def test_words_that_windows_share_have_the_mean_of_their_scores() -> None:
    windows = [Window(0, 2), Window(1, 3)]
    mean = mean_scores(3, windows, [np.array([[1.0], [2.0]]), np.array([[4.0], [5.0]])])
    assert mean.tolist() == [[1.0], [3.0], [5.0]]
    assert len(mean_scores(0, [], [])) == 0


@pytest.mark.parametrize(
    ("middle", "windows", "capacity", "found"),
    [
        (0.55, [Window(0, 6)], 99, [Window(2, 4)]),
        (0.45, [Window(0, 6)], 99, [Window(2, 4)]),
        (0.95, [Window(0, 6)], 99, []),
        (0.55, [Window(0, 2), Window(2, 4), Window(4, 6)], 99, []),
        (0.55, [Window(0, 6)], 5, []),
    ],
    ids=["doubtful", "the other label is likelier, as doubtful", "sure", "was alone", "too long for a window"],
)
def test_doubtful_sentences(middle: float, windows: list[Window], capacity: int, found: list[Window]) -> None:
    mean = sure(0.9, 0.9, middle, 0.9, 0.9, 0.9)
    sentences = [(0, 2), (2, 4), (4, 6)]
    assert doubtful_sentences(mean, sentences, windows, [3] * 6, capacity) == found


def test_both_readings_count_alike_and_stay_probabilities() -> None:
    mean = sure(0.9, 0.6)
    both = seen_again(mean, [Window(1, 2)], [sure(0.2)])
    assert np.exp(both).sum(axis=1) == pytest.approx([1, 1])
    assert both[0].tolist() == mean[0].tolist() and np.exp(both[1, 0]) < 0.5
    assert mean[1, 0] == pytest.approx(np.log(0.6))


class Neighbours(Sure):
    """Is not sure of a sentence that it reads with others, and sees an organisation in each word of one by itself."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        out: list[tuple[FloatArray, FloatArray]] = []
        for forms in windows:
            self.asked.append(list(forms))
            scores = np.full((len(forms), len(BIO_LABELS)), -20.0)
            scores[:, 0] = np.log(0.55) if "." in forms[:-1] else -9.0
            scores[:, B_ORG] = np.log(0.45) if "." in forms[:-1] else 0.0
            out.append((scores, np.zeros((len(forms), 4), dtype=np.float32)))
        return out


@pytest.mark.parametrize("second_look", [False, True])
def test_a_text_is_read_with_a_second_look(second_look: bool) -> None:
    scorer = Neighbours()
    read = DocumentReader(scorer, ReaderOptions(second_look=second_look)).read(Document("d", "شستا آمد. هما رفت."))
    assert bool(read.entities) == second_look
    assert len(scorer.asked) == (3 if second_look else 1)
