"""Jalali dates as Persian news writes them, and what they are once the article's own date is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from persiantools.jdatetime import JalaliDate

from ..text import ZWNJ, Word
from .scanning import scan

MONTHS: Final = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_MONTH: Final = {name: i for i, name in enumerate(MONTHS, 1)} | {"امرداد": 5, "اردی بهشت": 2}
_ONES: Final = ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")
_TEENS: Final = ("ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده")


def _days() -> dict[str, int]:
    """Cardinals and ordinals of 1 to 31 in one piece (`بیستودو`, `بیستودوم`) → the day."""
    words = {name: i for i, name in enumerate((*_ONES, *_TEENS, "بیست"), 1)} | {"سی": 30, "سیویک": 31}
    words |= {f"بیستو{name}": 20 + i for i, name in enumerate(_ONES, 1)}
    ordinals = {"اول": 1, "نخست": 1, "سوم": 3, "بیستوسوم": 23, "سیام": 30, "سیاُم": 30}
    return words | {name + "م": day for name, day in words.items() if not name.endswith(("سه", "سی"))} | ordinals


_DAY: Final = _days()
_THIS_YEAR: Final = {"امسال": 0, "پارسال": -1}
_YEAR_AFTER: Final = {"جاری": 0, "گذشته": -1, "قبل": -1, "پیش": -1, "آینده": 1, "بعد": 1}
_TODAY: Final = {"امروز": 0, "دیروز": -1, "فردا": 1, "پریروز": -2}
_OCCASIONS: Final[dict[str, tuple[int, int, int, int]]] = {
    "هفته دولت": (6, 2, 6, 8),
    "دهه فجر": (11, 12, 11, 22),
    "هفته دفاع مقدس": (6, 31, 7, 6),
    "هفته تعاون": (6, 13, 6, 19),
    "هفته بهزیستی": (4, 25, 4, 31),
    "هفته تامین اجتماعی": (4, 25, 4, 31),
}
"""Occasions of the official calendar: month and day of their beginning and of their end."""
_OCCASION_WORDS: Final = frozenset(name.split()[0] for name in _OCCASIONS)
_FIRST_WORDS: Final = frozenset({"سال", "بیست", "سی"}) | _OCCASION_WORDS
_DIGITAL: Final = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{2,4})")
_LONGEST_DAY: Final = 3
_FIRST_YEAR, _LAST_YEAR = 1290, 1450


@dataclass(frozen=True)
class DateExpression:
    """A date as written.

    Attributes:
        first: Index of its first word.
        last: After the index of its last word.
        year: Jalali year, where it is said.
        month: Month (1 to 12), where it is said.
        day: Day, where it is said.
        end: Month and day of the end of an occasion.
        year_offset: The year relative to the article's (`سال گذشته`: -1).
        day_offset: The day relative to the article's (`دیروز`: -1).
    """

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end: tuple[int, int] | None = None
    year_offset: int | None = None
    day_offset: int | None = None


@dataclass(frozen=True)
class Period:
    """What a date expression comes to.

    Attributes:
        jalali: `1402-12-07`, `1402-12`, `1402`, or `--12-07` where the year is not known; of an occasion, its first
            and last day with `/` between them.
        iso: The same in the Gregorian calendar, a day or `first/last`; `None` where the year is not known.
    """

    jalali: str
    iso: str | None


def _plain(word: Word) -> str:
    return word.form.replace(ZWNJ, "")


def _year(words: Sequence[Word], at: int, after_sal: bool) -> tuple[int, int | None, int | None] | None:
    """The year at word `at`: index after it, the year, and the offset from the article's."""
    if at >= len(words):
        return None
    form = _plain(words[at])
    if form in _THIS_YEAR:
        return at + 1, None, _THIS_YEAR[form]
    if form == "سال" and at + 1 < len(words):
        following = _plain(words[at + 1])
        if following in _YEAR_AFTER:
            return at + 2, None, _YEAR_AFTER[following]
        return _year(words, at + 1, after_sal=True)
    if form.isdecimal():
        number = int(form) if len(form) <= 4 else 0
        if _FIRST_YEAR <= number <= _LAST_YEAR and len(form) == 4:
            return at + 1, number, None
        if after_sal and len(form) == 2 and number >= 50:
            return at + 1, 1300 + number, None
    return None


