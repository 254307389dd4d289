from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssner.decoding.bio import decode_spans, labels_to_spans, spans_to_labels, viterbi
from ssner.schema import BIO_LABELS

FOUR = st.lists(st.booleans(), min_size=4, max_size=4)


def allowed(labels: tuple[int, ...], inside: list[bool], heads: list[bool]) -> bool:
    names = [BIO_LABELS[i] for i in labels]
    for index, name in enumerate(names):
        after = names[index + 1] if index + 1 < len(names) else "O"
        if heads[index] and name in ("B-ORG", "B-FACILITY") and after != f"I-{name[2:]}":
            return False
    for index, name in enumerate(names):
        before = names[index - 1] if index else "O"
        if name.startswith("I-") and (index == 0 or before[2:] != name[2:]):
            return False
        if (
            index
            and inside[index]
            and not (name == before == "O" or (name.startswith("I-") and before[2:] == name[2:]))
        ):
            return False
    return True


def price(labels: tuple[int, ...]) -> float:
    names = [BIO_LABELS[i] for i in labels]
    return 2.0 * sum(
        name.startswith("B-") and name != "B-QUANTITY" and before[2:] == name[2:] for before, name in pairwise(names)
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(0, 2**31), FOUR, FOUR)
def test_viterbi_finds_what_brute_force_finds(count: int, seed: int, inside: list[bool], heads: list[bool]) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, len(BIO_LABELS)))
    best = max(
        (labels for labels in product(range(len(BIO_LABELS)), repeat=count) if allowed(labels, inside, heads)),
        key=lambda labels: sum(scores[i, label] for i, label in enumerate(labels)) - price(labels),
    )
    assert tuple(viterbi(scores, inside[:count], heads[:count])) == best


def test_a_span_neither_begins_nor_ends_inside_a_numeral() -> None:
    scores = np.full((4, len(BIO_LABELS)), -5.0)
    money, inside_money = BIO_LABELS.index("B-MONEY"), BIO_LABELS.index("I-MONEY")
    scores[0, money], scores[1, 0], scores[2, money], scores[3, inside_money] = 0.0, 0.0, 0.0, 0.0
    assert len(labels_to_spans(viterbi(scores))) == 2
    assert labels_to_spans(viterbi(scores, [False, True, True, True])) == [(0, 4, "MONEY")]


def test_names_that_touch_are_one_unless_they_are_clearly_two_and_quantities_may_touch() -> None:
    for kind, inner, spans in (("FACILITY", -1.5, 1), ("FACILITY", -2.5, 2), ("QUANTITY", -1.5, 2)):
        scores = np.full((2, len(BIO_LABELS)), -9.0)
        scores[:, BIO_LABELS.index(f"B-{kind}")] = 0.0
        scores[1, BIO_LABELS.index(f"I-{kind}")] = inner
        assert len(labels_to_spans(viterbi(scores))) == spans


def test_no_words_no_labels() -> None:
    assert viterbi(np.empty((0, len(BIO_LABELS)))) == []


def test_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="scores must be"):
        viterbi(np.zeros((3, 4)))


def test_spans_and_labels_are_inverse() -> None:
    spans = [(0, 2, "ORG"), (2, 3, "ORG"), (4, 6, "MONEY")]
    assert labels_to_spans(spans_to_labels(7, spans)) == spans


def test_confidence_is_the_mean_probability() -> None:
    scores = np.log(np.full((2, len(BIO_LABELS)), 0.01))
    scores[0, BIO_LABELS.index("B-ORG")] = np.log(0.9)
    scores[1, BIO_LABELS.index("I-ORG")] = np.log(0.4)
    (span,) = decode_spans(scores)
    assert (span.first, span.last, span.type) == (0, 2, "ORG")
    assert span.confidence == pytest.approx(0.6)
