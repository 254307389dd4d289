"""Relations across the edges of windows that share no sentence, with a scorer that relates all that it is shown."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ssner.decoding.pairs import RELATION_LABELS
from ssner.decoding.reader import DocumentReader, FloatArray
from ssner.document import Document
from ssner.schema import BIO_LABELS

ORG, MONEY = "شستا", "۵"


class Scripted:
    """`شستا` is an ORG, `۵` a MONEY, each word one sub-token, and each ORG funds each MONEY that it is shown with."""

    relation_bias = 0.0
    event_bias = 0.0

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.asked: list[int] = []

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        return [1] * len(forms)

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        out = []
        for window in windows:
            assert len(window) <= self.capacity
            scores = np.full((len(window), len(BIO_LABELS)), -9.0)
            for row, form in enumerate(window):
                scores[row, BIO_LABELS.index({ORG: "B-ORG", "5": "B-MONEY", MONEY: "B-MONEY"}.get(form, "O"))] = 0.0
            out.append((scores, np.zeros((len(window), 4))))
        return out

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        self.asked.append(len(states))
        assert mentions.max(initial=0) <= len(states)
        relation = np.zeros((len(pairs), len(RELATION_LABELS)))
        relation[:, RELATION_LABELS.index("FUNDS")] = 9.0
        return np.zeros((len(mentions), 4)), np.zeros((len(mentions), 3)), relation


def funded(text: str, capacity: int) -> list[tuple[int, int]]:
    document = DocumentReader(Scripted(capacity)).read(Document("d", text))
    place = {e.id: e.start for e in document.entities}
    return sorted((place[r.head], place[r.tail]) for r in document.relations)


def test_a_relation_to_the_next_sentence_is_seen_wherever_the_edge_falls() -> None:
    sentences = ["این خبر تازه است.", f"{ORG} آن را خواست.", f"{MONEY} تا داد.", "خبر دیگری نبود."]
    text = " ".join(sentences)
    want = [(text.index(ORG), text.index(MONEY))]
    for capacity in (5, 6, 8, 9, 10, 14, 18, 40):
        assert funded(text, capacity) == want, capacity


def test_sentences_that_are_not_neighbours_are_not_related() -> None:
    text = f"{ORG} آن را خواست. خبر دیگری نبود. {MONEY} تا داد."
    for capacity in (5, 8, 10, 40):
        assert funded(text, capacity) == []


def test_a_label_before_the_edge_parts_nothing() -> None:
    text = f"{ORG} آن را خواست.\nگفتنی\n{MONEY} تا داد."
    for capacity in (5, 6, 7, 40):
        assert funded(text, capacity) == [(0, text.index(MONEY))], capacity


def test_what_lies_far_in_an_endless_sentence_is_not_bridged() -> None:
    endless = " ".join([ORG, "و"] * 1500)
    scripted = Scripted(192)
    began = time.monotonic()
    DocumentReader(scripted).read(Document("d", f"{MONEY} تا داد. {endless}. {MONEY} تا داد."))
    assert max(scripted.asked) <= 2 * 192
    assert time.monotonic() - began < 30
