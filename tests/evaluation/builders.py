"""Small documents for tests, written out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ssner.document import Canonical, Document, Entity, Event, Filler, Relation, Value

TEXT = (
    "سازمان تأمین اجتماعی بیمارستان مهر شیراز را با ۹۰ میلیارد ریال و ۲۰۰ تخت ساخت.\n"
    "رضا کاویانی، مدیر این بیمارستان، گفت: بیمارستان مهر ۴۰ پزشک دارد."
)


def mention(number: int, kind: str, words: str, text: str = TEXT, nth: int = 0, **fields: object) -> Entity:
    """The nth place of some words in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Entity(f"T{number}", kind, start, start + len(words), words, **fields)  # type: ignore[arg-type]  # of many types


MONEY = Value(number=Fraction(90_000_000_000), currency="IRR", written_as="ریال")
BEDS = Value(number=Fraction(200), unit="تخت", kind="count")
DOCTORS = Value(number=Fraction(40), unit="پزشک", kind="count")

ORG = mention(1, "ORG", "سازمان تأمین اجتماعی", canonical="C1")
HOSPITAL = mention(
    2, "FACILITY", "بیمارستان مهر شیراز", canonical="C2", event="CONSTRUCTION", status="COMPLETED"
)  # fmt: skip
COST = mention(3, "MONEY", "۹۰ میلیارد ریال", value=MONEY)
CAPACITY = mention(4, "QUANTITY", "۲۰۰ تخت", value=BEDS)
PERSON = mention(5, "PERSON", "رضا کاویانی", canonical="C3")
THIS_HOSPITAL = mention(6, "FACILITY", "این بیمارستان", canonical="C2")
SHORT_HOSPITAL = mention(7, "FACILITY", "بیمارستان مهر", nth=1, canonical="C2", status="COMPLETED")
STAFF = mention(8, "QUANTITY", "۴۰ پزشک", value=DOCTORS)

GOLD = Document(
    "d1", TEXT, {"collection": "own", "source": "seeds/"},
    entities=(ORG, HOSPITAL, COST, CAPACITY, PERSON, THIS_HOSPITAL, SHORT_HOSPITAL, STAFF),
    relations=(
        Relation("OPERATED_BY", "T2", "T1"), Relation("COSTS", "T2", "T3"), Relation("HAS_CAPACITY", "T2", "T4"),
        Relation("AFFILIATED_WITH", "T5", "T6"), Relation("REPORTS", "T7", "T8"),
    ),
    canonical=(
        Canonical("C1", "ORG", ORG.text, ("T1",)), Canonical("C2", "FACILITY", HOSPITAL.text, ("T2", "T6", "T7")),
        Canonical("C3", "PERSON", PERSON.text, ("T5",)),
    ),
    events=(
        Event("E1", "CONSTRUCTION", {
            "facility": (Filler(HOSPITAL.text, canonical="C2"),), "operator": (Filler(ORG.text, canonical="C1"),),
            "cost": (Filler(COST.text, entity="T3", value=MONEY),),
            "capacity": (Filler(CAPACITY.text, entity="T4", value=BEDS),),
        }, "COMPLETED", officials=(Filler(PERSON.text, canonical="C3"),)),
        Event("E2", "SERVICE", {
            "provider": (Filler(HOSPITAL.text, canonical="C2"),),
            "quantity": (Filler(STAFF.text, entity="T8", value=DOCTORS),),
        }, "COMPLETED", officials=(Filler(PERSON.text, canonical="C3"),)),
    ),
)  # fmt: skip


def replaced(document: Document, *changed: Entity) -> Document:
    """The document with some of its mentions changed (by id)."""
    new = {e.id: e for e in changed}
    return document.with_(entities=tuple(new.get(e.id, e) for e in document.entities))


def confident(document: Document, entities: float = 0.9, relations: float = 0.8, events: float = 0.7) -> Document:
    """The document with the same confidence for all of a kind."""
    return document.with_(
        entities=tuple(replace(e, confidence=entities) for e in document.entities),
        relations=tuple(replace(r, confidence=relations) for r in document.relations),
        events=tuple(replace(e, confidence=events) for e in document.events),
    )
