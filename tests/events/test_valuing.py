from __future__ import annotations

from fractions import Fraction

import pytest

from ssner.document import Document, Entity
from ssner.events import with_values
from ssner.events.gathering import sizes_within


def test_a_currency_goes_on_over_sentences() -> None:
    text = "بنیاد ۵ میلیارد تومان داد.\nمجمع ۶۵۰ میلیون پرداخت."
    entities = []
    for number, words in enumerate(("۵ میلیارد تومان", "۶۵۰ میلیون"), 1):
        start = text.index(words)
        entities.append(Entity(f"T{number}", "MONEY", start, start + len(words), words))
    values = [e.value for e in with_values(Document("d", text, entities=tuple(entities))).entities]
    assert [v.number for v in values if v] == [5 * 10**10, 65 * 10**8]


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
