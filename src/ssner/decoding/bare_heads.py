"""Words that name no organisation and no facility by themselves: `سازمان`, `بیمارستان‌های`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ..events.heads import DEMONSTRATIVES, FACILITY_HEADS, FREE_HEADS, GENERIC_HEADS, PLURAL_HEADS, PLURALS
from ..text import ZWNJ

_NAMES_ALONE: Final = frozenset({"اورژانس"})
"""Heads that are a body's short name too."""
_OTHERS: Final = frozenset({"دولت", "وزارتخانه", "تیم", "گروه", "حزب", "شهرداری", "استانداری", "فرمانداری", "نهاد"})
_NAMED: Final = GENERIC_HEADS | FACILITY_HEADS | PLURAL_HEADS | FREE_HEADS["ORG"] | FREE_HEADS["FACILITY"]
_HEADS: Final = (_NAMED | _OTHERS | DEMONSTRATIVES) - _NAMES_ALONE


@lru_cache(maxsize=4096)
def is_bare_head(form: str) -> bool:
    """Whether a folded word may begin a name but is none by itself: a head noun, singular or plural, or `این`."""
    plain = form.replace(ZWNJ, "")
    return plain in _HEADS or any(plain.endswith(p) and plain.removesuffix(p) in _HEADS for p in PLURALS)
