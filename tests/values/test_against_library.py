"""Numerals against num2words, which writes numbers in Persian words: what it writes is read back."""

from __future__ import annotations

import os
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssner.text import fold, words_of
from ssner.values import numerals_of

num2words = pytest.importorskip("num2words").num2words

NUMBERS = int(os.environ.get("SSNER_ROUND_TRIP", "100000"))


def _read_whole(text: str) -> Fraction | None:
    """The value of a text that is one numeral from end to end."""
    words = words_of(fold(text))
    numerals = numerals_of(words)
    if len(numerals) != 1 or (numerals[0].first, numerals[0].last) != (0, len(words)) or numerals[0].high is not None:
        return None
    return numerals[0].low


def test_a_hundred_thousand_numbers_in_words_are_read_back() -> None:
    random = Random(20261122)
    numbers = {random.randrange(10 ** random.randint(1, 13)) for _ in range(2 * NUMBERS)}
    numbers = set(sorted(numbers)[:: max(1, len(numbers) // NUMBERS)]) | set(range(2000))
    assert len(numbers) >= NUMBERS
    wrong = [n for n in sorted(numbers) if _read_whole(num2words(n, lang="fa")) != n]
    assert not wrong, f"{len(wrong)} of {len(numbers)}, e.g. {wrong[0]}: {num2words(wrong[0], lang='fa')}"


@settings(max_examples=2000, deadline=None)
@given(st.integers(1, 10**6), st.just(10))
def test_decimals_in_words_are_read_back(number: int, part: int) -> None:
    value = Fraction(number, part)
    if value.denominator == 10 and value > 1:
        written = num2words(float(value), lang="fa")
        assert _read_whole(written) == value, written


@settings(max_examples=3000, deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_half_spaces_and_lost_spaces_change_nothing(number: int) -> None:
    written = num2words(number, lang="fa")
    assert _read_whole(written.replace(" و ", "\u200cو\u200c")) == number
    assert _read_whole(written.replace(" و ", " و")) == number


@settings(max_examples=3000, deadline=None)
@given(st.integers(1, 999), st.integers(0, 999), st.integers(0, 999), st.booleans())
def test_digits_with_scale_words_are_read_back(millions: int, thousands: int, ones: int, spaced: bool) -> None:
    gap = " " if spaced else ""
    parts = [f"{millions}{gap}میلیون"]
    parts += [f"{thousands}{gap}هزار"] if thousands else []
    parts += [str(ones)] if ones else []
    assert _read_whole(" و ".join(parts)) == millions * 10**6 + thousands * 1000 + ones
