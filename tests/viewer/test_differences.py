from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ssner.document import Document, Entity, Event, Filler, Relation, Value
from ssner.viewer.differences import Mark, align
from ssner.viewer.event_differences import align_events

from .pages import gold_of_opening, opening

TEXT = "الف" * 30


def document(*spans: tuple[str, str, int, int], relations: tuple[Relation, ...] = ()) -> Document:
    entities = tuple(Entity(name, kind, start, end, TEXT[start:end]) for name, kind, start, end in spans)
    return Document("d", TEXT, entities=entities, relations=relations)


def test_each_kind_of_difference_is_told() -> None:
    gold = document(
        ("A", "ORG", 0, 3), ("B", "ORG", 4, 8), ("C", "ORG", 10, 14), ("D", "ORG", 20, 24), ("E", "ORG", 30, 33)
    )
    predicted = document(
        ("a", "ORG", 0, 3), ("b", "PERSON", 4, 8), ("c", "ORG", 10, 13), ("d", "MONEY", 19, 24), ("f", "ORG", 40, 44)
    )
    marks = align(gold, predicted)
    assert marks.gold == {
        "A": Mark("right", "a"), "B": Mark("type", "b"), "C": Mark("boundary", "c"), "D": Mark("both", "d"),
        "E": Mark("missed"),
    }  # fmt: skip
    assert marks.predicted["f"] == Mark("spurious") and marks.predicted["d"] == Mark("both", "D")


def test_a_mention_split_in_two_has_one_counterpart_the_longer_one() -> None:
    marks = align(document(("A", "ORG", 0, 10)), document(("a", "ORG", 0, 3), ("b", "ORG", 4, 10)))
    assert marks.gold == {"A": Mark("boundary", "b")}
    assert marks.predicted == {"a": Mark("spurious"), "b": Mark("boundary", "A")}


@st.composite
def readings(draw: st.DrawFn) -> Document:
    edges = sorted(draw(st.sets(st.integers(0, 40), max_size=12)))
    spans = [
        (f"T{start}", draw(st.sampled_from(["ORG", "MONEY"])), start, end)
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    return document(*spans)


@given(readings(), readings())
def test_counterparts_are_one_to_one_and_none_is_left_where_two_overlap(gold: Document, predicted: Document) -> None:
    marks = align(gold, predicted)
    assert {a: m.other for a, m in marks.gold.items() if m.other} == {
        m.other: b for b, m in marks.predicted.items() if m.other
    }
    for ours in gold.entities:
        for theirs in predicted.entities:
            if ours.start < theirs.end and theirs.start < ours.end:
                assert marks.gold[ours.id].other or marks.predicted[theirs.id].other
    exact = {(e.type, e.start, e.end) for e in gold.entities} & {(e.type, e.start, e.end) for e in predicted.entities}
    assert sum(m.kind == "right" for m in marks.gold.values()) == len(exact)


def test_relations_are_right_only_with_right_ends() -> None:
    spans = (("A", "FACILITY", 0, 3), ("B", "FACILITY", 4, 8), ("C", "QUANTITY", 10, 14))
    gold = document(
        *spans,
        relations=(Relation("PART_OF", "A", "B"), Relation("PROGRESS", "A", "C"), Relation("REPORTS", "B", "C")),
    )
    predicted = document(
        ("A", "FACILITY", 0, 3), ("B", "FACILITY", 4, 7), ("C", "QUANTITY", 10, 14),
        relations=(Relation("PART_OF", "A", "B"), Relation("HAS_CAPACITY", "A", "C"), Relation("PART_OF", "B", "A")),
    )  # fmt: skip
    marks = align(gold, predicted)
    assert [m.kind for m in marks.gold_relations] == ["boundary", "type", "missed"]
    assert [m.kind for m in marks.predicted_relations] == ["boundary", "type", "spurious"]


def amount(entity: str, number: int) -> Filler:
    return Filler(entity, entity=entity, value=Value(number=Fraction(number), currency="IRR"))


def expenditure(name: str, payer: str, paid: Filler, status: str = "PLANNED") -> Event:
    roles = {"organization": (Filler(payer, canonical=payer),), "amount": (paid,)}
    return Event(name, "EXPENDITURE", roles, status)


def test_expenditures_are_one_only_where_their_amounts_are() -> None:
    base = document(("T1", "MONEY", 0, 3), ("T2", "MONEY", 5, 8))
    gold = base.with_(events=(expenditure("E1", "بهزیستی", amount("T1", 5)),))
    other = base.with_(events=(expenditure("E1", "بهزیستی", amount("T2", 7)),))
    ours, theirs = align_events(gold, other, align(gold, other))
    assert ours["E1"].kind == "missed" and theirs["E1"].kind == "spurious"


def test_an_event_with_another_status_and_value_differs_in_these() -> None:
    base = document(("T1", "MONEY", 0, 3))
    gold = base.with_(events=(expenditure("E1", "بهزیستی", amount("T1", 5)),))
    other = base.with_(events=(expenditure("E7", "بهزيستي", amount("T1", 50), "COMPLETED"),))
    ours, theirs = align_events(gold, other, align(gold, other))
    assert ours["E1"].kind == "differs" and ours["E1"].other == "E7" and ours["E1"].unlike == ("status",)
    assert ours["E1"].alone == {("amount", 0)} == theirs["E7"].alone


def test_equal_events_are_right_whatever_their_ids() -> None:
    document = opening()
    events = tuple(replace(e, id=f"X{e.id}") for e in document.events)
    ours, _ = align_events(document, document.with_(events=events), align(document, document))
    assert {m.kind for m in ours.values()} == {"right"} and ours["E1"].other == "XE1"


def test_works_of_another_type_are_still_counterparts() -> None:
    gold, predicted = gold_of_opening(), opening()
    works = next(e for e in gold.events if e.type == "CONSTRUCTION")
    changed = gold.with_(events=(replace(works, type="EXPANSION"),))
    ours, _ = align_events(changed, predicted, align(changed, predicted))
    assert ours[works.id].kind == "differs" and "type" in ours[works.id].unlike
