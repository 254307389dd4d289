"""Whatever the text: nothing is raised, and no value comes out that the text does not hold.

SSNER_STRINGS=200000 pytest tests/values/test_any_text.py
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssner.text import fold, words_of
from ssner.values import numerals_of, read_money, read_quantity
from ssner.values.dates import dates_of, parse_article_date, resolve
from ssner.values.numerals import number_prefix

STRINGS = int(os.environ.get("SSNER_STRINGS", "6000"))
PIECES = [
    "یک", "دو", "بیست‌وسه", "صد", "هزار", "میلیون", "میلیارد", "همت", "نیم", "سوم", "و", "تا", "از", "به", "حدود", "چند",
    "۱۲", "٣٤", "56", "۸.۴۱۲", "2,500,000", "6/72", "۷۲/۶", "۱۴۰۲/۰۵/۱۲", "تومان", "ریال", "دلار", "دینار", "درصد", "٪",
    "مترمربع", "نفر", "تخت", "ساله", "منفی", "ممیز", "صد در صد", "نصف", "میلیون‌ها", "30میلیارد", "²", "①",
    "-", "–", "،", "\u200c",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


def says_a_number(form: str) -> bool:
    plain = form.replace("\u200c", "")
    shares = ("نیم", "نصف", "نصفش", "نیمی", "ثلث", "ربع", "و")
    return form[0].isdecimal() or number_prefix(plain.removeprefix("و")) > 0 or plain in shares


@settings(max_examples=STRINGS, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.integers(0, 12), st.integers(1, 12))
def test_no_text_raises_and_no_value_is_made_up(text: str, start: int, length: int) -> None:
    words = words_of(fold(text))
    for numeral in numerals_of(words):
        assert 0 <= numeral.first < numeral.last <= len(words)
        assert says_a_number(words[numeral.first].form), text
    for date in dates_of(words):
        resolve(date, None)
        resolve(date, parse_article_date("1402-12-10"))
    first, last = start, min(len(words), start + length)
    if first >= last:
        return
    following = [(last, min(len(words), last + 2))] if last < len(words) else []
    for value in (
        read_money(words, first, last, following, [(0, first)]),
        read_quantity(words, first, last, following),
    ):
        read = value.number is not None or value.low is not None
        assert read != (value.reason is not None)
        if read:
            assert any(says_a_number(w.form) for w in words[first:last]), (text, value)
            if value.low is not None and value.high is not None:
                assert value.low <= value.high
