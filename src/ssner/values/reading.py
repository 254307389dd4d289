"""The value of a MONEY or QUANTITY mention, read from its words and those around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from ..document import Value
from ..text import ZWNJ, Word
from .numerals import FRACTION_PARTS, Numeral, number_prefix, numerals_of
from .units import BASE_UNITS, COUNTED_WITH_ENDING, CURRENCIES, UNITS, Currency

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


_CONNECTORS: Final = frozenset(["به", "تا", "و", "،", ",", "از", "یا", "الی", "-", "–", "؛"])
"""Words over which an amount without unit or currency borrows those of the next."""


def _endings(form: str) -> tuple[str, ...]:
    """A form as it is, and without an adjectival or possessive ending (`تومانی`, `تومانش`, `طبقه‌ای`)."""
    return form, form.removesuffix("ی"), form.removesuffix("ش"), form.removesuffix("ای")


def _is_unit(form: str) -> bool:
    return any(f in UNITS or f in CURRENCIES or f in COUNTED_WITH_ENDING for f in _endings(form))


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


def _lenders(
    words: Sequence[Word], last: int, following: Sequence[tuple[int, int]]
) -> Iterator[tuple[list[Word], Numeral | None]]:
    """The mentions after one that ends at `last`, while nothing but connectors stands between them."""
    for first, end in following:
        if any(w.form not in _CONNECTORS for w in words[last:first]):
            return
        mention = split_glued(words[first:end])
        yield mention, next(iter(numerals_of(mention)), None)
        last = end


def _half_after(words: Sequence[Word]) -> bool:
    """Whether the words end with `و نیم` after a unit (`دو ساعت و نیم`)."""
    return len(words) >= 3 and [w.form for w in words[-2:]] == ["و", "نیم"]


def read_money(words: Sequence[Word], first: int, last: int, following: Sequence[tuple[int, int]] = ()) -> Value:
    """The value of the MONEY mention at words `first` to `last` (half-open).

    Args:
        words: Words of the text.
        first: First word of the mention.
        last: After its last word.
        following: The MONEY mentions after it in its sentence: where it has no currency or scale of its own it borrows
            those of the first that has, over connectors only (`از ۵۰ به ۷۰ میلیارد تومان`).

    Returns:
        The amount in rials for Iranian money, else in the currency; without a number, and with a reason, where the
        words do not settle one.
    """
    bound = read_bound(words, first)
    own = split_glued(words[first:last])
    numerals = numerals_of(own)
    found = _currency(own)
    scale = Fraction(1)
    if found is None:
        lender: Numeral | None = None
        for mention, numeral in _lenders(words, last, following):
            found, lender = _currency(mention), numeral
            if found is not None:
                break
        if found is None:
            return Value(bound=bound, reason="no currency is said")
        if numerals and lender is not None and numerals[0].scale == 1 and lender.scale > 1:
            if numerals[0].low >= 1000:
                return Value(bound=bound, currency=found[0].code, written_as=found[1], reason="its scale is not said")
            scale = Fraction(lender.scale)
        elif numerals and numerals[0].scale > 1 and found[1] == "همت":
            found = CURRENCIES["تومان"], "تومان"  # `همت` is a scale and a currency in one
    currency, name = found
    if not numerals:
        return Value(bound=bound, currency=currency.code, written_as=name, reason="no number can be read")
    rest = own[numerals[0].last :]
    if len(numerals) == 2 and [w.form for w in rest[1:2]] == ["تا"] and _currency(rest[:1]):
        low, high = numerals[0].low * _factor(rest[:1]), numerals[1].low * _factor(own[numerals[1].last :])
        return Value("range", None, low, high, currency.code, name)
    if len(numerals) == 2 and numerals[1].low == Fraction(1, 2) and _half_after(own) and numerals[0].high is None:
        whole = (numerals[0].low + Fraction(1, 2)) * currency.factor
        return Value(bound, whole, currency=currency.code, written_as=name)
    if len(numerals) > 1:
        return Value(bound=bound, currency=currency.code, written_as=name, reason="more than one number is said")
    number, low_end, high_end = _exact_or_range(numerals[0], currency.factor * scale)
    return Value("range" if high_end is not None else bound, number, low_end, high_end, currency.code, name)


def _factor(words: Sequence[Word]) -> Fraction:
    found = _currency(words)
    return found[0].factor if found is not None else Fraction(1)


def _unit(words: Sequence[Word]) -> tuple[str | None, str]:
    """Unit and kind of the words beside a numeral."""
    shown = [w for w in words if not w.is_mark]
    name = "".join(_plain(w.form) for w in shown)
    if not name:
        return None, "ratio"
    for form in _endings(name):
        if form in UNITS:
            written, kind = UNITS[form]
            return BASE_UNITS.get(written, written), kind
        if form != name and form in COUNTED_WITH_ENDING:
            return form, "count"
    return " ".join(w.form for w in shown), "count"


def read_quantity(words: Sequence[Word], first: int, last: int, following: Sequence[tuple[int, int]] = ()) -> Value:
    """The value of the QUANTITY mention at words `first` to `last` (half-open).

    Args:
        words: Words of the text.
        first: First word of the mention.
        last: After its last word.
        following: The QUANTITY mentions after it in its sentence: a bare number borrows the unit of the first that
            has one, over connectors only (`از ۱۳ به ۲۳ تخت`).

    Returns:
        Number, unit and kind; without a number, and with a reason, where the words do not settle one.
    """
    bound = read_bound(words, first)
    own = split_glued(words[first:last])
    numerals = numerals_of(own)
    if not numerals:
        return Value(bound=bound, kind="count", unit=own[-1].form, reason="no number can be read")
    numeral = numerals[0]
    if len(numerals) == 2 and _half_after(own) and numeral.high is None:
        unit, kind = _unit(own[numeral.last : -2])
        return Value(bound, numeral.low + Fraction(1, 2), unit=unit, kind=kind)
    if len(numerals) > 1:
        return Value(bound=bound, kind="other", unit=None, reason="more than one number is said")
    unit, kind = _unit(own[numeral.last :] or own[: numeral.first])
    if unit is None and not numeral.is_fraction:
        kind = "count"
        for mention, other in _lenders(words, last, following):
            if other is not None and other.last < len(mention):
                unit, kind = _unit(mention[other.last :])
                break
    number, low, high = _exact_or_range(numeral, Fraction(1))
    return Value("range" if high is not None else bound, number, low, high, unit=unit, kind=kind)
