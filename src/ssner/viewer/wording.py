"""Values and numbers as a reader of Persian has them."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from ..document import Value, format_number
from ..text.folding import PERSIAN_DIGITS
from ..values.units import CURRENCIES

_BOUNDS: Final = {"about": "حدود ", "at_least": "دست‌کم ", "at_most": "حداکثر "}
_CURRENCY_NAMES: Final = {c.code: word for word, c in reversed(CURRENCIES.items()) if word.isalpha()}
_PERSIAN: Final = str.maketrans("0123456789,.", PERSIAN_DIGITS + "٬٫")
_UNREAD: Final = "خوانده نشد"


def _number(number: Fraction) -> str:
    whole, point, decimals = format_number(number).partition(".")
    return f"{int(whole):,}{point}{decimals}" if "/" not in whole and number >= 0 else whole + point + decimals


def persian_value(value: Value) -> str:
    """A value in Persian words and digits: `دست‌کم ۹۰٬۰۰۰٬۰۰۰٬۰۰۰ ریال`, `۲ تا ۳ نفر`, `خوانده نشد`."""
    if value.low is not None and value.high is not None:
        said = f"{_number(value.low)} تا {_number(value.high)}"
    elif value.number is not None:
        said = _BOUNDS.get(value.bound, "") + _number(value.number)
    else:
        return _UNREAD
    unit = _CURRENCY_NAMES.get(value.currency or "", value.currency) if value.is_money else value.unit
    return said.translate(_PERSIAN) + (f" {unit}" if unit else "")
