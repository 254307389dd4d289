from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.text import fold, words_of
from ssner.values.numerals import inside_numeral, numerals_of, read_digits


def read(text: str) -> list[tuple[str, Fraction, Fraction | None]]:
    words = words_of(fold(text))
    return [(text[words[n.first].start : words[n.last - 1].end], n.low, n.high) for n in numerals_of(words)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("یک میلیون و ۵۰۵ هزار و ۱۵۹", 1_505_159),
        ("۸۵ هزار میلیارد", 85 * 10**12),
        ("۲ هزار و ۵۰۰ میلیارد", 2500 * 10**9),
        ("بیست‌وسه", 23),
        ("یکمیلیون", 10**6),
        ("دو و نیم میلیون", 2_500_000),
        ("سيزده ميليارد و ششصد ميليون", 13_600_000_000),
        ("30میلیارد", 30 * 10**9),
        ("هزار و ۲۰۰", 1200),
        ("یکهزار و دویست", 1200),
        ("2,500,000", 2_500_000),
        ("۱۲٬۰۰۰", 12_000),
        ("۳ میلیادر", 3 * 10**9),
        ("صد و بیست و پنج", 125),
        ("نیم", Fraction(1, 2)),
        ("یک سوم", Fraction(1, 3)),
        ("۷۲/۶", Fraction(726, 10)),
        ("٧٤.٢٥", Fraction(7425, 100)),
    ],
)
def test_one_numeral(text: str, value: int | Fraction) -> None:
    assert read(text) == [(text, Fraction(value), None)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("۴۲، ۱۱۸ و ۲۳ میلیارد", [42, 118, 23 * 10**9]),
        ("سه و چهار", [3, 4]),
        ("۱۲۰ و ۱۳۰", [120, 130]),
        ("از ۵۰ به ۷۰ میلیارد", [50, 70 * 10**9]),
    ],
)
def test_neighbours_stay_apart(text: str, values: list[int]) -> None:
    assert [low for _, low, _ in read(text)] == values


@pytest.mark.parametrize(
    ("text", "low", "high"), [("۲ تا ۳ میلیون", 2e6, 3e6), ("50-60", 50, 60), ("۲۲ الی ۲۵", 22, 25)]
)
def test_ranges(text: str, low: float, high: float) -> None:
    assert read(text) == [(text, Fraction(low), Fraction(high))]


@pytest.mark.parametrize("form", ["۱۴۰۲/۰۵/۱۲", "۱,۲", "۱۲،۳۴۵،۶"])
def test_digits_that_say_nothing_sure_have_no_value(form: str) -> None:
    assert read_digits(form) is None


@given(st.integers(0, 10**13), st.sampled_from(",٬،"))
def test_grouped_digits_are_read_back(number: int, mark: str) -> None:
    assert read_digits(f"{number:,}".replace(",", mark)) == number


@given(st.text(st.sampled_from("۰۱23٤.,/٬ وتایکدصنمبسهزرلیرد-²①")))
def test_any_text_is_read_without_error_and_numerals_do_not_overlap(text: str) -> None:
    numerals = numerals_of(words_of(fold(text)))
    assert all(a.last <= b.first for a, b in itertools.pairwise(numerals))


def test_odd_digits_and_endless_ones_are_no_numerals() -> None:
    assert read("مساحت ۵۰۰ متر ² است ①") == [("۵۰۰", Fraction(500), None)]
    assert read("1" * 5000) == []


def test_joints_inside_a_numeral() -> None:
    words = words_of(fold("حدود یک میلیون و ۵۰۵ هزار نفر و ۳ تخت"))
    inside = dict(zip((w.form for w in words), inside_numeral(words), strict=True))
    assert inside["میلیون"] and inside["۵۰۵"] and inside["هزار"]
    assert not inside["یک"] and not inside["نفر"] and not inside["۳"] and not inside["تخت"]
