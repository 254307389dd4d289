from __future__ import annotations

import pytest

from ssner.document import Document, Entity
from ssner.evaluation.alignment import align_mentions, boundary_errors, confusion
from ssner.evaluation.cases import make_cases

TEXT = "یک دو سه چهار پنج شش هفت هشت"


def span(kind: str, first: int, last: int, number: int = 1) -> Entity:
    """Words `first` to `last` (half-open) of the text."""
    words = TEXT.split(" ")
    start = len(" ".join(words[:first])) + bool(first)
    text = " ".join(words[first:last])
    return Entity(f"T{number}", kind, start, start + len(text), text)


def documents(gold: list[Entity], predicted: list[Entity]) -> tuple[Document, Document]:
    return Document("d", TEXT, entities=tuple(gold)), Document("d", TEXT, entities=tuple(predicted))


@pytest.mark.parametrize(
    ("gold", "predicted", "kinds"),
    [
        ([span("ORG", 0, 2)], [span("ORG", 0, 2)], ["right"]),
        ([span("ORG", 0, 2)], [span("PERSON", 0, 2)], ["type"]),
        ([span("ORG", 0, 2)], [span("ORG", 0, 3)], ["boundary"]),
        ([span("ORG", 0, 2)], [span("PERSON", 1, 3)], ["boundary and type"]),
        ([span("ORG", 0, 2)], [], ["missed"]),
        ([], [span("ORG", 0, 2)], ["spurious"]),
        ([span("ORG", 0, 2), span("ORG", 2, 3, 2)], [span("ORG", 0, 3)], ["boundary", "merged"]),
        ([span("ORG", 0, 3)], [span("ORG", 0, 2), span("ORG", 2, 3, 2)], ["boundary", "split"]),
    ],
)
def test_kinds(gold: list[Entity], predicted: list[Entity], kinds: list[str]) -> None:
    assert [p.kind for p in align_mentions(*documents(gold, predicted))] == kinds


def test_the_same_type_goes_before_a_greater_overlap() -> None:
    gold = [span("ORG", 0, 4)]
    predicted = [span("PERSON", 0, 3), span("ORG", 3, 5, 2)]
    (pair, _) = sorted(align_mentions(*documents(gold, predicted)), key=lambda p: p.kind)
    assert (pair.kind, pair.predicted) == ("boundary", predicted[1])


def test_every_mention_stands_in_one_pairing() -> None:
    gold = [span("ORG", 0, 2, 1), span("MONEY", 3, 5, 2), span("PERSON", 6, 7, 3)]
    predicted = [span("ORG", 1, 4, 1), span("MONEY", 4, 5, 2), span("ORG", 7, 8, 3)]
    pairs = align_mentions(*documents(gold, predicted))
    assert [p.gold for p in pairs if p.gold] == gold
    assert sorted(p.predicted.id for p in pairs if p.predicted) == ["T1", "T2", "T3"]


def test_confusion_counts_both_sides_and_nothing() -> None:
    gold = [span("ORG", 0, 2, 1), span("FACILITY", 3, 5, 2)]
    predicted = [span("PERSON", 0, 2, 1), span("MONEY", 6, 7, 2)]
    counts = confusion(make_cases(*([d] for d in documents(gold, predicted))))
    assert counts["ORG"]["PERSON"] == counts["FACILITY"]["nothing"] == counts["nothing"]["MONEY"] == 1
    assert sum(sum(row.values()) for row in counts.values()) == 3


@pytest.mark.parametrize(
    ("predicted", "edges"),
    [
        (span("ORG", 2, 5), {"last edge too late": 1, "too long": 1}),
        (span("ORG", 1, 4), {"first edge too early": 1, "too long": 1}),
        (span("ORG", 2, 3), {"last edge too early": 1, "too short": 1}),
        (span("ORG", 3, 4), {"first edge too late": 1, "too short": 1}),
        (span("ORG", 3, 5), {"first edge too late": 1, "last edge too late": 1, "shifted": 1}),
    ],
)
def test_boundaries(predicted: Entity, edges: dict[str, int]) -> None:
    cases = make_cases(*([d] for d in documents([span("ORG", 2, 4)], [predicted])))
    assert boundary_errors(cases) == {"all": {"pairs": 1, **edges}, "ORG": {"pairs": 1, **edges}}
