from __future__ import annotations

from fractions import Fraction

import pytest

from ssner.document import Value
from ssner.text import fold, words_of
from ssner.values import read_money, read_quantity

Span = tuple[int, int]


def locate(text: str, *parts: str) -> tuple[list, list[Span]]:
    words = words_of(fold(text))
    spans = []
    for part in parts:
        start = text.index(part)
        inside = [i for i, w in enumerate(words) if start <= w.start and w.end <= start + len(part)]
        spans.append((inside[0], inside[-1] + 1))
    return words, spans


def money(text: str, *parts: str) -> Value:
    words, spans = locate(text, *parts)
    return read_money(words, *spans[0], spans[1:])


def quantity(text: str, *parts: str) -> Value:
    words, spans = locate(text, *parts)
    return read_quantity(words, *spans[0], spans[1:])


@pytest.mark.parametrize(
    ("text", "part", "rials", "bound"),
    [
        ("با هزینه بالغ بر ۹۰ میلیارد ریال", "۹۰ میلیارد ریال", 90 * 10**9, "at_least"),
        ("حدود ۳ همت بدهی", "۳ همت", 3 * 10**13, "about"),
        ("وام ۴۰۰ هزار تومانی", "۴۰۰ هزار تومانی", 4 * 10**6, "exact"),
        ("کمتر از ۲ میلیارد تومان", "۲ میلیارد تومان", 2 * 10**10, "at_most"),
        ("یک میلیارد و ۷۰۰ میلیون تومان", "یک میلیارد و ۷۰۰ میلیون تومان", 17 * 10**9, "exact"),
        ("۱۴ میلیارد و ۲۰۰ میلیونتومان", "۱۴ میلیارد و ۲۰۰ میلیونتومان", 142 * 10**9, "exact"),
        ("از ۳۵۰ میلیون تومانش", "۳۵۰ میلیون تومانش", 35 * 10**8, "exact"),
    ],
)
def test_money_in_rials(text: str, part: str, rials: int, bound: str) -> None:
    value = money(text, part)
    assert (value.number, value.currency, value.bound) == (Fraction(rials), "IRR", bound)


def test_money_borrows_currency_and_scale_of_the_next() -> None:
    assert money("از ۵۰ به ۷۰ میلیارد تومان", "۵۰", "۷۰ میلیارد تومان").number == 50 * 10**10
    assert money("۴۲، ۱۱۸ و ۲۳ میلیارد ریال", "۴۲", "۱۱۸", "۲۳ میلیارد ریال").number == 42 * 10**9


def test_money_range() -> None:
    value = money("۲۲ تا ۲۵ میلیارد تومان", "۲۲ تا ۲۵ میلیارد تومان")
    assert (value.low, value.high, value.bound) == (22 * 10**10, 25 * 10**10, "range")


def test_other_currencies_keep_their_own_unit() -> None:
    value = money("۱۲ میلیون دلار", "۱۲ میلیون دلار")
    assert (value.number, value.currency) == (12 * 10**6, "USD")


@pytest.mark.parametrize(("text", "part"), [("میلیاردها تومان", "میلیاردها تومان"), ("۶۰ میلیارد بودجه", "۶۰ میلیارد")])
def test_money_that_can_not_be_read_is_null_with_a_reason(text: str, part: str) -> None:
    value = money(text, part)
    assert value.number is None and value.reason


@pytest.mark.parametrize(
    ("text", "part", "number", "unit", "kind"),
    [
        ("۴۴۸ مترمربع", "۴۴۸ مترمربع", 448, "مترمربع", "area"),
        ("۱۲۰۰ متر مربع", "۱۲۰۰ متر مربع", 1200, "مترمربع", "area"),
        ("۱۸ درصدی", "۱۸ درصدی", 18, "درصد", "percent"),
        ("۱۲٪", "۱۲٪", 12, "درصد", "percent"),
        ("۵ سال", "۵ سال", 5, "سال", "duration"),
        ("دو برابر", "دو برابر", 2, "برابر", "ratio"),
        ("یک سوم", "یک سوم", Fraction(1, 3), None, "ratio"),
        ("یک‌سوم", "یک‌سوم", Fraction(1, 3), None, "ratio"),
        ("سه‌درصد", "سه‌درصد", 3, "درصد", "percent"),
        ("دوساله", "دوساله", 2, "سال", "duration"),
        ("۱۵۰۰ پزشک", "۱۵۰۰ پزشک", 1500, "پزشک", "count"),
        ("۵۰۰ تختخوابی", "۵۰۰ تختخوابی", 500, "تختخواب", "count"),
    ],
)
def test_quantity(text: str, part: str, number: int | Fraction, unit: str | None, kind: str) -> None:
    value = quantity(text, part)
    assert (value.number, value.unit, value.kind) == (Fraction(number), unit, kind)


def test_a_bare_number_borrows_the_unit_of_the_next() -> None:
    value = quantity("از ۱۳ به ۲۳ تخت رسید", "۱۳", "۲۳ تخت")
    assert (value.number, value.unit, value.kind) == (13, "تخت", "count")
