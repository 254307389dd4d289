"""Which words are finite verbs, by their stems and endings: where a clause ends."""

from __future__ import annotations

import re
from typing import Final

from ..text import ZWNJ

_PAST: Final = (
    "کرد|شد|بود|داشت|داد|گرفت|یافت|رسید|رساند|آمد|رفت|برد|خورد|زد|ساخت|گفت|دید|خرید|فروخت|پرداخت|گذاشت|افتاد|ماند|بست|"
    "خواست|توانست|گشت|گردید|نمود|آورد|گذشت|کشید|پیوست|برداشت|نوشت|پذیرفت|دانست|خواند|درگذشت|فرستاد|شنید|نشست|ایستاد"
)
_PRESENT: Final = (
    "کن|شو|دار|ده|گیر|یاب|رس|رسان|آی|رو|بر|خور|زن|ساز|گوی|بین|خر|فروش|پرداز|گذار|افت|مان|بند|خواه|توان|گرد|نمای|آور|"
    "گذر|کش|پیوند|بردار|نویس|پذیر|دان|خوان|باش"
)
_FORMS: Final = re.compile(
    rf"(?:ن|ب|می|نمی|در|بر)?(?:{_PAST})(?:م|یم|ید|ند|ه|هاند|هایم|هاست)?"
    rf"|(?:می|نمی)(?:{_PRESENT})(?:م|ی|د|یم|ید|ند)"
    rf"|(?:ن|ب)?(?:کن|شو|ده|گیر|یاب|رس|آی|رو|باش|خواه|دار)(?:د|ند|یم)"
    r"|است|نیست|هست|اند|(?:نی|ه)ستند|باید|نباید"
)
_LIGHT: Final = re.compile(
    r"(?:ن|می|نمی)?(?:کرد|شد|گردید|نمود)(?:م|یم|ید|ند|ه|هاند|هایم|هاست)?|(?:ن|ب|می|نمی)?(?:کن|شو)(?:م|د|یم|ید|ند)"
)


def is_verb(form: str) -> bool:
    """Whether a folded word is a finite verb (`گرفته‌اند`); `خرید` and `ساخت` count as verbs too."""
    return _FORMS.fullmatch(form.replace(ZWNJ, "")) is not None


def is_light_verb(form: str) -> bool:
    """Whether it is a verb that makes a predicate of the word before it (`نصب شد`, `بیمه می‌کند`)."""
    return _LIGHT.fullmatch(form.replace(ZWNJ, "")) is not None