def _day(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The day of a month at word `at`: index after it, and the day."""
    form = _plain(words[at])
    if form.isdecimal() and len(form) <= 2 and 1 <= int(form) <= 31:
        return at + 1, int(form)
    for length in range(min(_LONGEST_DAY, len(words) - at), 0, -1):
        joined = "".join(_plain(w) for w in words[at : at + length])
        if joined in _DAY:
            return at + length, _DAY[joined]
    return None


def _month(words: Sequence[Word], at: int) -> tuple[int, int, bool] | None:
    """The month at word `at`: index after it, the month, and whether `ماه` says that it is one."""
    if at >= len(words):
        return None
    form = _plain(words[at])
    if form.endswith("ماه") and form.removesuffix("ماه") in _MONTH:
        return at + 1, _MONTH[form.removesuffix("ماه")], True
    if form in _MONTH:
        said = at + 1 < len(words) and _plain(words[at + 1]) in ("ماه", "ماهه")
        return at + 1 + said, _MONTH[form], said
    return None


def _digital(words: Sequence[Word], at: int) -> DateExpression | None:
    match = _DIGITAL.fullmatch(words[at].form)
    if match is None:
        return None
    first, month, third = (int(part) for part in match.groups())
    year, day = (first, third) if len(match[1]) == 4 or first > 31 else (third, first)
    year += 1300 if 50 <= year < 100 else 0
    if _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31:
        return DateExpression(at, at + 1, year, month, day)
    return None


@lru_cache(maxsize=4096)
def _may_begin(form: str) -> bool:
    """Whether a date can begin with the word: most words are passed over by this."""
    form = form.replace(ZWNJ, "")
    month = form.removesuffix("ماه")
    known = month in _MONTH or form in _TODAY or form in _THIS_YEAR or form in _DAY or form in _FIRST_WORDS
    return known or form[:1].isdecimal()


def read_date(words: Sequence[Word], at: int) -> DateExpression | None:
    """The date that begins at word `at`; `None` where none does.

    A month's name alone is none (many are names of people and things): a day, a year or `ماه` must stand beside it.
    """
    form = _plain(words[at])
    if form in _TODAY:
        return DateExpression(at, at + 1, day_offset=_TODAY[form])
    found = _digital(words, at)
    if found is not None:
        return found
    for name, (month, day, end_month, end_day) in _OCCASIONS.items() if form in _OCCASION_WORDS else ():
        parts = name.split()
        if [_plain(w) for w in words[at : at + len(parts)]] == parts:
            year = _year(words, at + len(parts), after_sal=False)
            last, number, offset = year or (at + len(parts), None, None)
            return DateExpression(at, last, number, month, day, (end_month, end_day), offset)
    day_found = _day(words, at)
    after_day, day_number = day_found or (at, None)
    month_found = _month(words, after_day)
    if month_found is None:
        year = _year(words, at, after_sal=False)
        if year is None or (form != "سال" and form not in _THIS_YEAR):
            return None
        return DateExpression(at, year[0], year[1], year_offset=year[2])
    last, month_number, is_said = month_found
    year = _year(words, last, after_sal=False)
    if day_number is None and not is_said and year is None:
        return None
    last, number, offset = year or (last, None, None)
    return DateExpression(at, last, number, month_number, day_number, None, offset)


def dates_of(words: Sequence[Word]) -> list[DateExpression]:
    """All dates of a text's words, in order, none inside another."""
    return scan(words, read_date, _may_begin)


def parse_article_date(written: object) -> JalaliDate | None:
    """The date of an article from its metadata: ISO (`2024-02-26…`) or Jalali (`1402/12/07`); `None` if unreadable."""
    match = re.match(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})", str(written))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return JalaliDate(date(year, month, day)) if year > _LAST_YEAR else JalaliDate(year, month, day)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> int:
    return int(JalaliDate.days_in_month(month, year))


def _iso(year: int, month: int, day: int) -> str:
    return str(JalaliDate(year, month, day).to_gregorian().isoformat())


def _nearest_year(month: int, day: int, article: JalaliDate) -> int:
    """The year in which that day of the year lies nearest to the article."""

    def distance(year: int) -> int:
        there = JalaliDate(year, month, min(day, _last_day(year, month)))
        return abs((there.to_gregorian() - article.to_gregorian()).days)

    return min((article.year - 1, article.year, article.year + 1), key=distance)


def resolve(expression: DateExpression, article: JalaliDate | None) -> Period | None:
    """What a date comes to; `None` where it is only relative and the article's date is not known, or is no date.

    Args:
        expression: The date as written.
        article: The article's own date, if known; a date without a year is put nearest to it.
    """
    if expression.day_offset is not None:
        if article is None:
            return None
        there = JalaliDate.fromordinal(article.toordinal() + expression.day_offset)
        return Period(there.isoformat(), there.to_gregorian().isoformat())
    year, month, day = expression.year, expression.month, expression.day
    if year is None and article is not None:
        if expression.year_offset is not None:
            year = article.year + expression.year_offset
        elif month is not None:
            year = _nearest_year(month, day or 15, article)
    if month is None:
        return None if year is None else Period(f"{year}", f"{_iso(year, 1, 1)}/{_iso(year, 12, _last_day(year, 12))}")
    if day is not None and day > (_last_day(year, month) if year is not None else 31 if month <= 6 else 30):
        return None
    stem = f"{year}" if year is not None else "-"
    first = f"{stem}-{month:02}" + (f"-{day:02}" if day is not None else "")
    if expression.end is not None and day is not None:
        end_month, end_day = expression.end
        jalali = f"{first}/{stem}-{end_month:02}-{end_day:02}"
        return Period(jalali, f"{_iso(year, month, day)}/{_iso(year, end_month, end_day)}" if year else None)
    if year is None:
        return Period(first, None)
    if day is None:
        return Period(first, f"{_iso(year, month, 1)}/{_iso(year, month, _last_day(year, month))}")
    return Period(first, _iso(year, month, day))
