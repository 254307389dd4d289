from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from ssner.text import fold, words_of
from ssner.values.dates import MONTHS, dates_of, parse_article_date, resolve

ARTICLE = JalaliDate(1402, 12, 10)


def read(text: str, article: JalaliDate | None = None) -> list[tuple[str, str | None, str | None]]:
    words = words_of(fold(text))
    out = []
    for found in dates_of(words):
        period = resolve(found, article)
        span = text[words[found.first].start : words[found.last - 1].end]
        out.append((span, period and period.jalali, period and period.iso))
    return out


@pytest.mark.parametrize(
    ("text", "jalali", "iso"),
    [
        ("هفتم اسفند ۱۴۰۲", "1402-12-07", "2024-02-26"),
        ("۲۲ بهمن‌ماه سال ۹۸", "1398-11-22", "2020-02-11"),
        ("بیست و دوم مهر ۱۴۰۱", "1401-07-22", "2022-10-14"),
        ("سی‌ویکم شهریور ۱۳۹۹", "1399-06-31", "2020-09-21"),
        ("۱۴۰۲/۰۵/۱۲", "1402-05-12", "2023-08-03"),
        ("9/8/1394", "1394-08-09", "2015-10-31"),
        ("فروردین ۱۴۰۵", "1405-01", "2026-03-21/2026-04-20"),
        ("سال ۱۴۰۲", "1402", "2023-03-21/2024-03-19"),
        ("هفته دولت سال ۱۴۰۱", "1401-06-02/1401-06-08", "2022-08-24/2022-08-30"),
        ("تیرماه", "--04", None),
        ("پنج آذر", "--09-05", None),
    ],
)
def test_a_date_that_needs_no_article(text: str, jalali: str, iso: str | None) -> None:
    assert read(text) == [(text, jalali, iso)]


@pytest.mark.parametrize(
    ("text", "jalali", "iso"),
    [
        ("امروز", "1402-12-10", "2024-02-29"),
        ("دیروز", "1402-12-09", "2024-02-28"),
        ("سال گذشته", "1401", "2022-03-21/2023-03-20"),
        ("دهه فجر امسال", "1402-11-12/1402-11-22", "2024-02-01/2024-02-11"),
        ("سوم فروردین", "1403-01-03", "2024-03-22"),
        ("مهرماه پارسال", "1401-07", "2022-09-23/2022-10-22"),
        ("هفتم اسفند", "1402-12-07", "2024-02-26"),
    ],
)
def test_a_date_relative_to_the_article(text: str, jalali: str, iso: str) -> None:
    assert read(text, ARTICLE) == [(text, jalali, iso)]


@pytest.mark.parametrize("text", ["خبرگزاری مهر نوشت", "آقای تیر و خانم آذر", "۱۲ تخت", "بهمن آمد", "سال‌ها پیش", "دی"])
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_a_day_that_the_month_does_not_have_is_not_told() -> None:
    assert read("۳۱ مهر ۱۴۰۲") == [("۳۱ مهر ۱۴۰۲", None, None)]
    assert read("۳۰ اسفند ۱۴۰۲") == [("۳۰ اسفند ۱۴۰۲", None, None)]  # no leap year
    assert read("۳۰ اسفند ۱۴۰۳") == [("۳۰ اسفند ۱۴۰۳", "1403-12-30", "2025-03-20")]


@given(st.integers(1300, 1440), st.integers(1, 12), st.integers(1, 29))
def test_every_day_written_out_is_read_back(year: int, month: int, day: int) -> None:
    there = JalaliDate(year, month, day)
    assert read(f"{day} {MONTHS[month - 1]} {year}")[0][1:] == (there.isoformat(), there.to_gregorian().isoformat())


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-02-29T10:00:00", ARTICLE),
        ("1402/12/10", ARTICLE),
        ("yesterday", None),
        (None, None),
        ("2024-13-45", None),
    ],
)
def test_the_date_of_an_article(written: object, date: JalaliDate | None) -> None:
    assert parse_article_date(written) == date
