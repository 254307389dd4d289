"""The value of a MONEY or QUANTITY mention, read from its words and those around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from ..document import Value, format_number
from ..text import ZWNJ, Word
from .numerals import FRACTION_PARTS, SCALES, Numeral, number_prefix, numerals_of
from .units import (
    BASE_UNITS,
    CENTS,
    COUNTED_WITH_ENDING,
    CURRENCIES,
    FOREIGN,
    KITCHEN_UNITS,
    NATIONLESS,
    UNITS,
    Currency,
)

_PHRASES: Final = {
    "at_least": "بالغ بر|بیش از|افزون بر|متجاوز از|بیشتر از|بالای|دستکم|دست کم|حداقل|لااقل|فراتر از",
    "at_most": "کمتر از|حداکثر|تا سقف|سقف|زیر|نهایتا|پایینتر از",
    "about": "حدود|حدودا|نزدیک به|نزدیک|قریب به|قریب|تقریبا|در حدود|نزدیک بر",
}
_BOUNDS: Final = {p.replace(" ", ""): bound for bound, phrases in _PHRASES.items() for p in phrases.split("|")}
_LONGEST_BOUND: Final = 2


def _plain(form: str) -> str:
    return form.replace(ZWNJ, "")


_VAGUE: Final = frozenset({"چند", "چندین"})
"""Words that make a number of a scale or noun vague (`چند هزار نفر`)."""
_NEGATIVE: Final = "منفی"
_PLURAL: Final = "ها"
"""After a number word it makes the number vague (`ده‌ها`)."""
_BETWEEN: Final = frozenset({"برای", "مبلغ", "رقم", "فاصله", "سرعت", "میزان", "تعداد", "ظرف"})
"""Words that may stand between a bound and its amount."""
_COMPARED: Final = frozenset({"درصد", "درصدی", "برابر", "برابری", "آینده"})
_OR_MORE: Final = frozenset({"بیشتر", "بالاتر", "بالا", "اندی", "بیش"})
_BEGINNINGS: Final = frozenset({"از", "بین"})
_LEAST_BARE_SCALE: Final = 10**6
"""A scale from here on says nothing by itself (`میلیارد تومان`), while `هزار تومان` is a thousand."""
_AROUND: Final = 15
"""Words before and after a mention in which the country of its currency may be named."""
_LARGEST_PART: Final = 10
_LEAST_LEFT: Final = 10
"""Tens and hundreds after a scale are of the next lower scale where no currency is said."""
_SHORTEST_NOUN: Final = 3
_NEAR: Final = 4
_FLOORS: Final = frozenset({"زیربنا", "مساحت", "متراژ", "وسعت", "زمین", "اعیانی", "فضا", "بنا", "زیربنای", "فضای"})
_CASUALTIES: Final = frozenset(["کشته", "زخمی", "مصدوم", "مجروح", "شهید", "فوت", "جان", "قربانی", "دیگر", "بازداشت"])
_SHORTEST_ADJECTIVE: Final = 4
"""Letters over which a number word with `ی` at its end is an adjective (`میلیونی`, not `سی`)."""
_REACH: Final = 6
"""Words before `تا` in which `از` makes it the end of a range or time."""


def _is_comparison(words: Sequence[Word], at: int) -> bool:
    """Whether the words before `at` make `بیشتر از` a comparison (`۴۴ درصد بیشتر از`) or `نزدیک` a time."""
    return at > 0 and _plain(words[at - 1].form) in _COMPARED


def read_bound_after(words: Sequence[Word], last: int) -> str:
    """The bound that the words after a mention state (`و بیشتر`, `هم نمی‌رسد`), else `exact`."""
    after = [_plain(w.form) for w in words[last : last + 2]]
    if len(after) < 2:
        return "exact"
    if after[0] in ("و", "یا", "به") and after[1] in _OR_MORE:
        return "at_least"
    return "at_most" if after[0] == "هم" and after[1].startswith("نمی") else "exact"


def _bound(words: Sequence[Word], first: int, last: int) -> str:
    before = read_bound(words, first)
    return before if before != "exact" else read_bound_after(words, last)


def _has_beginning(words: Sequence[Word], at: int) -> bool:
    return any(w.form in _BEGINNINGS or w.is_numeral for w in words[max(0, at - _REACH) : at])


def read_bound(words: Sequence[Word], first: int) -> str:
    """The bound that the words before word `first` state (`exact` where none does)."""
    if _plain(words[first].form) in _VAGUE or (first and _plain(words[first - 1].form) in _VAGUE):
        return "about"
    if first and _plain(words[first - 1].form) in _BETWEEN:
        first -= 1  # `حداکثر برای ۵۰ ماه`, `تا فاصله ۲۰ کیلومتر`
    if first and words[first - 1].form == "تا" and not _has_beginning(words, first - 1):
        return "at_most"
    for length in range(_LONGEST_BOUND, 0, -1):
        bound = _BOUNDS.get("".join(_plain(w.form) for w in words[max(0, first - length) : first]))
        if bound is not None and not _is_comparison(words, first - length):
            return bound
    return "exact"


_WHOLE_KINDS: Final = frozenset({"count", "area"})
"""Kinds in which `۸.۴۱۲` is 8412: beds and square metres are not counted in thousandths."""
_DECIMAL_KINDS: Final = frozenset({"percent", "ratio"})
"""Kinds in which it is 8.412."""
_CONNECTORS: Final = frozenset(["به", "تا", "و", "،", ",", "از", "یا", "الی", "-", "–", "؛"])
"""Words over which an amount without unit or currency borrows those of the next."""


def _endings(form: str) -> tuple[str, ...]:
    """A form as it is, and without an adjectival or possessive ending (`تومانی`, `تومانش`, `طبقه‌ای`)."""
    return form, *(form.removesuffix(ending) for ending in ("ی", "ش", "ای", "یی", "شان", "ه", "گی", "اش", "یاش", "هاش"))


def _is_unit(form: str) -> bool:
    return any(f in UNITS or f in CURRENCIES or f in COUNTED_WITH_ENDING for f in _endings(form))


def _parts_before(parts: Sequence[str], at: int) -> int:
    """How many parts make up the first `at` letters, rounded down."""
    count = length = 0
    for part in parts:
        length += len(part)
        if length > at:
            break
        count += 1
    return count


def split_glued(words: Sequence[Word]) -> list[Word]:
    """The words with a number and its unit, scale or fraction apart where they were written as one.

    `سه‌درصد`, `میلیونتومان`, `یک‌سوم` and `دوساله` become two words each.
    """
    out: list[Word] = []
    if [w.form for w in words] == ["صد", "در", "صد"]:
        return [words[0], Word(words[1].start, words[2].end, "درصد")]
    for index, word in enumerate(words):
        plain = _plain(word.form)
        at = number_prefix(plain)
        if plain[:at] in SCALES and len(plain) - at > _SHORTEST_NOUN and index and words[index - 1].is_numeral:
            out += [Word(word.start, word.end, plain[:at]), Word(word.start, word.end, plain[at:])]  # `هزارگواهینامه`
            continue
        rest = plain[at:]
        parts = word.form.split(ZWNJ)
        if len(parts) > 1 and parts[-1] in FRACTION_PARTS and number_prefix("".join(parts[:-1])):
            at, rest = len(plain) - len(parts[-1]), parts[-1]  # `یک‌صدم`
        if at and rest in ("ی", "ش") and len(plain) > _SHORTEST_ADJECTIVE:  # `۱۰ میلیونی`
            out.append(Word(word.start, word.end, plain[:at]))
            continue
        is_joint = ZWNJ in word.form and len("".join(parts[: _parts_before(parts, at)])) == at
        if at and rest and not rest.startswith(_PLURAL) and (rest in FRACTION_PARTS or _is_unit(rest) or is_joint):
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


def read_money(
    words: Sequence[Word],
    first: int,
    last: int,
    following: Sequence[tuple[int, int]] = (),
    preceding: Sequence[tuple[int, int]] = (),
    earlier: Sequence[tuple[int, int]] = (),
) -> Value:
    """The value of the MONEY mention at words `first` to `last` (half-open).

    Args:
        words: Words of the text.
        first: First word of the mention.
        last: After its last word.
        following: The MONEY mentions after it in its sentence: where it has no currency or scale of its own it borrows
            those of the first that has, over connectors only (`از ۵۰ به ۷۰ میلیارد تومان`).
        preceding: Those before it. An amount with a scale of its own and no currency (`۴.۵ میلیارد`) has that of the
            nearest mention of its sentence, before or after it.
        earlier: Those of the sentence before, from which such an amount has its currency where its own sentence says
            none: if they all name the same one, rial or toman.

    Returns:
        The amount in rials for Iranian money, else in the currency; without a number, and with a reason, where the
        words do not settle one.
    """
    bound = _bound(words, first, last)
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
        if found is None and numerals and numerals[0].scale > 1:
            found = _shared_currency(words, (*reversed(preceding), *following)) or _agreed_currency(words, earlier)
            numerals = [_with_understood_scale(numerals[0]), *numerals[1:]]
        if found is None:
            return Value(bound=bound, reason="no currency is said")
        if numerals and lender is not None and numerals[0].scale == 1 and lender.scale > 1:
            if numerals[0].low >= 1000:
                return Value(bound=bound, currency=found[0].code, written_as=found[1], reason="its scale is not said")
            scale = Fraction(lender.scale)
        elif numerals and numerals[0].scale > 1 and found[1] == "همت":
            found = CURRENCIES["تومان"], "تومان"  # `همت` is a scale and a currency in one
    currency, name = found
    abroad = FOREIGN.get((name, _plain(words[last].form))) if last < len(words) else None
    if abroad is not None:
        currency = Currency(abroad, Fraction(1))
    elif name in NATIONLESS and (near := _country_near(words, first, last, name)) is not None:
        currency = Currency(near, Fraction(1))
    elif name in NATIONLESS:
        return Value(bound=bound, written_as=name, reason=f"the country of the {name} is not said")

    def unread(reason: str) -> Value:
        return Value(bound=bound, currency=currency.code, written_as=name, reason=reason)

    if not numerals:
        return unread("no number can be read")
    if _is_vague(words, first, own):
        return unread("the number is vague")
    if SCALES.get(own[numerals[0].first].form, 0) >= _LEAST_BARE_SCALE:
        return unread("the number before its scale is not said")
    rest = own[numerals[0].last :]
    if len(numerals) == 2 and [w.form for w in rest[1:2]] == ["تا"] and _currency(rest[:1]):
        low, high = numerals[0].low * _factor(rest[:1]), numerals[1].low * _factor(own[numerals[1].last :])
        return Value("range", None, min(low, high), max(low, high), currency.code, name)
    if len(numerals) == 2 and numerals[0].high is None:
        part: Fraction | None = None
        if numerals[1].low == Fraction(1, 2) and _half_after(own):
            part = Fraction(1, 2)
        elif len(own) == numerals[1].last + 1 and own[-1].form in CENTS and numerals[1].low < 100:
            part = numerals[1].low / 100
        if part is not None:
            return Value(bound, (numerals[0].low + part) * currency.factor, currency=currency.code, written_as=name)
    if len(numerals) > 1:
        return unread("more than one number is said")
    numeral = numerals[0]
    if numeral.other is not None and (numeral.is_reversed or scale == 1):
        if numeral.is_reversed or currency.code != "IRR":
            return unread(_either(numeral))
        numeral = replace(numeral, low=numeral.other)  # no one counts thousandths of a toman
    number, low_end, high_end = _exact_or_range(numeral, currency.factor * scale)
    return Value("range" if high_end is not None else bound, number, low_end, high_end, currency.code, name)


def _country_near(words: Sequence[Word], first: int, last: int, name: str) -> str | None:
    """The currency's code by the one country that is named around a mention."""
    around = {_plain(w.form) for w in words[max(0, first - _AROUND) : last + _AROUND]}
    codes = {code for (currency, country), code in FOREIGN.items() if currency == name and country in around}
    return codes.pop() if len(codes) == 1 else None


