"""The biases are those at which a scorer that holds back, or says too much, is right most often."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch")

from ssner.decoding.pairs import RELATION_LABELS
from ssner.decoding.reader import FloatArray
from ssner.document import Document, Entity, Relation
from ssner.schema import BIO_LABELS, MENTION_EVENTS, STATUSES
from ssner.training.biases import Biases, fit_biases

TEXT = "درمانگاه نور با ۵ تخت باز شد."
FACILITY, BEDS = TEXT.index("درمانگاه"), TEXT.index("۵")


class Scripted:
    """Finds both mentions, and is `relation` and `event` short of saying what is said of them."""

    capacity = 32
    relation_bias = event_bias = 0.0

    def __init__(self, relation: float, event: float) -> None:
        self.short = Biases(relation, event)
        self.encoded = 0

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        return [1] * len(forms)

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        self.encoded += 1
        labels = ["B-FACILITY", "I-FACILITY", "O", "B-QUANTITY", "I-QUANTITY", "O", "O", "O"]
        scores = np.full((len(labels), len(BIO_LABELS)), -9.0)
        scores[range(len(labels)), [BIO_LABELS.index(label) for label in labels]] = 0.0
        return [(scores, np.zeros((len(labels), 4))) for _ in windows]

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        event = np.full((len(mentions), len(MENTION_EVENTS) + 1), -9.0)
        event[:, 0], event[:, 1] = self.short.event, 0.0
        relation = np.full((len(pairs), len(RELATION_LABELS)), -9.0)
        relation[:, 0] = self.short.relation
        for row, (head, tail) in enumerate(pairs):
            if head == 0 and tail == 1:
                relation[row, RELATION_LABELS.index("HAS_CAPACITY")] = 0.0
        return event, np.zeros((len(mentions), len(STATUSES))), relation


def gold() -> Document:
    facility = Entity(
        "T1", "FACILITY", FACILITY, FACILITY + len("درمانگاه نور"), "درمانگاه نور",
        event=MENTION_EVENTS[0], status=STATUSES[0],
    )  # fmt: skip
    beds = Entity("T2", "QUANTITY", BEDS, BEDS + len("۵ تخت"), "۵ تخت")
    return Document("d", TEXT, entities=(facility, beds), relations=(Relation("HAS_CAPACITY", "T1", "T2"),))


@pytest.mark.parametrize(
    ("short", "fitted"),
    [
        (Biases(0.5, 0.8), Biases(0.6, 1.0)),  # the smallest of the grid that suffice
        (Biases(-0.5, -0.8), Biases(0.0, 0.0)),
    ],
)
def test_the_biases_are_the_smallest_at_which_most_is_right(short: Biases, fitted: Biases) -> None:
    scorer = Scripted(*short)
    assert fit_biases(scorer, [gold()]) == fitted
    assert scorer.encoded == 1
