from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from ssner.corpus.store import load_documents
from ssner.document import Document, Entity, Relation
from ssner.events import assemble
from ssner.events.assembly import explain
from ssner.events.gathering import statements
from ssner.events.merging import merge_drafts
from ssner.text import segment

from ..conftest import ROOT


def make(text: str, mentions: list[tuple], relations: list[tuple[str, str, str]]) -> Document:
    """A document of (type, words, attributes) mentions, found left to right, and (type, head, tail) relations."""
    entities, at = [], 0
    for number, (kind, words, *rest) in enumerate(mentions, 1):
        start = text.index(words, at)
        at = start + len(words)
        entities.append(Entity(f"T{number}", kind, start, at, words, **(rest[0] if rest else {})))
    return Document("d", text, entities=tuple(entities), relations=tuple(Relation(*r) for r in relations))


DONE = {"event": "CONSTRUCTION", "status": "COMPLETED"}
DONE_STATUS = {"status": "COMPLETED"}


def test_works_with_cost_capacity_and_official() -> None:
    document = assemble(
        make(
            "درمانگاه نور میبد با ۹۰ میلیارد ریال و ۱۲ تخت باز شد. حسن نوری، مدیر درمانگاه نور میبد، آمد.",
            [("FACILITY", "درمانگاه نور میبد", DONE), ("MONEY", "۹۰ میلیارد ریال"), ("QUANTITY", "۱۲ تخت"),
             ("PERSON", "حسن نوری"), ("FACILITY", "درمانگاه نور میبد")],
            [("COSTS", "T1", "T2"), ("HAS_CAPACITY", "T1", "T3"), ("AFFILIATED_WITH", "T4", "T5")],
        )
    )  # fmt: skip
    (event,) = document.events
    assert (event.type, event.status) == ("CONSTRUCTION", "COMPLETED")
    assert event.roles["cost"][0].value.number == 90 * 10**9
    assert event.roles["capacity"][0].value.unit == "تخت"
    assert [o.text for o in event.officials] == ["حسن نوری"]


def test_headline_and_body_that_tell_one_event_give_one_with_the_furthest_status() -> None:
    document = assemble(
        make(
            "افتتاح درمانگاه نور میبد\n\nدرمانگاه نور میبد باز شد.",
            [("FACILITY", "درمانگاه نور میبد", {"event": "CONSTRUCTION", "status": "PLANNED"}),
             ("FACILITY", "درمانگاه نور میبد", DONE)],
            [],
        )
    )  # fmt: skip
    (event,) = document.events
    assert event.status == "COMPLETED"
    assert len(event.evidence) == 2


def test_figures_that_differ_give_two_events() -> None:
    document = assemble(
        make(
            "بیمه سلامت ۵ میلیارد تومان داد. بیمه سلامت ۷ میلیارد تومان داد.",
            [("ORG", "بیمه سلامت", {"status": "COMPLETED"}), ("MONEY", "۵ میلیارد تومان"),
             ("ORG", "بیمه سلامت", {"status": "COMPLETED"}), ("MONEY", "۷ میلیارد تومان")],
            [("FUNDS", "T1", "T2"), ("FUNDS", "T3", "T4")],
        )
    )  # fmt: skip
    assert [e.type for e in document.events] == ["EXPENDITURE", "EXPENDITURE"]


def test_the_same_figure_twice_is_one_event() -> None:
    document = assemble(
        make(
            "بیمه سلامت ۵ میلیارد تومان داد. بیمه سلامت پنج میلیارد تومان داد.",
            [("ORG", "بیمه سلامت", {"status": "COMPLETED"}), ("MONEY", "۵ میلیارد تومان"),
             ("ORG", "بیمه سلامت", {"status": "COMPLETED"}), ("MONEY", "پنج میلیارد تومان")],
            [("FUNDS", "T1", "T2"), ("FUNDS", "T3", "T4")],
        )
    )  # fmt: skip
    assert len(document.events) == 1


