from __future__ import annotations

import pytest

from .builders import assembled as events

DONE = {"event": "CONSTRUCTION", "status": "COMPLETED"}
UNDER_WAY = {"event": "CONSTRUCTION", "status": "ONGOING"}


def reports(text: str, *quantities: str) -> list[list[str]]:
    """Quantities of each event; the provider stands first in the text."""
    provider = text.split()[0]
    mentions: list[tuple] = [("ORG", provider, {"status": "COMPLETED"})]
    relations = []
    for number, words in enumerate(quantities, 2):
        mentions.append(("QUANTITY", words))
        relations.append(("REPORTS", "T1", f"T{number}"))
    return [[f.text for f in e.roles["quantity"]] for e in events(text, mentions, relations)]


@pytest.mark.parametrize(
    ("text", "quantities", "count"),
    [
        ("بهزیستی ۱۴ تخلف دید.\nچهارده مورد تخلف بود.", ("۱۴ تخلف", "چهارده مورد"), 1),
        ("اورژانس ۵ دستگاه آمبولانس دارد.\n۵ آمبولانس آمد.", ("۵ دستگاه", "۵ آمبولانس"), 1),
        ("بهزیستی ۸ مرکز دارد.\nهشت مرکز باز است.", ("۸ مرکز", "هشت مرکز"), 1),
        ("بهزیستی ۱۰ کارگزاری اقماری و ۱۰ کارگزاری جایگزین دارد.", ("۱۰ کارگزاری", "۱۰ کارگزاری"), 2),
        ("بهزیستی دو نفر را برد.\nدو نفر دیگر ماندند.", ("دو نفر", "دو نفر"), 2),
        ("بهزیستی ۸۰ درصد ناوگان را نو کرد.\nپوشش حوادث ۸۰ درصد است.", ("۸۰ درصد", "۸۰ درصد"), 2),
        ("بهزیستی ۸۰ درصد ناوگان را نو کرد.\nنوسازی ناوگان ۸۰ درصد است.", ("۸۰ درصد", "۸۰ درصد"), 1),
        ("بهزیستی ۸ مرکز دارد.\n۸ نفر آمدند.", ("۸ مرکز", "۸ نفر"), 2),
        ("بهزیستی ۴۰۰ نفر معلول را برد.\nهمچنین ۴۰۰ نفر سالمند وام گرفتند.", ("۴۰۰ نفر", "۴۰۰ نفر"), 2),
        ("بهزیستی ۴۰۰ نفر معلول را برد.\n۴۰۰ نفر بیمه شدند.", ("۴۰۰ نفر", "۴۰۰ نفر"), 1),
        ("بهزیستی ۴ دستگاه آمبولانس دارد.\n۴ دستگاه اتوبوس هم خرید.", ("۴ دستگاه", "۴ دستگاه"), 2),
        ("بهزیستی ۴ دستگاه آمبولانس دارد.\n۴ دستگاه نصب شد.", ("۴ دستگاه", "۴ دستگاه"), 1),
        ("بهزیستی ۳۵ مرکز توانبخشی دارد.\n۳۵ مرکز توانبخشی دیگر می‌سازد.", ("۳۵ مرکز", "۳۵ مرکز"), 2),
        ("بهزیستی ۳۵ مرکز دارد.\n۳۵ مرکز در شهرهای دیگر هم دیده شد.", ("۳۵ مرکز", "۳۵ مرکز"), 1),
        ("بهزیستی ۳۵ مرکز شبانه دارد.\nاو ۳۵ مرکز روزانه را دید.", ("۳۵ مرکز", "۳۵ مرکز"), 2),
        ("بهزیستی ۲۵ مدرسه دارد.\n۲۵ مدرس آمدند.", ("۲۵ مدرسه", "۲۵ مدرس"), 2),
        ("بهزیستی ۲۵ کارگزاری دارد.\n۲۵ کارگزار آمدند.", ("۲۵ کارگزاری", "۲۵ کارگزار"), 2),
    ],
)
def test_the_same_number_twice(text: str, quantities: tuple[str, ...], count: int) -> None:
    found = reports(text, *quantities)
    assert len(found) == count
    assert all(len(fillers) == 1 for fillers in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("بهزیستی ۶ میلیارد تومان داد.\nبهزیستی ۶ میلیارد تومان دیگر هم می‌دهد.", 2),
        ("بهزیستی ۶ میلیارد تومان داد.\nبهزیستی ۶ میلیارد تومان برای کار دیگر نداد.", 1),
        ("بهزیستی ۶ میلیارد تومان وام داد.\nبهزیستی ۶ میلیارد تومان تسهیلات داد.", 1),
        ("بهزیستی ۶ میلیارد تومان وام و بهزیستی ۶ میلیارد تومان کمک داد.", 2),
    ],
)
def test_the_same_amount_twice(text: str, count: int) -> None:
    mentions: list[tuple] = [("ORG", "بهزیستی"), ("MONEY", "۶ میلیارد تومان")] * 2
    assert len(events(text, mentions, [("FUNDS", "T1", "T2"), ("FUNDS", "T3", "T4")])) == count


def test_costs_of_one_work_add_up() -> None:
    (event,) = events(
        "درمانگاه نور ۵ میلیارد تومان برد.\nبرای درمانگاه نور ۳ میلیارد تومان دیگر می‌دهند.",
        [
            ("FACILITY", "درمانگاه نور", UNDER_WAY),
            ("MONEY", "۵ میلیارد تومان"),
            ("FACILITY", "درمانگاه نور", {"event": "CONSTRUCTION", "status": "PLANNED"}),
            ("MONEY", "۳ میلیارد تومان"),
        ],
        [("COSTS", "T1", "T2"), ("COSTS", "T3", "T4")],
    )
    assert [f.text for f in event.roles["cost"]] == ["۵ میلیارد تومان", "۳ میلیارد تومان"]


@pytest.mark.parametrize(("status", "count"), [("PLANNED", 2), ("COMPLETED", 1)])
def test_works_done_and_works_to_come_with_other_costs_are_two(status: str, count: int) -> None:
    found = events(
        "درمانگاه نور ۵ میلیارد تومان برد.\nدرمانگاه نور ۳ میلیارد تومان می‌خواهد.",
        [
            ("FACILITY", "درمانگاه نور", DONE),
            ("MONEY", "۵ میلیارد تومان"),
            ("FACILITY", "درمانگاه نور", {"event": "CONSTRUCTION", "status": status}),
            ("MONEY", "۳ میلیارد تومان"),
        ],
        [("COSTS", "T1", "T2"), ("COSTS", "T3", "T4")],
    )
    assert len(found) == count


def test_a_work_is_at_one_stage_at_a_time() -> None:
    found = events(
        "درمانگاه نور ۴۳ درصد پیش رفته.\nدرمانگاه نور ۵۵ درصد پیش رفته.",
        [
            ("FACILITY", "درمانگاه نور", UNDER_WAY),
            ("QUANTITY", "۴۳ درصد"),
            ("FACILITY", "درمانگاه نور", UNDER_WAY),
            ("QUANTITY", "۵۵ درصد"),
        ],
        [("PROGRESS", "T1", "T2"), ("PROGRESS", "T3", "T4")],
    )
    assert len(found) == 2
