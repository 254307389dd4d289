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
from .scanning import scan

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
_NEARLY: Final = frozenset({"حدود", "حدودا", "تقریبا"})
"""Words that may stand before the end of a range (`۳۰۰ تا حدود ۵۵۰ هزار`)."""
_SHARES: Final = {
    "نصف": Fraction(1, 2), "نصفش": Fraction(1, 2), "نیمی": Fraction(1, 2), "ثلث": Fraction(1, 3), "ربع": Fraction(1, 4),
}  # fmt: skip
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
        scale: What its first number is multiplied by (1: no scale word follows it), which an elliptical neighbour
            borrows (`از ۵۰ به ۷۰ هزار میلیارد`: 10¹²); of a range, that of the upper end.
        is_fraction: Whether it is a spoken fraction (`یک سوم`, `نیم`).
        terms: What its value is the sum of, in order (`صد و بیست و پنج`: 100, 20, 5).
        other: What it may be instead, where its shape leaves that open (`۸.۴۱۲`: `low` is the decimal, `other` 8412).
        is_reversed: Whether `other` is the number with its parts turned round (`6/72`: 72.6), which nothing settles.
    """

    first: int
    last: int
    low: Fraction
    high: Fraction | None = None
    scale: int = 1
    is_fraction: bool = False
    terms: tuple[Fraction, ...] = ()
    other: Fraction | None = None
    is_reversed: bool = False


def either_reading(form: str) -> tuple[Fraction, Fraction] | None:
    """The decimal and the whole number that digits may be (`۸.۴۱۲`: 8.412 or 8412); `None` where only one is meant."""
    match = re.fullmatch(r"([۱-۹]\d{0,2})[./](\d{3})", form)
    if match is None or match[2] == "۰۰۰":
        return None
    whole, part = (str(int(digits)).rjust(len(digits), "0") for digits in match.groups())
    return Fraction(f"{whole}.{part}"), Fraction(int(whole + part))


def reversed_reading(word: Word) -> Fraction | None:
    """What `6/72` may be besides 6.72: on many pages 72.6, the digits turned round by the direction of the text."""
    match = re.fullmatch(r"(\d{1,2})/(\d{2,3})", word.form) if word.is_latin else None
    if match is None or len(match[1]) >= len(match[2]):
        return None
    part, whole = (str(int(digits)).rjust(len(digits), "0") for digits in match.groups())
    return Fraction(f"{whole}.{part}")


def read_digits(form: str) -> Fraction | None:
    """The value of digits with their separators; `None` where the shape says nothing sure.

    `،`, `٬` and `,` before groups of three digits are thousands separators, as is a `.` or `/` in two or more such
    groups and before `000`; else `.`, `٫` and `/` are the decimal point, but before three digits that may be either. A
    date (`۱۴۰۲/۰۵/۱۲`) has no value.
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
    if len(marks) == 1 and marks[0] in "./" and grouped:
        return Fraction(int("".join(digits))) if digits[1] == "000" else None
    if len(marks) == 1 and marks[0] in "./٫":
        return Fraction(f"{digits[0]}.{digits[1]}")
    if marks[-1] in "./٫" and set(marks[:-1]) <= set("،,٬") and all(len(d) == 3 for d in digits[1:-1]):
        return Fraction("".join(digits[:-1]) + "." + digits[-1])
    return None


@lru_cache(maxsize=4096)
def _split(form: str) -> tuple[str, ...]:
    """The number words that a form is made of (`بیست‌وسه`, `یکمیلیون`, `هزارو`, `وسه`), or nothing."""
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
    return tuple(out) if len(out) > 1 else ()


@lru_cache(maxsize=4096)
def number_prefix(form: str) -> int:
    """How many characters of a form without half-spaces are number words (`سهدرصد`: 2); 0 where it begins with none."""
    at = 0
    while match := _PIECES.match(form, at):
        if match.group() == _AND and at == 0:
            break
        at = match.end()
    return at


SHARES: Final = frozenset({_HALF, *_SHARES})
"""Words for parts of one that begin a numeral (`نیم`, `نصف`)."""
FRACTION_PARTS: Final = frozenset(_FRACTION_PARTS)
"""Ordinals that name the part of a fraction (`یک سوم`)."""


