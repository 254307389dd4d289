"""Units in which buildings and works are measured, with their endings."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ..text import ZWNJ

_UNITS: Final = {
    "تخت": "", "تختخواب": "تختخوابه", "نفر": "نفره", "طبقه": "", "اتاق": "اتاقه", "واحد": "واحده", "کلاس": "کلاسه",
    "سالن": "سالنه", "خانوار": "", "پرده": "", "یونیت": "", "سوئیت": "", "غرفه": "", "صندلی": "", "باند": "بانده",
    "متر": "متره", "کیلومتر": "", "مترمربع": "", "کیلومترمربع": "", "هکتار": "", "مترمکعب": "", "لیتر": "",
    "تن": "", "کیلو": "", "مگاوات": "", "کیلووات": "",
}  # fmt: skip
"""Unit → its form with `ه`, if it has one (`۱۲ کلاسه`)."""
_ENDINGS: Final = ("", "ی", "ای", "یی", "اش", "یاش", "ایاش", "شان")


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    bases = [(base, unit) for unit, with_h in _UNITS.items() for base in (unit, with_h) if base]
    return {base + ending: unit for base, unit in bases for ending in _ENDINGS}


def size_unit(word: str) -> str | None:
    """The unit that a folded word is, with or without one ending (`تختخوابی`, `نفره‌اش`); `مترو` is none."""
    return _forms().get(word.replace(ZWNJ, "").replace(" ", ""))
