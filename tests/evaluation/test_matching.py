from __future__ import annotations

import pytest

from ssner.corpus.store import load_documents
from ssner.document import Document, Entity, Relation
from ssner.evaluation.bio import label_sequences, seqeval_report
from ssner.evaluation.matching import FACTS, Score, compare

from ..conftest import ROOT

TEXT = "الف ب پ ت ث ج"


def entity(number: int, kind: str, start: int, end: int) -> Entity:
    return Entity(f"T{number}", kind, start, end, TEXT[start:end])


GOLD = Document(
    "d", TEXT, entities=(entity(1, "FACILITY", 0, 5), entity(2, "MONEY", 6, 7), entity(3, "ORG", 8, 9)),
    relations=(Relation("COSTS", "T1", "T2"), Relation("OPERATED_BY", "T1", "T3")),
)  # fmt: skip


def test_a_perfect_prediction_scores_one_everywhere() -> None:
    for facts in FACTS.values():
        score = compare([GOLD], [GOLD], facts)["all"]
        assert score.correct == score.predicted == score.gold


def test_a_relation_counts_only_with_both_ends_exact() -> None:
    wrong_edge = GOLD.with_(entities=(entity(1, "FACILITY", 0, 3), *GOLD.entities[1:]))
    assert compare([GOLD], [wrong_edge], FACTS["relations"])["all"] == Score(0, 2, 2)
    wrong_type = GOLD.with_(entities=(GOLD.entities[0], GOLD.entities[1], entity(3, "PERSON", 8, 9)))
    assert compare([GOLD], [wrong_type], FACTS["relations"])["all"] == Score(1, 2, 2)
    assert compare([GOLD], [wrong_type], FACTS["relations_boundary"])["all"] == Score(2, 2, 2)


def test_gold_that_nobody_predicted_counts_against_recall() -> None:
    score = compare([GOLD, GOLD.with_(id="e")], [GOLD], FACTS["relations"])["all"]
    assert (score.precision, score.recall) == (1.0, 0.5)


def test_an_empty_prediction_has_no_precision_and_no_error() -> None:
    empty = GOLD.with_(entities=(), relations=())
    score = compare([GOLD], [empty], FACTS["entities"])["all"]
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)


def test_predictions_for_unknown_or_double_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="does not hold: e"):
        compare([GOLD], [GOLD.with_(id="e")], FACTS["entities"])
    with pytest.raises(ValueError, match="two predictions"):
        compare([GOLD], [GOLD, GOLD], FACTS["entities"])


def test_entity_scores_agree_with_seqeval() -> None:
    pytest.importorskip("seqeval")
    gold = list(load_documents(ROOT, ROOT, ("dev",), ("own",)))
    guess = [d.with_(entities=tuple(e for i, e in enumerate(d.entities) if i % 3), relations=()) for d in gold]
    report = seqeval_report(gold, guess)
    ours = compare(gold, guess, FACTS["entities"])
    assert report["micro avg"]["f1"] == pytest.approx(ours["all"].f1, abs=1e-9)
    for kind, score in ours.items():
        if kind != "all":
            assert report[kind]["f1"] == pytest.approx(score.f1, abs=1e-9)


def test_strict_bio_does_not_count_a_span_without_its_beginning() -> None:
    assert label_sequences(TEXT, GOLD) == [["B-FACILITY", "I-FACILITY", "B-MONEY", "B-ORG", "O", "O"]]
