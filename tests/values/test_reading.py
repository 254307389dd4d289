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


@pytest.mark.parametrize(
    ("text", "parts", "rials"),
    [
        ("از ۵۰ به ۷۰ هزار میلیارد تومان", ("۵۰", "۷۰ هزار میلیارد تومان"), 50 * 10**13),
        ("از ۸ به ۱۰ میلیون و ۵۰۰ هزار تومان", ("۸", "۱۰ میلیون و ۵۰۰ هزار تومان"), 8 * 10**7),
        ("از ۵/۸ به ۸/۳ همت", ("۵/۸", "۸/۳ همت"), 58 * 10**12),
        ("۷۵۰ میلیارد تا ۱.۴ همت", ("۷۵۰ میلیارد", "۱.۴ همت"), 75 * 10**11),
        ("دو همت و نیم", ("دو همت و نیم",), 25 * 10**12),
    ],
)
def test_borrowed_scales_and_currencies(text: str, parts: tuple[str, ...], rials: int) -> None:
    assert money(text, *parts).number == rials


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("بیمه ۱۳۰۰ و ۴۰۰ میلیارد تومان", ("۱۳۰۰", "۴۰۰ میلیارد تومان")),
        ("دو همت و ۳۰۰ میلیارد تومان", ("دو همت و ۳۰۰ میلیارد تومان",)),
    ],
)
def test_what_is_not_settled_is_not_guessed(text: str, parts: tuple[str, ...]) -> None:
    value = money(text, *parts)
    assert value.number is None and value.low is None and value.reason


def test_ranges_with_the_scale_or_currency_said_once_or_twice() -> None:
    assert money("۲ تا ۳ هزار میلیارد تومان", "۲ تا ۳ هزار میلیارد تومان").low == 2 * 10**13
    value = money("۵۰ میلیون تومان تا ۶۰ میلیون تومان", "۵۰ میلیون تومان تا ۶۰ میلیون تومان")
    assert (value.low, value.high, value.bound) == (5 * 10**8, 6 * 10**8, "range")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("دو ساعت و نیم", Fraction(5, 2), "ساعت"),
        ("١٨٣هزارو٤٥٠خدمت", 183_450, "خدمت"),
        ("هفت و چهار دهم درصد", Fraction(74, 10), "درصد"),
        ("۱۲ ممیز ۵ درصد", Fraction(125, 10), "درصد"),
        ("٪۲۰", 20, "درصد"),
        ("۴ طبقه‌ای", 4, "طبقه"),
        ("۱۰ دقیقه‌ای", 10, "دقیقه"),
        ("۲ شبانه‌روز", 2, "شبانه‌روز"),
        ("۵۰ میلی‌گرم", 50, "میلی‌گرم"),
        ("۵۰۰.۰۰۰ نفر", 500_000, "نفر"),
    ],
)
def test_whole_numbers_and_units_are_read(text: str, number: int | Fraction, unit: str) -> None:
    value = quantity(text, text)
    assert (value.number, value.unit) == (Fraction(number), unit)


def test_spoken_ranges_decimals_that_borrow_and_numbers_that_do_not() -> None:
    value = quantity("دو سه نفر", "دو سه نفر")
    assert (value.low, value.high, value.unit) == (2, 3, "نفر")
    assert quantity("از 49/1 به 47/2 درصد", "49/1", "47/2 درصد").kind == "percent"
    assert quantity("عدد ۷۵ گفته شد ولی ۲۰ نفر بودند", "۷۵", "۲۰ نفر").unit is None


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("۸.۴۱۲ تخت", 8412, None),
        ("۱.۵۰۰ نفر", 1500, None),
        ("۱۲.۳۴۵ مترمربع", 12345, None),
        ("۹۹.۱۲۵ درصد", Fraction(99125, 1000), None),
        ("۱.۲۵۰ میلیون نفر", 1_250_000, None),
        ("۲.۵۰۰ کیلومتر", None, "ambiguous: 2.5 or 2500"),
        ("72/6 درصد", Fraction(726, 10), None),
        ("6/72 درصد", None, "ambiguous: 6.72 or 72.6"),
        ("۶/۷۲ درصد", Fraction(672, 100), None),
        ("چند هزار نفر", None, "the number is vague"),
        ("ده‌ها هزار نفر", None, "the number is vague"),
        ("صد در صد", 100, None),
        ("نصف", Fraction(1, 2), None),
        ("یک‌صدم", Fraction(1, 100), None),
    ],
)
def test_the_context_settles_what_digits_mean_or_nothing_is_guessed(
    text: str, number: Fraction | int | None, reason: str | None
) -> None:
    value = quantity(text, text)
    assert (value.number, value.reason) == (number, reason)


