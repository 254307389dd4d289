"""The value of a MONEY or QUANTITY mention, read from its words and those around it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from ..document import Value
from ..text import ZWNJ, Word
from .numerals import FRACTION_PARTS, Numeral, number_prefix, read_numeral
from .units import BASE_UNITS, COUNTED_WITH_ENDING, CURRENCIES, UNIT_KINDS, Currency

_BOUNDS: Final[tuple[tuple[str, str], ...]] = (
    ("at_least", "بالغ بر|بیش از|افزون بر|متجاوز از|بیشتر از|بالای|دستکم|دست کم|حداقل|لااقل|فراتر از"),
    ("at_most", "کمتر از|حداکثر|تا سقف|سقف|زیر|نهایتا|پایینتر از"),
    ("about", "حدود|حدودا|نزدیک به|نزدیک|قریب به|قریب|تقریبا|در حدود|نزدیک بر"),
)
_LONGEST_BOUND: Final = 2


def _plain(form: str) -> str:
    return form.replace(ZWNJ, "")


def read_bound(words: Sequence[Word], first: int) -> str:
    """The bound that the words before word `first` state (`exact` where none does)."""
    for length in range(_LONGEST_BOUND, 0, -1):
        before = " ".join(_plain(w.form) for w in words[max(0, first - length) : first])
        for bound, phrases in _BOUNDS:
            if before in phrases.split("|"):
                return bound
    return "exact"


def _endings(form: str) -> tuple[str, ...]:
    """A form as it is, and without an adjectival `ی` or a possessive `ش` (`تومانی`, `تومانش`)."""
    return form, form.removesuffix("ی"), form.removesuffix("ش")


def _is_unit(form: str) -> bool:
    return any(f in UNIT_KINDS or f in CURRENCIES or f in COUNTED_WITH_ENDING for f in _endings(form))


def split_glued(words: Sequence[Word]) -> list[Word]:
    """The words with a number and its unit, scale or fraction apart where they were written as one.

    `سه‌درصد`, `میلیونتومان`, `یک‌سوم` and `دوساله` become two words each.
    """
    out: list[Word] = []
    for word in words:
        plain = _plain(word.form)
        at = number_prefix(plain)
        rest = plain[at:]
        if at and rest and (rest in FRACTION_PARTS or _is_unit(rest)):
            out += [Word(word.start, word.end, plain[:at]), Word(word.start, word.end, rest)]
        else:
            out.append(word)
    return out


def _currency(words: Sequence[Word]) -> tuple[Currency, str] | None:
    for word in words:
        for form in _endings(_plain(word.form)):
            if form in CURRENCIES:
                return CURRENCIES[form], form
    return None


def _exact_or_range(numeral: Numeral, factor: Fraction) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """`number`, `low`, `high` of a value."""
    if numeral.high is None:
        return numeral.low * factor, None, None
    return None, numeral.low * factor, numeral.high * factor


def _numeral_in(words: Sequence[Word]) -> Numeral | None:
    """The first numeral among a mention's own words."""
    for at in range(len(words)):
        numeral = read_numeral(words, at)
        if numeral is not None:
            return numeral
    return None


def read_money(words: Sequence[Word], first: int, last: int, following: Sequence[tuple[int, int]] = ()) -> Value:
    """The value of the MONEY mention at words `first` to `last` (half-open).

    Args:
        words: Words of the text.
        first: First word of the mention.
        last: After its last word.
        following: The MONEY mentions after it in its sentence: it borrows the currency and scale of the first that
            has one where it has none of its own (`از ۵۰ به ۷۰ میلیارد تومان`).

    Returns:
        The amount in rials for Iranian money, else in the currency; without a number, and with a reason, where the
        words do not settle one.
    """
    bound = read_bound(words, first)
    own = split_glued(words[first:last])
    numeral = _numeral_in(own)
    found = _currency(own)
    scale = Fraction(1)
    later = [split_glued(words[slice(*span)]) for span in following] if found is None else []
    lender = next((mention for mention in later if _currency(mention)), None)
    if lender is not None:
        found = _currency(lender)
        other = _numeral_in(lender)
        if numeral is not None and numeral.scale == 1 and other is not None and numeral.low < 1000:
            scale = Fraction(other.scale)
    if found is None:
        return Value(bound=bound, reason="no currency is said")
    currency, name = found
    if numeral is None:
        return Value(bound=bound, currency=currency.code, written_as=name, reason="no number can be read")
    number, low, high = _exact_or_range(numeral, currency.factor * scale)
    return Value(
        bound="range" if high is not None else bound, number=number, low=low, high=high,
        currency=currency.code, written_as=name,
    )  # fmt: skip


def _unit(words: Sequence[Word]) -> tuple[str | None, str]:
    """Unit and kind of the words after a numeral."""
    name = "".join(_plain(w.form) for w in words if not w.is_mark)
    if not name:
        return None, "ratio"
    for form in _endings(name):
        if form in UNIT_KINDS:
            return BASE_UNITS.get(form, form), UNIT_KINDS[form]
        if form != name and form in COUNTED_WITH_ENDING:
            return form, "count"
    said = "".join(w.form if index == 0 else " " + w.form for index, w in enumerate(words) if not w.is_mark)
    return said.strip(), "count"


def read_quantity(words: Sequence[Word], first: int, last: int, following: Sequence[tuple[int, int]] = ()) -> Value:
    """The value of the QUANTITY mention at words `first` to `last` (half-open).

    Args:
        words: Words of the text.
        first: First word of the mention.
        last: After its last word.
        following: The QUANTITY mentions after it in its sentence: a bare number borrows the unit of the first that
            has one (`از ۱۳ به ۲۳ تخت`).

    Returns:
        Number, unit and kind; without a number, and with a reason, where the words do not settle one.
    """
    bound = read_bound(words, first)
    own = split_glued(words[first:last])
    numeral = _numeral_in(own)
    if numeral is None:
        return Value(bound=bound, kind="count", unit=own[-1].form, reason="no number can be read")
    unit, kind = _unit(own[numeral.last :])
    if unit is None and numeral.low.denominator == 1:
        for span in following:
            mention = split_glued(words[slice(*span)])
            other = _numeral_in(mention)
            if other is not None and other.last < len(mention):
                unit, kind = _unit(mention[other.last :])
                break
    if unit is None and numeral.low.denominator == 1:
        kind = "count"
    number, low, high = _exact_or_range(numeral, Fraction(1))
    return Value(bound="range" if high is not None else bound, number=number, low=low, high=high, unit=unit, kind=kind)
