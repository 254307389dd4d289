from __future__ import annotations

import pytest

from ssner.document import Event
from ssner.events.gathering import sizes_within

from .builders import assembled


def events(text: str, mentions: list[tuple], relations: list[tuple[str, str, str]]) -> dict[str, Event]:
    """Events by type."""
    return {e.type: e for e in assembled(text, mentions, relations)}


def fillers(event: Event, role: str) -> list[str]:
    return [f.text for f in event.roles.get(role, ())]


RENEWED = {"event": "EXPANSION", "status": "ONGOING"}
BUILT = {"event": "CONSTRUCTION", "status": "COMPLETED"}


def test_of_two_kinds_of_works_a_figure_is_of_the_one_that_its_clause_speaks_of() -> None:
    found = events(
        "بازسازی درمانگاه نور ادامه دارد.\nاین درمانگاه سال ۱۳۴۷ با ۹۰۰ متر ساخته شد؛ ۳۰۰ متر در فاز اول مرمت شد.",
        [
            ("FACILITY", "درمانگاه نور", RENEWED),
            ("FACILITY", "این درمانگاه", BUILT),
            ("QUANTITY", "۹۰۰ متر"),
            ("QUANTITY", "۳۰۰ متر"),
        ],
        [("HAS_CAPACITY", "T2", "T3"), ("HAS_CAPACITY", "T2", "T4")],
    )
    assert fillers(found["CONSTRUCTION"], "capacity") == ["۹۰۰ متر"]
    assert fillers(found["EXPANSION"], "capacity") == ["۳۰۰ متر"]


def test_where_the_words_speak_of_no_works_the_nearest_are_meant() -> None:
    found = events(
        "درمانگاه نور تجهیز شد.\nظرفیت درمانگاه نور به ۷۵ نفر می‌رسد.",
        [
            ("FACILITY", "درمانگاه نور", {"event": "EQUIPMENT", "status": "COMPLETED"}),
            ("FACILITY", "درمانگاه نور", {"event": "EXPANSION", "status": "PLANNED"}),
            ("QUANTITY", "۷۵ نفر"),
        ],
        [("HAS_CAPACITY", "T2", "T3")],
    )
    assert fillers(found["EXPANSION"], "capacity") == ["۷۵ نفر"]
    assert fillers(found["EQUIPMENT"], "capacity") == []


def test_money_still_to_be_spent_is_of_works_that_are_not_done() -> None:
    found = events(
        "نوسازی درمانگاه نور ادامه دارد.\nدرمانگاه نور سال ۱۳۴۷ بنا شد.\nبرای این درمانگاه ۵ میلیارد تومان لازم است.",
        [
            ("FACILITY", "درمانگاه نور", RENEWED),
            ("FACILITY", "درمانگاه نور", BUILT),
            ("FACILITY", "این درمانگاه", {"status": "PLANNED"}),
            ("MONEY", "۵ میلیارد تومان"),
        ],
        [("COSTS", "T3", "T4")],
    )
    assert fillers(found["EXPANSION"], "cost") == ["۵ میلیارد تومان"]


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("درمانگاه نور توسعه می‌یابد.\nبرای ساخت درمانگاه نور ۴۰۰ میلیارد تومان از صندوق توسعه روستا دادند.", "BUILT"),
        ("درمانگاه نور توسعه می‌یابد.\nبرای ساخت درمانگاه نور ۴۰۰ میلیارد تومان خرج شد و توسعه آن ماند.", "BUILT"),
        ("درمانگاه نور بزرگ می‌شود.\nساخت درمانگاه نور با ۴۰۰ میلیارد تومان\nبازسازی هم آغاز شد", "BUILT"),
        ("درمانگاه نور بزرگ می‌شود.\nدرمانگاه نور را ساختند، ۴۰۰ میلیارد تومان با افزایش قیمت آهن", "BUILT"),
        ("درمانگاه نور بزرگ می‌شود.\nدرمانگاه نور را ساختند و ۴۰۰ میلیارد تومان برای افزایش ظرفیت دادند", "RENEWED"),
        ("درمانگاه نور بزرگ می‌شود.\nدرمانگاه نور ساخته شد، ۴۰۰ میلیارد تومان در برابر بازسازی‌نشده‌ها", "BUILT"),
    ],
)
def test_words_for_works_count_in_their_clause_alone(text: str, cost: str) -> None:
    found = events(
        text,
        [("FACILITY", "درمانگاه نور", RENEWED), ("FACILITY", "درمانگاه نور", BUILT), ("MONEY", "۴۰۰ میلیارد تومان")],
        [("COSTS", "T2", "T3")],
    )
    kind = {"BUILT": "CONSTRUCTION", "RENEWED": "EXPANSION"}[cost]
    assert {k for k, e in found.items() if fillers(e, "cost")} == {kind}


def test_a_buyer_buys_no_equipment() -> None:
    equipped = {"event": "EQUIPMENT", "status": "COMPLETED"}
    found = events(
        "درمانگاه نور تجهیز شد.\nساخت درمانگاه نور ۴۰۰ میلیارد تومان به خریدار زیان زد.",
        [("FACILITY", "درمانگاه نور", equipped), ("FACILITY", "درمانگاه نور", BUILT), ("MONEY", "۴۰۰ میلیارد تومان")],
        [("COSTS", "T2", "T3")],
    )
    assert fillers(found["CONSTRUCTION"], "cost") == ["۴۰۰ میلیارد تومان"] and not fillers(found["EQUIPMENT"], "cost")


def test_words_inside_mentions_tell_no_works() -> None:
    found = events(
        "درمانگاه نور بزرگ می‌شود.\nساخت درمانگاه نور ۴۰۰ میلیارد تومان از انجمن نوسازی روستا گرفت.",
        [
            ("FACILITY", "درمانگاه نور", RENEWED),
            ("FACILITY", "درمانگاه نور", BUILT),
            ("MONEY", "۴۰۰ میلیارد تومان"),
            ("ORG", "انجمن نوسازی روستا"),
        ],
        [("COSTS", "T2", "T3")],
    )
    assert fillers(found["CONSTRUCTION"], "cost") == ["۴۰۰ میلیارد تومان"]


def test_a_size_may_be_a_half() -> None:
    assert [words for words, _ in sizes_within("پارک نیم هکتاری نور")] == ["نیم هکتاری"]