def test_a_negative_rate_a_range_with_its_unit_twice_and_one_with_nearly() -> None:
    assert quantity("رشد منفی ۲.۴ درصد", "۲.۴ درصد").number == Fraction(-24, 10)
    dropped = quantity("دمای منفی ۲ تا ۳ درجه", "۲ تا ۳ درجه")  # from −2 to 3, or from −3 to −2
    assert dropped.low is None and dropped.reason == "which ends of the range are negative is not said"
    value = quantity("۸۰ درصد تا ۱۰۰ درصد", "۸۰ درصد تا ۱۰۰ درصد")
    assert (value.low, value.high, value.unit) == (80, 100, "درصد")
    money_range = money("۳۰۰ تا حدود ۵۵۰ هزار تومان", "۳۰۰ تا حدود ۵۵۰ هزار تومان")
    assert (money_range.low, money_range.high) == (3_000_000, 5_500_000)


@pytest.mark.parametrize(
    ("text", "mention", "number", "currency"),
    [
        ("۶۰.۵۰۰ تومان", "۶۰.۵۰۰ تومان", 605_000, "IRR"),
        ("۵۷ دلار و ۳۲ سنت", "۵۷ دلار و ۳۲ سنت", Fraction(5732, 100), "USD"),
        ("۱۵ هزار دلار کانادا", "۱۵ هزار دلار", 15_000, "CAD"),
        ("به عراق ۲۰ هزار دینار داد", "۲۰ هزار دینار", 20_000, "IQD"),
        ("۲۰ هزار دینار", "۲۰ هزار دینار", None, None),
        ("میلیارد تومان", "میلیارد تومان", None, "IRR"),
        ("یک میلیارد تومان", "یک میلیارد تومان", 10**10, "IRR"),
    ],
)
def test_money_in_context(text: str, mention: str, number: int | None, currency: str | None) -> None:
    value = money(text, mention)
    assert (value.number, value.currency) == (number, currency)


def test_up_to_is_a_bound_but_not_the_end_of_a_span_of_time() -> None:
    assert quantity("تا ۷۰ درصد تخفیف", "۷۰ درصد").bound == "at_most"
    assert quantity("از خرداد تا ۱۰ روز بعد", "۱۰ روز").bound == "exact"
    assert money("بالغ‌بر ۹۰ میلیارد ریال", "۹۰ میلیارد ریال").bound == "at_least"


def test_an_amount_has_the_currency_that_was_said_last() -> None:
    words, spans = locate("بنیاد ۵ میلیارد تومان داد. مجمع ۶۵۰ میلیون پرداخت.", "۶۵۰ میلیون", "۵ میلیارد تومان")
    assert read_money(words, *spans[0], earlier=spans[1:]).number == Fraction(65 * 10**8)
    assert read_money(words, *spans[0]).reason == "no currency is said"


def test_hundreds_after_a_scale_without_currency_are_thousands() -> None:
    words, spans = locate(
        "وام ۵۰ میلیون تومان است. قسطش سه میلیون و دویست است.", "سه میلیون و دویست", "۵۰ میلیون تومان"
    )
    assert read_money(words, *spans[0], earlier=spans[1:]).number == Fraction(32 * 10**6)


def test_half_of_it_is_a_half() -> None:
    assert quantity("مجمع نصفش را داده", "نصفش").number == Fraction(1, 2)


def test_tens_after_a_scale_without_currency_are_of_the_next_lower_scale() -> None:
    words, spans = locate("وام ۵۰ میلیون تومان است؛ بدهی ۶ میلیارد و ۴۵۰ است.", "۶ میلیارد و ۴۵۰", "۵۰ میلیون تومان")
    assert read_money(words, *spans[0], preceding=spans[1:]).number == Fraction(645 * 10**8)
