"""Amounts and quantities of real news, read by hand: `expressions.tsv`.

Each row is an expression of a few words as it stood in a news item (`mention`, with the words before and after it that
its reading needs) and the value that a reader gave it who had the whole sentence: a number or `low..high` (rials for
Iranian money), the currency or kind, the bound; or, under `unread`, why the words do not settle one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ssner.document import Value
from ssner.text import fold, words_of
from ssner.values import numerals_of, read_money, read_quantity

ROWS = Path(__file__).with_name("expressions.tsv")


class Expression(NamedTuple):
    type: str
    before: str
    mention: str
    after: str
    number: str
    currency: str
    kind: str
    bound: str
    unread: str

    def read(self) -> Value:
        text = " ".join(part for part in (self.before, self.mention, self.after) if part)
        start = len(self.before) + 1 if self.before else 0
        words = words_of(fold(text))
        first = next(i for i, w in enumerate(words) if w.start >= start)
        last = 1 + max(i for i, w in enumerate(words) if w.end <= start + len(self.mention))
        reach = 1 if self.type == "QUANTITY" else 2
        following = [(last + n.first, min(len(words), last + n.last + reach)) for n in numerals_of(words[last:])]
        if self.type == "QUANTITY":
            return read_quantity(words, first, last, following)
        preceding = [(n.first, min(first, n.last + reach)) for n in numerals_of(words[:first])]
        return read_money(words, first, last, following, preceding)

    def has_number(self, value: Value) -> bool:
        if self.unread:
            return value.reason is not None
        ends = [Fraction(part) for part in self.number.split("..")]
        return ends == ([value.number] if value.number is not None else [value.low, value.high])


def expressions() -> Iterator[Expression]:
    with ROWS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Expression(**row)


def share(right: Callable[[Expression, Value], Any], rows: list[Expression]) -> float:
    return sum(bool(right(row, row.read())) for row in rows) / len(rows)


@pytest.fixture(scope="module")
def rows() -> list[Expression]:
    return list(expressions())


def test_there_are_a_thousand_of_both_kinds(rows: list[Expression]) -> None:
    assert len(rows) >= 1000
    assert min(sum(row.type == kind for row in rows) for kind in ("MONEY", "QUANTITY")) >= 300


def test_numbers_are_right(rows: list[Expression]) -> None:
    wrong = [row for row in rows if not row.has_number(row.read())]
    assert len(wrong) <= 0.0125 * len(rows), wrong


def test_currencies_kinds_and_bounds_are_right(rows: list[Expression]) -> None:
    told = [row for row in rows if not row.unread]
    assert share(lambda row, value: (value.currency or "") == row.currency, told) >= 0.99
    assert share(lambda row, value: row.type == "MONEY" or value.kind == row.kind, told) >= 0.975
    assert share(lambda row, value: value.bound == row.bound, told) >= 0.97


def test_what_a_reader_could_not_settle_is_not_guessed(rows: list[Expression]) -> None:
    open_ = [row for row in rows if row.unread]
    assert share(lambda row, value: value.reason is not None, open_) >= 0.8
