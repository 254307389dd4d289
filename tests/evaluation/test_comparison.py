from __future__ import annotations

from dataclasses import replace

import pytest

from ssner.evaluation.comparison import (
    Difference,
    compare_figures,
    holm,
    paired_difference,
    say_difference,
    say_verdict,
)
from ssner.evaluation.figures import Figure
from ssner.evaluation.measures import HEADLINE, MEASURES, Group

BY_NAME = {m.name: m for m in MEASURES}


def figure(name: str, hits: list[int], of: int = 10) -> Figure:
    counts: dict[str, tuple[Group, ...]] = {f"d{i}": ((h, of, h, of),) for i, h in enumerate(hits)}
    return Figure(BY_NAME[name], counts)


def difference(low: float, high: float, p: float, p_holm: float | None = None) -> Difference:
    middle = (low + high) / 2
    return Difference("entities", "Entities", 9, 0.5, 0.5 + middle, low, high, p, p_holm)


def test_a_system_is_the_same_as_itself() -> None:
    same = figure("entities", [3, 8, 5])
    found = paired_difference(same, same, list(same.counts), 500, 0)
    assert (found.low, found.high, found.p) == (0.0, 0.0, 1.0)
    assert say_difference(found) == "Entities: A and B are the same."


def test_better_in_every_document_is_clear() -> None:
    a, b = figure("entities", [3, 8, 5, 2, 7] * 4), figure("entities", [4, 9, 7, 4, 8] * 4)
    found = paired_difference(a, b, list(a.counts), 2000, 0)
    assert (found.a, found.b) == (pytest.approx(0.5), pytest.approx(0.64))
    assert 0.1 < found.low < 0.14 < found.high < 0.2
    assert found.p == pytest.approx(2 / 2001)


def test_better_in_half_of_the_documents_and_worse_in_half_is_not() -> None:
    a, b = figure("entities", [4, 6] * 10), figure("entities", [6, 4] * 10)
    found = paired_difference(a, b, list(a.counts), 2000, 0)
    assert found.low < 0 < found.high
    assert found.p > 0.5 and not found.is_clear


def test_pairing_finds_what_the_documents_spread_hides() -> None:
    """Documents from 10 to 100, B one better in each: unpaired intervals overlap widely."""
    a, b = figure("entities", list(range(5, 95, 5)), 100), figure("entities", list(range(6, 96, 5)), 100)
    assert a.to_json(2000, 0)["high"] > b.to_json(2000, 0)["low"]
    assert paired_difference(a, b, list(a.counts), 2000, 0).is_clear


def test_only_documents_with_the_same_gold_are_compared() -> None:
    a, b = {"entities": figure("entities", [1, 2, 9])}, {"entities": figure("entities", [1, 2, 0])}
    (found,) = compare_figures(a, b, 500, 0, frozenset(["d0", "d1"]))
    assert (found.documents, found.a, found.b) == (2, pytest.approx(0.15), pytest.approx(0.15))


def test_nothing_in_common_is_refused() -> None:
    other = Figure(BY_NAME["entities"], {"x": ((1, 1, 1, 1),)})
    with pytest.raises(ValueError, match="no document in common"):
        compare_figures({"entities": figure("entities", [1])}, {"entities": other}, 500, 0)


def test_the_headline_comes_first_and_is_corrected() -> None:
    a = {n: figure(n, [3, 4, 5] * 5) for n in ("attributes", "relations", "entities")}
    b = {n: figure(n, [4, 5, 6] * 5) for n in a}
    found = compare_figures(a, b, 999, 0)
    assert [d.name for d in found] == ["entities", "relations", "attributes"]
    assert [d.p_holm for d in found] == [pytest.approx(2 * found[0].p), pytest.approx(2 * found[0].p), None]


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_sentences() -> None:
    assert say_difference(difference(0.004, 0.032, 0.01)) == (
        "Entities: B is better by 1.8 points, 95% interval 0.4 to 3.2, p = 0.01."
    )
    assert say_difference(difference(-0.032, -0.004, 0.002), "old", "new") == (
        "Entities: new is worse by 1.8 points, 95% interval 0.4 to 3.2, p = 0.002."
    )
    assert "no clear difference" in say_difference(difference(-0.01, 0.02, 0.4))
    assert "p < 0.001" in say_difference(difference(0.01, 0.02, 0.0002))


def test_the_correction_decides_what_is_clear() -> None:
    assert difference(0.001, 0.03, 0.03).is_clear
    assert not difference(0.001, 0.03, 0.03, p_holm=0.15).is_clear


def test_the_verdict_names_what_is_better_worse_and_open() -> None:
    better, worse, open_ = (
        difference(0.01, 0.03, 0.001, 0.004), difference(-0.03, -0.01, 0.001, 0.004), difference(-0.01, 0.01, 0.9, 1.0),
    )  # fmt: skip
    named = [replace(d, name=n, title=n.title()) for d, n in zip((better, worse, open_), HEADLINE, strict=False)]
    assert say_verdict(named) == (
        "B is better in entities (+2.0); worse in relations (-2.0); not clearly different in values (+0.0) "
        "(against A, 9 documents)."
    )
