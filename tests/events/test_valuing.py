from __future__ import annotations

from fractions import Fraction

import pytest

from ssner.document import Document, Entity
from ssner.events import with_values
from ssner.events.gathering import sizes_within


def amounts(text: str, *mentions: str) -> list[Fraction | None]:
    """The amounts of MONEY mentions, in order of place."""
    entities, at = [], 0
    for number, words in enumerate(mentions, 1):
        at = text.index(words, at)
        entities.append(Entity(f"T{number}", "MONEY", at, at + len(words), words))
        at += len(words)
    read = with_values(Document("d", text, entities=tuple(entities))).entities
    return [e.value.number if e.value else None for e in read]


def test_a_currency_goes_on_into_the_next_sentence() -> None:
    text = "بنیاد ۵ میلیارد تومان داد.\nمجمع ۶۵۰ میلیون پرداخت."
    assert amounts(text, "۵ میلیارد تومان", "۶۵۰ میلیون") == [5 * 10**10, 65 * 10**8]


def test_a_currency_is_not_guessed() -> None:
    dollars = "صادرات ۵۰ میلیون دلار بود.\nمجمع ۶۵۰ میلیارد هزینه کرد."
    assert amounts(dollars, "۵۰ میلیون دلار", "۶۵۰ میلیارد")[1] is None
    two = "از ۵ میلیارد تومان ۲ میلیارد ریال ماند.\nمجمع ۶۵۰ میلیارد هزینه کرد."
    assert amounts(two, "۵ میلیارد تومان", "۲ میلیارد ریال", "۶۵۰ میلیارد")[2] is None
    far = "بنیاد ۵ میلیارد تومان داد.\nخبر دیگری نیست.\nمجمع ۶۵۰ میلیون پرداخت."
    assert amounts(far, "۵ میلیارد تومان", "۶۵۰ میلیون")[1] is None


@pytest.mark.parametrize(
    ("name", "number", "unit"),
    [
        ("برج هفده‌طبقه‌ای", 17, "طبقه"),
        ("مهدکودک ۳۰ نفره‌اش", 30, "نفر"),
        ("اورژانس ۱۴ تختی‌اش", 14, "تخت"),
        ("مدرسه ۱۲ کلاسه نور", 12, "کلاس"),
        ("نیروگاه ۲۵ مگاواتی نور", 25, "مگاوات"),
        ("سیلوی ۳۰ تنی", 30, "تن"),
        ("مخزن ۵۰۰ مترمکعبی نور", 500, "مترمکعب"),
    ],
)
def test_sizes_in_names(name: str, number: int, unit: str) -> None:
    ((_, value),) = sizes_within(name)
    assert (value.number, value.unit) == (Fraction(number), unit)


def test_a_number_before_another_word_is_no_size() -> None:
    assert sizes_within("ایستگاه ۵ مترو") == []
    assert sizes_within("دبستان ۱۲ بهمن") == []
