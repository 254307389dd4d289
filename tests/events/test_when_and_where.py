from __future__ import annotations

import pytest

from ssner.document import Document, Entity, Relation
from ssner.events import assemble
from ssner.events.places import gazetteer, places_of
from ssner.text import fold, words_of


def document(text: str, *mentions: tuple[str, str], meta: dict[str, str] | None = None) -> Document:
    entities = []
    for number, (kind, words) in enumerate(mentions, 1):
        start = text.index(words)
        event, status = ("CONSTRUCTION", "COMPLETED") if kind == "FACILITY" else (None, None)
        entities.append(
            Entity(f"T{number}", kind, start, start + len(words), words, event=event, status=status or "COMPLETED")
        )
    return Document("d", text, meta=meta or {}, entities=tuple(entities))


def test_an_event_has_the_date_of_its_sentence() -> None:
    text = "درمانگاه نور نهاوند هفتم اسفند افتتاح شد.\nاین خبر دهم اسفند منتشر شد."
    event = assemble(document(text, ("FACILITY", "درمانگاه نور نهاوند"), meta={"date": "1402-12-10"})).events[0]
    assert event.date is not None and (event.date.text, event.date.jalali) == ("هفتم اسفند", "1402-12-07")
    assert text[event.date.start : event.date.end] == event.date.text
    assert event.province == "همدان"


def test_a_date_inside_a_name_is_none() -> None:
    event = assemble(document("بیمارستان ۲۲ بهمن مشهد افتتاح شد.", ("FACILITY", "بیمارستان ۲۲ بهمن مشهد"))).events[0]
    assert event.date is None and event.province == "خراسان رضوی"


def test_two_provinces_settle_none() -> None:
    text = "درمانگاه نور افتتاح شد، خبری که از اهواز به تبریز رسید."
    assert assemble(document(text, ("FACILITY", "درمانگاه نور"))).events[0].province is None


def test_the_organisation_names_the_province() -> None:
    text = "بهزیستی استان یزد ۲۰ میلیارد تومان پرداخت کرد، گزارش از تهران."
    found = document(text, ("ORG", "بهزیستی استان یزد"), ("MONEY", "۲۰ میلیارد تومان"))
    event = assemble(found.with_(relations=(Relation("FUNDS", "T1", "T2"),))).events[0]
    assert event.type == "EXPENDITURE" and event.province == "یزد"


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("بندرعباس", ["هرمزگان"]),
        ("بندر عباس", ["هرمزگان"]),
        ("در خرم‌آباد و پلدختر", ["لرستان", "لرستان"]),
        ("استان چهارمحال و بختیاری", ["چهارمحال و بختیاری"]),
        ("شهرستان نور", ["مازندران"]),
        ("چراغ نور روشن شد", []),
        ("آذربایجان شرقی", ["آذربایجان شرقی"]),
        ("یاسوج", ["کهگیلویه و بویراحمد"]),
    ],
)
def test_places(text: str, provinces: list[str]) -> None:
    assert [province for _, _, province in places_of(words_of(fold(text)))] == provinces


def test_the_gazetteer_knows_all_provinces() -> None:
    assert len({province for province, _ in gazetteer().values()}) == 31
