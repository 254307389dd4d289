from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from ssner.document import Document, Entity, Filler, Relation, Value
from ssner.evaluation.events import score_events
from ssner.evaluation.things import value_key
from ssner.events import assemble

pytest.importorskip("scipy")

TEXT = "درمانگاه نور با ۹۰ میلیارد ریال و ۱۲ تخت باز شد. بیمه سلامت ۵ میلیارد تومان داد."


def document() -> Document:
    mentions = [
        ("FACILITY", "درمانگاه نور", "CONSTRUCTION"),
        ("MONEY", "۹۰ میلیارد ریال", None),
        ("QUANTITY", "۱۲ تخت", None),
        ("ORG", "بیمه سلامت", None),
        ("MONEY", "۵ میلیارد تومان", None),
    ]
    entities = tuple(
        Entity(f"T{n}", kind, (start := TEXT.index(words)), start + len(words), words, event=event, status="COMPLETED")
        for n, (kind, words, event) in enumerate(mentions, 1)
    )
    relations = (
        Relation("COSTS", "T1", "T2"),
        Relation("HAS_CAPACITY", "T1", "T3"),
        Relation("FUNDS", "T4", "T5"),
    )
    return assemble(Document("d", TEXT, entities=entities, relations=relations))


def test_a_perfect_prediction_under_other_names_is_perfect() -> None:
    gold = document()
    names = {"C1": "C9", "C2": "C8"}

    def renamed(filler: Filler) -> Filler:
        return replace(filler, canonical=names.get(filler.canonical or ""))

    other = gold.with_(
        canonical=tuple(replace(c, id=names[c.id]) for c in gold.canonical),
        entities=tuple(replace(e, canonical=names.get(e.canonical or "")) for e in gold.entities),
        events=tuple(
            replace(e, roles={role: tuple(map(renamed, fillers)) for role, fillers in e.roles.items()})
            for e in gold.events
        ),
    )
    scores = score_events([(gold, other)])
    assert all(score.f1 == 1.0 for score in scores.values())
    assert scores["roles_attached"].gold == 5 and scores["events_whole"].gold == 2


def test_a_wrong_value_and_a_missing_event_cost_what_they_should() -> None:
    gold = document()
    works = gold.events[0]
    wrong = replace(works.roles["cost"][0], value=Value(number=Fraction(9), currency="IRR"))
    predicted = gold.with_(events=(replace(works, roles={**works.roles, "cost": (wrong,)}),))
    scores = score_events([(gold, predicted)])
    roles = scores["roles_attached"]
    assert (roles.correct, roles.predicted, roles.gold) == (2, 3, 5)
    assert scores["events_whole"].correct == 0
    assert scores["roles_attached/EXPENDITURE"].gold == 2 and scores["roles_attached/EXPENDITURE"].correct == 0


def test_fillers_in_the_wrong_event_count_only_unattached() -> None:
    gold = document()
    works = gold.events[0]
    facility = {"facility": works.roles["facility"]}
    parts = tuple(
        replace(works, id=f"E{n}", roles=facility | {name: works.roles[name]})
        for n, name in enumerate(("cost", "capacity"))
    )
    scores = score_events([(gold, gold.with_(events=(*parts, gold.events[1])))])
    assert scores["roles_unattached"].correct == 5
    assert scores["roles_attached"].correct == 4


def test_values_are_compared_as_numbers_and_unread_ones_by_their_words() -> None:
    half = Value(number=Fraction(1, 2), unit="متر مربع", kind="area")
    assert value_key(half, "نیم متر مربع") == value_key(replace(half, unit="مترمربع", bound="about"), "۰.۵ مترمربع")
    assert value_key(half, "") != value_key(replace(half, number=Fraction(1)), "")
    unread = Value(reason="vague", currency="IRR")
    assert (
        value_key(unread, "میلیاردها تومان") == value_key(None, "میلیاردها  تومان") != value_key(unread, "دهها تومان")
    )


def test_officials_count_as_a_role() -> None:
    gold = document()
    official = Filler("نوری", canonical="C1")
    predicted = gold.with_(events=(replace(gold.events[0], officials=(official,)), gold.events[1]))
    assert score_events([(gold, predicted)])["roles_attached"].predicted == 6