class _Reader:
    """Reads one numeral from the words at `at`."""

    def __init__(self, words: Sequence[Word], at: int) -> None:
        self.words = words
        self.at = at
        self.terms: list[_Term] = []
        self.scale = 1
        self.other: Fraction | None = None
        self.after_and = False  # a glued `و` came last (`هزارو ۴۵۰`)
        self.last_is_scale = False

    def _add(self, value: Fraction, place: Fraction) -> bool:
        if self.terms and value >= self.terms[-1].place:
            return False
        self.terms.append(_Term(value, place))
        self.last_is_scale = False
        return True

    def _multiply(self, scale: int) -> bool:
        if not self.terms:
            self.terms.append(_Term(Fraction(scale), Fraction(scale)))
            self.scale = scale
            self.last_is_scale = True
            return True
        taken = Fraction(0)
        if len(self.terms) == 1 and self.terms[0].place == 1:  # `۱۷۰۰ هزار`
            taken = self.terms.pop().value
        while self.terms and self.terms[-1].value < scale:
            taken += self.terms.pop().value
        if not taken:
            return False
        if self.terms and taken * scale >= self.terms[-1].place:
            return False
        if not self.terms:
            self.scale *= scale
        self.terms.append(_Term(taken * scale, Fraction(scale)))
        self.last_is_scale = True
        return True

    def _take(self, pieces: tuple[str, ...]) -> bool:
        expect_and = bool(self.terms)
        for piece in pieces:
            if piece == _AND:
                expect_and = False
            elif piece in SCALES:
                scale = SCALES[piece]
                alone = bool(self.terms) and not expect_and  # `هشت میلیون و هزار و سیصد`: a thousand
                if not (self._add(Fraction(scale), Fraction(scale)) if alone else self._multiply(scale)):
                    return False
                self.last_is_scale = True
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
        saved = (list(self.terms), self.scale, self.last_is_scale)
        after_and = after_and or self.after_and
        glued_and = False
        if form[0].isdecimal():
            apart = self.terms and not after_and and not self._goes_on_with_a_smaller_scale(at)
            value = None if apart else read_digits(form)
            if value is None and not self.terms and (readings := either_reading(form)):
                value, self.other = readings
            done = value is not None and self._add(value, Fraction(1))
        elif form == _HALF:
            done = (after_and and self._half()) or (not self.terms and self._add(Fraction(1, 2), Fraction(0)))
        else:
            pieces = _split(form)
            if pieces[:1] == (_AND,):  # `بیست ویک`
                pieces, after_and = pieces[1:], bool(self.terms)
            if not pieces or (pieces[0] == _AND) or _HALF in pieces or (form[0] == _AND and not after_and):
                done = False
            else:
                glued_and = pieces[-1] == _AND
                pieces = pieces[:-1] if glued_and else pieces
                done = self._take((_AND, *pieces) if after_and else pieces)
        if done:
            self.after_and = glued_and
        else:
            self.terms, self.scale, self.last_is_scale = saved
        return done

    def _goes_on_with_a_smaller_scale(self, at: int) -> bool:
        """Whether digits after a scale go on without `و` (`سه میلیارد ۷۰۰ میلیون`)."""
        after = SCALES.get(self.words[at + 1].form) if at + 1 < len(self.words) else None
        return self.last_is_scale and after is not None and after < self.terms[-1].place

    def _half(self) -> bool:
        if not self.terms or self.terms[-1].place < 1:
            return False
        unit = self.terms[-1].place if self.last_is_scale else Fraction(1)
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
        half = self.words[first].form == _HALF
        terms = tuple(term.value for term in self.terms)
        turned = reversed_reading(self.words[first])
        if turned is not None:
            return Numeral(first, self.at, value, None, self.scale, half, terms, turned * self.scale, True)
        other = self.other if self.at == first + 1 else None  # a scale after it (`۱.۲۵۰ میلیارد`) means the decimal
        return Numeral(first, self.at, value, None, self.scale, half, terms, other)


def _part(words: Sequence[Word], at: int) -> int | None:
    """What the ordinal at word `at` divides by (`سوم`: 3); `None` where it is none."""
    return _FRACTION_PARTS.get(words[at].form.replace(ZWNJ, "")) if at < len(words) else None


