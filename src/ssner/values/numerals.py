"""Persian numerals in digits, words and mixtures, read over folded words.

A numeral is a sum of terms of falling magnitude joined by `و` (`یک میلیون و ۵۰۵ هزار و ۱۵۹`); a scale word multiplies
the terms before it that are smaller than it (`۲ هزار و ۵۰۰ میلیارد` is 2,500 milliard).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from ..text import ZWNJ, Word

_UNITS: Final = {
    "صفر": 0, "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9,
    "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15, "شانزده": 16, "هفده": 17,
    "هجده": 18, "هیجده": 18, "نوزده": 19,
    "بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90,
    "صد": 100, "یکصد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500, "ششصد": 600, "شصد": 600,
    "هفتصد": 700, "هشتصد": 800, "نهصد": 900,
}  # fmt: skip
SCALES: Final = {
    "هزار": 10**3, "میلیون": 10**6, "ملیون": 10**6, "میلیارد": 10**9, "میلیادر": 10**9, "ملیارد": 10**9,
    "میلیار": 10**9, "بیلیون": 10**12, "تریلیون": 10**12, "هزارمیلیارد": 10**12,
}  # fmt: skip
_HALF: Final = "نیم"
_AND: Final = "و"
_FRACTION_PARTS: Final = {
    "دوم": 2, "سوم": 3, "چهارم": 4, "پنجم": 5, "ششم": 6, "هفتم": 7, "هشتم": 8, "نهم": 9, "دهم": 10, "صدم": 100,
    "هزارم": 1000,
}  # fmt: skip
_PIECES: Final = re.compile("|".join(sorted([*_UNITS, *SCALES, _AND], key=len, reverse=True)))


_MOST_DIGITS: Final = 40
"""A longer run of digits is no number that news writes, but a code."""


class _Term(NamedTuple):
    value: Fraction
    place: Fraction
    """The next term must be smaller than this."""


@dataclass(frozen=True)
class Numeral:
    """A numeral within a list of words.

    Attributes:
        first: Index of its first word.
        last: After the index of its last word.
        low: Its value, or the lower end of a range.
        high: The upper end of a range, else `None`.
        scale: The scale word that ends it (its value), or 1; what an elliptical neighbour borrows.
    """

    first: int
    last: int
    low: Fraction
    high: Fraction | None = None
    scale: int = 1


def read_digits(form: str) -> Fraction | None:
    """The value of digits with their separators; `None` where the shape says nothing sure.

    `،`, `٬` and `,` before groups of three digits are thousands separators, as is a `.` or `/` in two or more such
    groups; else `.`, `٫` and `/` are the decimal point. A date (`۱۴۰۲/۰۵/۱۲`) has no value.
    """
    parts = re.split(r"[.,/،٬٫]", form)
    marks = re.findall(r"[.,/،٬٫]", form)
    if not all(part.isdecimal() and len(part) <= _MOST_DIGITS for part in parts):
        return None
    digits = ["".join(str(int(char)) for char in part) for part in parts]
    if not marks:
        return Fraction(int(digits[0]))
    grouped = 1 <= len(digits[0]) <= 3 and all(len(d) == 3 for d in digits[1:]) and digits[0] != "0"
    if len(set(marks)) == 1 and grouped and (marks[0] in "،,٬" or (marks[0] in "./" and len(marks) > 1)):
        return Fraction(int("".join(digits)))
    if len(marks) == 1 and marks[0] in "./٫":
        return Fraction(f"{digits[0]}.{digits[1]}")
    if marks[-1] in "./٫" and set(marks[:-1]) <= set("،,٬") and all(len(d) == 3 for d in digits[1:-1]):
        return Fraction("".join(digits[:-1]) + "." + digits[-1])
    return None


@lru_cache(maxsize=4096)
def _split(form: str) -> tuple[str, ...]:
    """The number words that a form is made of (`بیست‌وسه`, `یکمیلیون`), or nothing."""
    plain = form.replace(ZWNJ, "")
    if plain in _UNITS or plain in SCALES or plain in (_AND, _HALF):
        return (plain,)
    out: list[str] = []
    at = 0
    while at < len(plain):
        match = _PIECES.match(plain, at)
        if match is None:
            return ()
        out.append(match.group())
        at = match.end()
    return tuple(out) if out[0] != _AND and out[-1] != _AND else ()


def number_prefix(form: str) -> int:
    """How many characters of a form without half-spaces are number words (`سهدرصد`: 2); 0 where it begins with none."""
    at = 0
    while match := _PIECES.match(form, at):
        if match.group() == _AND and at == 0:
            break
        at = match.end()
    return at


FRACTION_PARTS: Final = frozenset(_FRACTION_PARTS)
"""Ordinals that name the part of a fraction (`یک سوم`)."""


class _Reader:
    """Reads one numeral from the words at `at`."""

    def __init__(self, words: Sequence[Word], at: int) -> None:
        self.words = words
        self.at = at
        self.terms: list[_Term] = []
        self.scale = 1

    def _add(self, value: Fraction, place: Fraction) -> bool:
        if self.terms and value >= self.terms[-1].place:
            return False
        self.terms.append(_Term(value, place))
        self.scale = 1
        return True

    def _multiply(self, scale: int) -> bool:
        if not self.terms:
            self.terms.append(_Term(Fraction(scale), Fraction(scale)))
            self.scale = scale
            return True
        taken = Fraction(0)
        while self.terms and self.terms[-1].value < scale:
            taken += self.terms.pop().value
        if not taken:
            return False
        if self.terms and taken * scale >= self.terms[-1].place:
            return False
        self.terms.append(_Term(taken * scale, Fraction(scale)))
        self.scale = scale
        return True

    def _take(self, pieces: tuple[str, ...]) -> bool:
        expect_and = bool(self.terms)
        for piece in pieces:
            if piece == _AND:
                expect_and = False
            elif piece in SCALES:
                if not self._multiply(SCALES[piece]):
                    return False
                expect_and = True
            else:
                value = _UNITS[piece]
                place = 100 if value % 100 == 0 and value else 10 if value % 10 == 0 and value > 10 else 1
                if expect_and and not (piece == "صد" and self._hundreds()):
                    return False
                multiplied = piece == "صد" and expect_and
                if not multiplied and not self._add(Fraction(value), Fraction(place)):
                    return False
                expect_and = True
        return True

    def _hundreds(self) -> bool:
        """`سه صد`: a unit multiplied by a hundred."""
        if self.terms and 1 <= self.terms[-1].value <= 9:
            value = self.terms.pop().value * 100
            return self._add(value, Fraction(100))
        return False

    def _step(self, at: int, after_and: bool) -> bool:
        form = self.words[at].form
        saved = (list(self.terms), self.scale)
        if form[0].isdecimal():
            value = None if self.terms and not after_and else read_digits(form)
            done = value is not None and self._add(value, Fraction(1))
        elif form == _HALF:
            done = (after_and and self._half()) or (not self.terms and self._add(Fraction(1, 2), Fraction(0)))
        else:
            pieces = _split(form)
            if not pieces or pieces == (_AND,) or _HALF in pieces:
                done = False
            else:
                done = self._take((_AND, *pieces) if after_and else pieces)
        if not done:
            self.terms, self.scale = saved
        return done

    def _half(self) -> bool:
        if not self.terms or self.terms[-1].place < 1:
            return False
        unit = self.terms[-1].place if self.scale > 1 else Fraction(1)
        return self._add(unit / 2, Fraction(0))

    def read(self) -> Numeral | None:
        first = self.at
        if not self._step(self.at, after_and=False):
            return None
        self.at += 1
        while self.at < len(self.words):
            if self._step(self.at, after_and=False):
                self.at += 1
            elif (
                self.words[self.at].form == _AND
                and self.at + 1 < len(self.words)
                and self._step(self.at + 1, after_and=True)
            ):
                self.at += 2
            else:
                break
        value = sum((term.value for term in self.terms), Fraction(0))
        return Numeral(first, self.at, value, scale=self.scale)


def _fraction(words: Sequence[Word], numeral: Numeral) -> Numeral:
    """`یک سوم`: a small numeral before an ordinal names a fraction."""
    if numeral.last < len(words) and numeral.low.denominator == 1 and 1 <= numeral.low <= 9:
        part = _FRACTION_PARTS.get(words[numeral.last].form.replace(ZWNJ, ""))
        if part is not None and part > numeral.low:
            return Numeral(numeral.first, numeral.last + 1, numeral.low / part)
    return numeral


def read_numeral(words: Sequence[Word], at: int) -> Numeral | None:
    """The numeral, fraction or range that begins at word `at`; `None` where none does."""
    numeral = _Reader(words, at).read()
    if numeral is None:
        return None
    numeral = _fraction(words, numeral)
    joint = numeral.last
    if joint + 1 < len(words) and words[joint].form in ("تا", "الی", "-", "–"):
        dash = words[joint].form in "-–"
        if dash and (words[joint].start != words[joint - 1].end or words[joint + 1].start != words[joint].end):
            return numeral
        other = _Reader(words, joint + 1).read()
        if other is not None:
            low = numeral.low
            if numeral.scale == 1 and other.scale > 1 and low < other.low / other.scale:
                low *= other.scale  # `۲ تا ۳ میلیون`: the scale is said once
            high = other.low
            return Numeral(numeral.first, other.last, min(low, high), max(low, high), other.scale)
    return numeral


def numerals_of(words: Sequence[Word]) -> list[Numeral]:
    """All numerals of a text's words, in order, none inside another."""
    out: list[Numeral] = []
    at = 0
    while at < len(words):
        numeral = read_numeral(words, at)
        if numeral is None:
            at += 1
        else:
            out.append(numeral)
            at = numeral.last
    return out


def inside_numeral(words: Sequence[Word]) -> list[bool]:
    """For every word, whether it goes on with a numeral that began before it: no span has an edge at such a joint."""
    out = [False] * len(words)
    for numeral in numerals_of(words):
        for index in range(numeral.first + 1, numeral.last):
            out[index] = True
    return out