def test_change_of_a_statistic() -> None:
    document = assemble(
        make(
            "بخش دیالیز ۷۸۰ جلسه داشت که پیش‌تر ۴۱۰ جلسه بود، ۹۰ درصد رشد.",
            [("FACILITY", "بخش دیالیز", {"status": "COMPLETED"}), ("QUANTITY", "۷۸۰ جلسه"), ("QUANTITY", "۴۱۰ جلسه"),
             ("QUANTITY", "۹۰ درصد")],
            [("REPORTS", "T1", "T2"), ("CHANGED_FROM", "T2", "T3"), ("CHANGE_BY", "T2", "T4")],
        )
    )  # fmt: skip
    (event,) = document.events
    assert {name: fillers[0].text for name, fillers in event.roles.items()} == {
        "provider": "بخش دیالیز", "quantity": "۷۸۰ جلسه", "previous_quantity": "۴۱۰ جلسه", "change": "۹۰ درصد",
    }  # fmt: skip


def test_a_cost_without_works_makes_no_event() -> None:
    mentions = [("FACILITY", "درمانگاه نور"), ("MONEY", "۵ میلیارد تومان")]
    document = make("درمانگاه نور ۵ میلیارد تومان می‌ارزد.", mentions, [("COSTS", "T1", "T2")])
    assert assemble(document).events == ()


@pytest.mark.parametrize(
    ("text", "mentions", "groups"),
    [
        ("مهدی ناقوسی آمد. ناقوسی گفت.", [("PERSON", "مهدی ناقوسی"), ("PERSON", "ناقوسی")], [["T1", "T2"]]),
        (
            "سازمان تأمین اجتماعی و تامین اجتماعی",
            [("ORG", "سازمان تأمین اجتماعی"), ("ORG", "تامین اجتماعی")],
            [["T1", "T2"]],
        ),
        (
            "بیمارستان نور، درمانگاه مهر و این بیمارستان",
            [("FACILITY", "بیمارستان نور"), ("FACILITY", "درمانگاه مهر"), ("FACILITY", "این بیمارستان")],
            [["T1", "T3"], ["T2"]],
        ),
        ("حسن نوری و علی نوری", [("PERSON", "حسن نوری"), ("PERSON", "علی نوری")], [["T1"], ["T2"]]),
        (
            "علی رضایی گفت. رضایی رفت. محسن رضایی آمد. رضایی ماند.",
            [("PERSON", "علی رضایی"), ("PERSON", "رضایی"), ("PERSON", "محسن رضایی"), ("PERSON", "رضایی")],
            [["T1", "T2"], ["T3", "T4"]],
        ),
        ("شاپور سعدی‌نژاد و سعدی نژاد", [("PERSON", "شاپور سعدی‌نژاد"), ("PERSON", "سعدی نژاد")], [["T1", "T2"]]),
        (
            "اداره کل بهزیستی فارس و اداره‌کل بهزیستی فارس",
            [("ORG", "اداره کل بهزیستی فارس"), ("ORG", "اداره‌کل بهزیستی فارس")],
            [["T1", "T2"]],
        ),
        (
            "این بیمارستان و این بیمارستان",
            [("FACILITY", "این بیمارستان"), ("FACILITY", "این بیمارستان")],
            [["T1", "T2"]],
        ),
    ],
)
def test_canonical_entities(text: str, mentions: list, groups: list[list[str]]) -> None:
    document = assemble(make(text, mentions, []))
    assert [list(c.mentions) for c in document.canonical] == groups


def test_gold_documents_give_events_that_survive_json() -> None:
    count = 0
    for document in load_documents(ROOT, ROOT, collections=("own",)):
        made = assemble(document)
        count += len(made.events)
        assert Document.from_json(json.loads(json.dumps(made.to_json()))) == made
        assert assemble(document) == made
    assert count > 100


