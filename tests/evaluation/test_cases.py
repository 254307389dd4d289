from __future__ import annotations

import pytest

from ssner.document import Document
from ssner.evaluation.cases import make_cases

from .builders import GOLD


def test_a_document_without_a_prediction_has_predicted_nothing() -> None:
    (case,) = make_cases([GOLD], [])
    assert case.predicted == Document("d1", GOLD.text)
    assert not case.has_events and case.related is None


def test_cases_keep_the_order_of_the_gold() -> None:
    other = GOLD.with_(id="d0")
    assert [c.id for c in make_cases([GOLD, other], [other, GOLD], [GOLD], {"d0"})] == ["d1", "d0"]


def test_a_prediction_for_an_unknown_document_is_refused() -> None:
    with pytest.raises(ValueError, match="does not hold: d9"):
        make_cases([GOLD], [GOLD.with_(id="d9")])


def test_two_predictions_for_one_document_are_refused() -> None:
    with pytest.raises(ValueError, match="two predictions are for document 'd1'"):
        make_cases([GOLD], [GOLD, GOLD])


def test_a_prediction_for_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="for d1 is for another text"):
        make_cases([GOLD], [Document("d1", GOLD.text + " ")])
