from __future__ import annotations

import pytest

from ssner.evaluation.agreement import agreement_table
from ssner.evaluation.bootstrap import f1_interval
from ssner.evaluation.matching import Score

from .test_matching import GOLD


def test_one_annotator_agrees_with_herself() -> None:
    table = agreement_table([GOLD], [GOLD], draws=20)
    assert "| **entities** | 1.000 | 1.000 to 1.000 | 3 | 3 | 3 |" in table
    assert "| COSTS | 1.000" in table


def test_agreement_is_symmetric() -> None:
    less = GOLD.with_(entities=GOLD.entities[:2], relations=GOLD.relations[:1])
    one, other = agreement_table([GOLD], [less], 20), agreement_table([less], [GOLD], 20)
    assert [line.split("|")[2] for line in one.split("\n")] == [line.split("|")[2] for line in other.split("\n")]


def test_different_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="only one of the two"):
        agreement_table([GOLD], [GOLD.with_(id="e")])


def test_the_interval_holds_the_pooled_figure_and_narrows() -> None:
    scores = [Score(8, 10, 10), Score(2, 10, 10), Score(5, 10, 10), Score(9, 10, 10)]
    low, high = f1_interval(scores)
    assert low < sum(scores, Score()).f1 < high
    many = f1_interval(scores * 25)
    assert many[1] - many[0] < high - low
    assert f1_interval([]) == (0.0, 0.0)