def test_a_size_inside_the_facilitys_own_name_is_its_capacity() -> None:
    document = assemble(
        make("بیمارستان ۵۰۰ تختخوابی اصفهان باز شد.", [("FACILITY", "بیمارستان ۵۰۰ تختخوابی اصفهان", DONE)], [])
    )
    (capacity,) = document.events[0].roles["capacity"]
    assert (capacity.text, capacity.value.number, capacity.value.unit) == ("۵۰۰ تختخوابی", 500, "تختخواب")


def test_a_size_in_a_later_name_is_told_by_that_mention() -> None:
    text = "درمانگاه نور باز شد.\nدرمانگاه ۳۰ تختخوابی نور هم رایگان است."
    (event,) = assemble(
        make(text, [("FACILITY", "درمانگاه نور", DONE), ("FACILITY", "درمانگاه ۳۰ تختخوابی نور")], [])
    ).events
    (capacity,) = event.roles["capacity"]
    assert capacity.entity == "T2" and len(event.evidence) == 2


def test_beds_and_an_area_are_of_one_event() -> None:
    document = assemble(
        make(
            "بیمارستان نور با ۵۰۰ تخت باز شد. این بیمارستان با ۲۰ هزار مترمربع ساخته شد.",
            [("FACILITY", "بیمارستان نور", DONE), ("QUANTITY", "۵۰۰ تخت"), ("FACILITY", "این بیمارستان", DONE),
             ("QUANTITY", "۲۰ هزار مترمربع")],
            [("HAS_CAPACITY", "T1", "T2"), ("HAS_CAPACITY", "T3", "T4")],
        )
    )  # fmt: skip
    (event,) = document.events
    assert len(event.roles["capacity"]) == 2


def test_one_party_makes_no_agreement() -> None:
    mentions = [("ORG", "سازمان بهزیستی", {"status": "COMPLETED"}), ("ORG", "بهزیستی")]
    document = make("سازمان بهزیستی و بهزیستی", mentions, [("COOPERATES_WITH", "T1", "T2")])
    assert assemble(document).events == ()


def calls_of(function: Callable[[], object]) -> int:
    """How many Python functions are called within."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def test_work_does_not_grow_with_the_square() -> None:
    """Twice the statements of twice the bodies: twice the comparisons of statements, not four times."""

    def events_of(bodies: int) -> Document:
        names = [f"بهزیستی {'ابپتثجچحخد'[n // 10]}{'رزژسشصضطظع'[n % 10]}" for n in range(bodies)]
        text = "".join(f"{name} به ۱۲ نفر وام داد. " for name in names)
        mentions = [mention for name in names for mention in (("ORG", name, DONE_STATUS), ("QUANTITY", "۱۲ نفر"))]
        return make(text, mentions, [("REPORTS", f"T{2 * n + 1}", f"T{2 * n + 2}") for n in range(bodies)])

    def merging(bodies: int) -> int:
        document = explain(events_of(bodies)).document
        assert len(document.events) == bodies
        segmented = segment(document.text)
        drafts = statements(document, segmented)
        return calls_of(lambda: merge_drafts(drafts))

    assert merging(80) < 3 * merging(40)


def test_each_quantity_of_a_provider_is_an_event_of_its_own() -> None:
    document = assemble(
        make(
            "بهزیستی فارس ۱۲ نفر و ۵ مرکز و دوازده نفر دارد.",
            [("ORG", "بهزیستی فارس", {"status": "COMPLETED"}), ("QUANTITY", "۱۲ نفر"), ("QUANTITY", "۵ مرکز"),
             ("QUANTITY", "دوازده نفر")],
            [("REPORTS", "T1", "T2"), ("REPORTS", "T1", "T3"), ("REPORTS", "T1", "T4")],
        )
    )  # fmt: skip
    assert [e.roles["quantity"][0].text for e in document.events] == ["۱۲ نفر", "۵ مرکز"]
