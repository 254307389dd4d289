from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.document import Canonical, Document, DocumentError, Entity, Event, Filler, Relation, Value, format_number
from ssner.json_schema import document_schema

TEXT = "درمانگاه شهدای میبد با ۹۰ میلیارد ریال ساخته شد."
MONEY = Value(bound="at_least", number=Fraction(90_000_000_000), currency="IRR", written_as="ریال")


def example() -> Document:
    clinic = Entity("T1", "FACILITY", 0, 19, TEXT[0:19], 0.9, "C1", "CONSTRUCTION", "COMPLETED")
    cost = Entity("T2", "MONEY", 23, 39, TEXT[23:39], 0.99, value=MONEY)
    roles = {"facility": (Filler(clinic.text, canonical="C1"),), "cost": (Filler(cost.text, entity="T2", value=MONEY),)}
    event = Event("E1", "CONSTRUCTION", roles, "COMPLETED", (Filler("ناقوسی", canonical="C1"),), ((0, 49),), 0.9)
    canonical = Canonical("C1", "FACILITY", clinic.text, ("T1",))
    return Document("d", TEXT, {"n": 1}, (clinic, cost), (Relation("COSTS", "T1", "T2", 0.8),), (event,), (canonical,))


def test_json_is_lossless() -> None:
    document = example()
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document


def test_json_is_what_the_published_schema_says() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(document_schema())
    validator = jsonschema.Draft202012Validator(document_schema())
    validator.validate(example().to_json())
    broken = example().to_json()
    broken["entities"][0]["type"] = "HOSPITAL"
    assert not validator.is_valid(broken)


@given(st.fractions())
def test_numbers_are_written_exactly(number: Fraction) -> None:
    assert Fraction(format_number(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [(Fraction(448), "448"), (Fraction(63, 5), "12.6"), (Fraction(1, 3), "1/3"), (Fraction(-1, 8), "-0.125")],
)
def test_number_format(number: Fraction, written: str) -> None:
    assert format_number(number) == written


def test_ranges_and_unread_values_round_trip() -> None:
    for value in (
        Value(bound="range", low=Fraction(2), high=Fraction(3), unit="نفر", kind="count"),
        Value(reason="no number can be read", currency="IRR", written_as="تومان"),
    ):
        assert Value.from_json(value.to_json()) == value


@pytest.mark.parametrize(
    "make",
    [
        lambda: Value(bound="perhaps", number=Fraction(1)),
        lambda: Value(kind="weight", number=Fraction(1)),
        lambda: Value(low=Fraction(1)),
        lambda: Value(),
        lambda: Entity("T1", "PLACE", 0, 1, "ا"),
        lambda: Entity("T1", "ORG", 3, 3, ""),
        lambda: Relation("LIKES", "T1", "T2"),
        lambda: Entity("T1", "ORG", 0, 1, "ا", status="DONE"),
        lambda: Document.from_json({"id": 5, "text": None}),
        lambda: Filler("هیچ"),
        lambda: Event("E1", "AGREEMENT", {"cost": ()}),
        lambda: Document("d", "متن", entities=(Entity("T1", "ORG", 0, 2, "نه"),)),
        lambda: Document("d", "متن", relations=(Relation("FUNDS", "T1", "T2"),)),
        lambda: Document("d", "متن", entities=(Entity("T1", "ORG", 0, 1, "م"), Entity("T1", "ORG", 1, 2, "ت"))),
        lambda: Document.from_json({"id": "x"}),
        lambda: Value.from_json({"number": "12x", "kind": "count"}),
    ],
)
def test_what_does_not_hold_together_is_refused(make: object) -> None:
    with pytest.raises(DocumentError):
        make()  # type: ignore[operator]
