from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.text import fold, words_of


def forms(raw: str) -> list[str]:
    return [w.form for w in words_of(fold(raw))]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("بیمارستان‌های شهر", ["بیمارستان‌های", "شهر"]),
        ("متراژ۲۴۵۰", ["متراژ", "۲۴۵۰"]),
        ("30میلیارد", ["۳۰", "میلیارد"]),
        ("2,500,000 ریال", ["۲,۵۰۰,۰۰۰", "ریال"]),
        ("۷۴.۲۵ درصد", ["۷۴.۲۵", "درصد"]),
        ("۷۲/۶٪", ["۷۲/۶", "٪"]),
        ("ولیعصر(عج) بروجن", ["ولیعصر", "(عج)", "بروجن"]),
        ("بخش (MRI)", ["بخش", "(", "MRI", ")"]),
        ("«تأمیناجتماعی»", ["«", "تامیناجتماعی", "»"]),
        ("۵۰-۶۰", ["۵۰", "-", "۶۰"]),
        ("۵۰۰\u200cتختخوابی", ["۵۰۰", "تختخوابی"]),
        ("مُدیر", ["مدیر"]),
    ],
)
def test_words(raw: str, expected: list[str]) -> None:
    assert forms(raw) == expected


@given(st.text())
def test_words_do_not_overlap_and_leave_out_only_spaces(raw: str) -> None:
    text = fold(raw)
    words = words_of(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    left = list(text.folded)
    for word in words:
        for char in word.form:
            left.remove(char)
    assert all(char.isspace() or char == "\u200c" for char in left)


def test_a_symbol_is_a_word_and_punctuation_a_mark() -> None:
    marks = {w.form: w.is_mark for w in words_of(fold("۱۲٪ «الف»."))}
    assert marks == {"۱۲": False, "٪": False, "«": True, "الف": False, "»": True, ".": True}