def _with_understood_scale(numeral: Numeral) -> Numeral:
    """Tens and hundreds after a scale, without a currency, are of the next lower: `سه میلیون و دویست` is 3,200,000."""
    if len(numeral.terms) < 2 or numeral.high is not None:
        return numeral
    above, last = numeral.terms[-2:]
    scale = next((s for s in (10**9, 10**6) if above % s == 0), None)
    if scale is None or not _LEAST_LEFT <= last < 1000:
        return numeral
    return replace(numeral, low=numeral.low + last * (scale // 1000 - 1))


def _agreed_currency(words: Sequence[Word], mentions: Sequence[tuple[int, int]]) -> tuple[Currency, str] | None:
    """The one Iranian currency that all the mentions with a currency name; `None` where they differ or name none."""
    named = [found for mention in mentions if (found := _shared_currency(words, (mention,))) is not None]
    return named[-1] if len({currency for currency, _ in named}) == 1 and named[0][0].code == "IRR" else None


def _shared_currency(words: Sequence[Word], mentions: Iterable[tuple[int, int]]) -> tuple[Currency, str] | None:
    """The currency of the nearest mention that has one; `همت`, a scale too, lends tomans."""
    for first, last in mentions:
        found = _currency(split_glued(words[first:last]))
        if found is not None:
            return (CURRENCIES["تومان"], "تومان") if found[1] == "همت" else found
    return None


def _is_vague(words: Sequence[Word], first: int, own: Sequence[Word]) -> bool:
    """Whether `چند` stands in a mention or right before it, or a number in the plural (`ده‌ها هزار`)."""
    before = _plain(words[first - 1].form) if first else ""
    if before in _VAGUE or any(_plain(w.form) in _VAGUE for w in own):
        return True
    plain = [_plain(w.form) for w in own]
    return any(form[number_prefix(form) :].startswith(_PLURAL) for form in plain if number_prefix(form))


def _either(numeral: Numeral) -> str:
    """The reason that names both readings."""
    return f"ambiguous: {format_number(numeral.low)} or {format_number(numeral.other or numeral.low)}"


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


def _as_fraction(own: Sequence[Word], numeral: Numeral) -> Numeral:
    """The numeral with `1/2` read as a half, in both ends of a range."""
    ends: list[Fraction] = []
    for word in own[numeral.first : numeral.last]:
        over, _, under = word.form.partition("/")
        if over.isdecimal() and under.isdecimal() and 0 < int(over) < int(under) < _LARGEST_PART:
            ends.append(Fraction(int(over), int(under)))
    if len(ends) != (1 if numeral.high is None else 2):
        return numeral
    return replace(numeral, low=min(ends), high=None if numeral.high is None else max(ends), other=None)


def _kind_in_context(words: Sequence[Word], last: int, first: int, unit: str | None, kind: str) -> str:
    """The kind of a unit that has two: `متر` of a floor is an area, `تن` of the injured a count."""
    if unit == "متر":
        near = {_plain(w.form) for w in words[max(0, first - _NEAR) : last + _NEAR]}
        return "area" if near & _FLOORS else kind
    if unit == "تن":
        near = {_plain(w.form) for w in words[max(0, first - _NEAR) : last + _NEAR]}
        return "count" if near & _CASUALTIES else kind
    return kind


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
    bound = _bound(words, first, last)
    own = split_glued(words[first:last])
    numerals = numerals_of(own)
    if not numerals:
        return Value(bound=bound, kind="count", unit=own[-1].form, reason="no number can be read")
    numeral = numerals[0]
    if _is_vague(words, first, own):
        unit, kind = _unit(own[numeral.last :])
        return Value(bound=bound, kind=kind, unit=unit, reason="the number is vague")
    if len(numerals) == 2 and _half_after(own) and numeral.high is None:
        unit, kind = _unit(own[numeral.last : -2])
        return Value(bound, numeral.low + Fraction(1, 2), unit=unit, kind=kind)
    if len(numerals) == 2 and [w.form for w in own[numeral.last + 1 : numeral.last + 2]] == ["تا"]:
        unit, kind = _unit(own[numerals[1].last :])
        if unit == _unit(own[numeral.last : numeral.last + 1])[0]:  # `۸۰ درصد تا ۱۰۰ درصد`
            low_end, high_end = sorted((numeral.low, numerals[1].low))
            return Value("range", None, low_end, high_end, unit=unit, kind=kind)
    if len(numerals) > 1:
        return Value(bound=bound, kind="other", unit=None, reason="more than one number is said")
    unit, kind = _unit(own[numeral.last :] or own[: numeral.first])
    if unit is None and not numeral.is_fraction:
        kind = "count" if numeral.low.denominator == 1 else "other"
        for mention, other in _lenders(words, last, following):
            if other is not None and other.last < len(mention):
                unit, kind = _unit(mention[other.last :])
                break
    if unit in KITCHEN_UNITS:
        numeral = _as_fraction(own, numeral)
    kind = _kind_in_context(words, last, first, unit, kind)
    if numeral.other is not None:
        if numeral.is_reversed or kind not in _WHOLE_KINDS | _DECIMAL_KINDS:
            return Value(bound=bound, kind=kind, unit=unit, reason=_either(numeral))
        numeral = replace(numeral, low=numeral.other) if kind in _WHOLE_KINDS else numeral
    is_negative = first > 0 and words[first - 1].form == _NEGATIVE
    if is_negative and numeral.high is not None:
        return Value(bound=bound, kind=kind, unit=unit, reason="which ends of the range are negative is not said")
    number, low, high = _exact_or_range(numeral, Fraction(-1 if is_negative else 1))
    return Value("range" if high is not None else bound, number, low, high, unit=unit, kind=kind)
