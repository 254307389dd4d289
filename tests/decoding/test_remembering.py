"""A scorer that is asked once."""

from __future__ import annotations

import numpy as np

from ssner.decoding.remembering import RememberingScorer


class Counting:
    capacity, relation_bias, event_bias = 8, 0.5, 0.0

    def __init__(self) -> None:
        self.asked: list[str] = []

    def piece_counts(self, forms):
        return [1] * len(forms)

    def encode(self, windows):
        self.asked.append("words")
        return [(np.zeros((len(w), 11)), np.full((len(w), 2), len(w), dtype=float)) for w in windows]

    def relate(self, states, mentions, pairs, features):
        self.asked.append("mentions")
        return states + features.sum(), mentions, pairs


def test_it_asks_once_about_the_same_and_again_about_anything_else() -> None:
    counting = Counting()
    scorer = RememberingScorer(counting)
    ((_, states),) = scorer.encode([["الف", "ب"]])
    rows = np.array([[0, 1, 2]])
    first = scorer.relate(states, rows, rows[:, :2], rows)
    scorer.relation_bias = -1.0
    assert scorer.encode([["الف", "ب"]])[0][1] is states
    assert scorer.relate(states, rows, rows[:, :2], rows) is first
    assert counting.asked == ["words", "mentions"]
    other = scorer.relate(states, rows, rows[:, :2], rows + 1)
    assert not np.array_equal(other[0], first[0]) and counting.asked == ["words", "mentions", "mentions"]
    scorer.encode([["الف"]])
    assert counting.asked[-1] == "words"
