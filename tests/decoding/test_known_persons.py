"""Surnames that stand alone in a document that names the person in full elsewhere."""

from __future__ import annotations

import numpy as np

from ssner.decoding.bio import LabelledSpan, decode_spans
from ssner.decoding.known_persons import known_names, unread_places, with_names
from ssner.schema import BIO_LABELS

FORMS = ["دکتر", "سید", "مهدی", "ناطقی", "آمد", ".", "ناطقی", "گفت", "رضا"]
FOUND = [LabelledSpan(1, 4, "PERSON", 0.97)]


def test_a_name_is_known_whole_and_by_its_last_words() -> None:
    assert known_names(FOUND, FORMS) == {("سید", "مهدی", "ناطقی"), ("مهدی", "ناطقی"), ("ناطقی",)}
    assert known_names([LabelledSpan(8, 9, "PERSON", 0.99)], FORMS) == {("رضا",)}


def test_what_is_doubtful_or_no_person_is_not_known() -> None:
    doubtful = [LabelledSpan(1, 4, "PERSON", 0.9), LabelledSpan(1, 4, "ORG", 0.99)]
    assert known_names(doubtful, FORMS) == frozenset()


def test_only_what_was_not_read_and_the_longest_name_counts() -> None:
    names = known_names(FOUND, FORMS)
    assert unread_places(names, FOUND, FORMS, 0, 6) == []
    assert unread_places(names, FOUND, FORMS, 6, 9) == [(6, 7)]
    assert unread_places(names, [], FORMS, 0, 9) == [(1, 4), (6, 7)]


def test_the_raised_scores_are_probabilities_that_find_the_surname() -> None:
    probabilities = np.full((3, len(BIO_LABELS)), 1e-3)
    probabilities[:, 0] = 1 - 1e-3 * (len(BIO_LABELS) - 1)
    scores = np.log(probabilities)
    assert decode_spans(scores) == []
    raised = with_names(scores, [(0, 1)])
    assert np.allclose(np.exp(raised).sum(axis=1), 1.0)
    (span,) = decode_spans(raised)
    assert span[:3] == (0, 1, "PERSON") and 0.5 < span.confidence < 1
    assert np.allclose(raised[1:], scores[1:])
