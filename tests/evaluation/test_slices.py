from __future__ import annotations

import pytest

from ssner.document import Document, Relation
from ssner.evaluation.cases import make_cases
from ssner.evaluation.matching import FACTS, Score, compare
from ssner.evaluation.slices import by_collection, by_distance, by_length, by_seen, length_name, seen_mentions

from .builders import GOLD, mention, replaced

GUESS = replaced(GOLD, mention(2, "FACILITY", "بیمارستان مهر")).with_(
    relations=(*GOLD.relations[1:], Relation("AFFILIATED_WITH", "T5", "T2"))
)
CASES = make_cases([GOLD], [GUESS])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (1, "1 word"),
        (2, "2 words"),
        (3, "3 to 4 words"),
        (4, "3 to 4 words"),
        (7, "5 to 7 words"),
        (8, "8 words or more"),
    ],
)
def test_lengths(words: int, name: str) -> None:
    assert length_name(words) == name


def test_parts_add_up_to_the_whole() -> None:
    entities = compare([GOLD], [GUESS], FACTS["entities"])["all"]
    relations = compare([GOLD], [GUESS], FACTS["relations"])["all"]
    assert sum(by_length(CASES).values(), Score()) == entities
    assert sum(by_seen(CASES, seen_mentions([GOLD])).values(), Score()) == entities
    assert sum(by_distance(CASES).values(), Score()) == relations


def test_a_wrong_boundary_is_missed_under_one_length_and_spurious_under_another() -> None:
    found = by_length(CASES)
    assert found["3 to 4 words"] == Score(correct=2, predicted=2, gold=3)
    assert found["2 words"].predicted == found["2 words"].gold + 1


def test_seen_is_by_type_and_folded_words() -> None:
    arabic = Document("t", "رضا كاويانی", entities=(mention(1, "PERSON", "رضا كاويانی", "رضا كاويانی"),))
    found = by_seen(CASES, seen_mentions([arabic]))
    assert found["seen"] == Score(1, 1, 1)
    as_org = Document("t", "رضا کاویانی", entities=(mention(1, "ORG", "رضا کاویانی", "رضا کاویانی"),))
    assert "seen" not in by_seen(CASES, seen_mentions([as_org]))


def test_distance_is_counted_in_sentences() -> None:
    found = by_distance(CASES)
    assert found["next sentence"] == Score(correct=0, predicted=1, gold=0)
    assert found["same sentence"].gold == 5


def test_real_are_the_documents_that_are_not_ours() -> None:
    news = GOLD.with_(id="d2", meta={"collection": "news"})
    parts = by_collection(make_cases([GOLD, news], []))
    assert {name: [c.id for c in cases] for name, cases in parts.items()} == {
        "news": ["d2"], "own": ["d1"], "real": ["d2"],
    }  # fmt: skip
