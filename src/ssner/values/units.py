"""Currencies and units: what they are called in the news and what they are worth."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple


class Currency(NamedTuple):
    """A currency as written.

    Attributes:
        code: ISO 4217.
        factor: What one of it is worth in units of the code (1 toman is 10 rials).
    """

    code: str
    factor: Fraction


_HEMMAT: Final = Fraction(10**13)
"""One همت (1,000 milliard tomans) in rials."""

CURRENCIES: Final[dict[str, Currency]] = {
    "ریال": Currency("IRR", Fraction(1)),
    "تومان": Currency("IRR", Fraction(10)),
    "تومن": Currency("IRR", Fraction(10)),
    "همت": Currency("IRR", _HEMMAT),
    "دلار": Currency("USD", Fraction(1)),
    "یورو": Currency("EUR", Fraction(1)),
    "پوند": Currency("GBP", Fraction(1)),
    "درهم": Currency("AED", Fraction(1)),
    "دینار": Currency("IQD", Fraction(1)),
    "یوان": Currency("CNY", Fraction(1)),
    "ین": Currency("JPY", Fraction(1)),
    "روبل": Currency("RUB", Fraction(1)),
    "لیر": Currency("TRY", Fraction(1)),
    "وون": Currency("KRW", Fraction(1)),
    "منات": Currency("AZN", Fraction(1)),
    "بولوار": Currency("VES", Fraction(1)),
    "رینگیت": Currency("MYR", Fraction(1)),
    "رینگت": Currency("MYR", Fraction(1)),
    "شکل": Currency("ILS", Fraction(1)),
    "سنت": Currency("USD", Fraction(1, 100)),
    "$": Currency("USD", Fraction(1)),
    "€": Currency("EUR", Fraction(1)),
    "£": Currency("GBP", Fraction(1)),
}

_KINDS: Final = {
    "percent": "درصد ٪ %",
    "area": "مترمربع هکتار کیلومترمربع",
    "length": "متر کیلومتر سانتیمتر سانتی‌متر میلیمتر میلی‌متر اینچ",
    "mass": "تن کیلو کیلوگرم گرم میلی‌گرم",
    "volume": "لیتر مترمکعب سی‌سی میلی‌لیتر بشکه لیوان فنجان پیمانه",
    "duration": "شب سال ماه روز هفته ساعت دقیقه ثانیه قرن دهه شبانه‌روز ساله ماهه روزه ساعته سالگی",
    "ratio": "برابر",
    "other": "مگابیت گیگابیت ریشتر نفرساعت نفرروز مگاوات کیلووات مگاواتساعت درجه ولت مگابایت گیگابایت",
}
UNITS: Final[dict[str, tuple[str, str]]] = {
    unit.replace("\u200c", ""): (unit, kind) for kind, units in _KINDS.items() for unit in units.split()
}
"""Unit without half-spaces → the unit as it is written, and its kind; whatever is not here is counted."""

BASE_UNITS: Final = {
    "نفره": "نفر",
    "ساله": "سال",
    "ماهه": "ماه",
    "روزه": "روز",
    "ساعته": "ساعت",
    "سالگی": "سال",
    "٪": "درصد",
    "%": "درصد",
}
"""Forms whose unit has another name."""

FOREIGN: Final = {
    ("دلار", "کانادا"): "CAD", ("دلار", "استرالیا"): "AUD", ("دلار", "هنگکنگ"): "HKD", ("دلار", "سنگاپور"): "SGD",
    ("دلار", "زیمبابوه"): "ZWL", ("دینار", "کویت"): "KWD", ("دینار", "بحرین"): "BHD", ("دینار", "اردن"): "JOD",
    ("ریال", "قطر"): "QAR", ("ریال", "عمان"): "OMR", ("ریال", "عربستان"): "SAR", ("ریال", "سعودی"): "SAR",
    ("ریال", "یمن"): "YER", ("دینار", "عراق"): "IQD",
}  # fmt: skip
"""Currency and the country after it → ISO 4217 code, where the name alone means another country's."""
KITCHEN_UNITS: Final = frozenset({"لیوان", "فنجان", "قاشق", "پیمانه", "اینچ"})
"""Units of which `1/2` is a half, not 1.2."""
NATIONLESS: Final = frozenset({"دینار"})
"""Currencies of several countries, none of which is meant where none is said."""
CENTS: Final = frozenset({"سنت", "پنس"})
"""Hundredths of a currency."""

COUNTED_WITH_ENDING: Final = frozenset(
    [
        "نفر",
        "تخت",
        "تختخواب",
        "واحد",
        "هکتار",
        "قلم",
        "مورد",
        "طبقه",
        "شغل",
        "دستگاه",
        "تا",
        "خط",
        "جلد",
        "برگ",
        "کشور",
        "فرد",
        "امتیاز",
    ]
)
"""Counted nouns that take an adjectival ending (`۵۰۰ تختخوابی`), beside the units above."""