def _numerator(terms: Sequence[Fraction], part: int) -> Fraction:
    """The last terms that stay below what they are divided by (`صد و بیست و پنج صدم`: 25)."""
    taken = Fraction(0)
    for term in reversed(terms):
        if taken + term >= part or term.denominator != 1:
            break
        taken += term
    return taken


def _fraction(words: Sequence[Word], numeral: Numeral) -> Numeral:
    """`یک سوم`, `هفت و چهار دهم`, `۱۲ ممیز ۵`: a fraction, or a whole number with one."""
    part = _part(words, numeral.last)
    if part is not None and part > numeral.low >= 1 and numeral.low.denominator == 1 and numeral.low <= 9:
        return Numeral(numeral.first, numeral.last + 1, numeral.low / part, is_fraction=True)
    if part is not None and part >= 10 and not words[numeral.last - 1].is_numeral:
        over = _numerator(numeral.terms, part)
        if over:
            whole = numeral.low - over
            return Numeral(numeral.first, numeral.last + 1, whole + over / part, is_fraction=not whole)
    if numeral.last + 1 < len(words) and words[numeral.last].form in (_AND, "ممیز") and numeral.scale <= 1000:
        point = words[numeral.last].form == "ممیز"
        other = _Reader(words, numeral.last + 1).read()
        if other is None or other.low.denominator != 1 or other.scale != 1:
            return numeral
        part = _part(words, other.last)
        if part is not None and part >= 10 and other.low < part:
            return Numeral(numeral.first, other.last + 1, numeral.low + other.low / part)
        if point:
            digits = words[other.first].form if words[other.first].is_numeral else str(other.low)
            return Numeral(numeral.first, other.last, numeral.low + other.low / 10 ** len(digits))
    return numeral


def _range_of(low: Numeral, high: Numeral) -> Numeral:
    """The range of two numerals; a scale that is said once is both ends' (`۲ تا ۳ هزار میلیارد`)."""
    least = low.low
    if low.scale == 1 and high.scale > 1 and least < high.low / high.scale:
        least *= high.scale
    return Numeral(low.first, high.last, min(least, high.low), max(least, high.low), high.scale)


def read_numeral(words: Sequence[Word], at: int) -> Numeral | None:
    """The numeral, fraction or range that begins at word `at`; `None` where none does."""
    share = _SHARES.get(words[at].form)
    if share is not None:
        return Numeral(at, at + 1, share, is_fraction=True)
    numeral = _Reader(words, at).read()
    if numeral is None:
        return None
    numeral = _fraction(words, numeral)
    joint = numeral.last
    if joint + 1 < len(words) and words[joint].form in ("تا", "الی", "-", "–"):
        dash = words[joint].form in "-–"
        apart = words[joint].start != words[joint - 1].end, words[joint + 1].start != words[joint].end
        if dash and all(apart):
            return numeral
        near = joint + 1 + (words[joint + 1].form in _NEARLY and joint + 2 < len(words))
        other = _Reader(words, near).read()
        if other is not None and (not dash or not any(apart) or other.low > numeral.low):
            return _range_of(numeral, _fraction(words, other))
    if joint < len(words) and joint - at == 1 and not words[at].is_numeral and not words[joint].is_numeral:
        other = _Reader(words, joint).read()
        if other is not None and numeral.scale == 1 and numeral.low < other.low / other.scale:
            return _range_of(numeral, other)  # `دو سه نفر`, `ده بیست هزار`
    return numeral


@lru_cache(maxsize=4096)
def _may_begin(form: str) -> bool:
    """Whether a numeral can begin with the word: most words are passed over by this."""
    return form[0].isdecimal() or form == _HALF or form in _SHARES or bool(_split(form))


def numerals_of(words: Sequence[Word]) -> list[Numeral]:
    """All numerals of a text's words, in order, none inside another."""
    return scan(words, read_numeral, _may_begin)


def inside_numeral(words: Sequence[Word]) -> list[bool]:
    """For every word, whether it goes on with a numeral that began before it: no span has an edge at such a joint."""
    out = [False] * len(words)
    for numeral in numerals_of(words):
        for index in range(numeral.first + 1, numeral.last):
            out[index] = True
    return out
