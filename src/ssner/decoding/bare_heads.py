"""Words that name no organisation and no facility by themselves: `سازمان`, `بیمارستان‌های`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ..events.heads import FACILITY_HEADS, FREE_HEADS, GENERIC_HEADS, PLURAL_HEADS, PLURALS
from ..text import ZWNJ

_NAMES_ALONE: Final = frozenset({"اورژانس"})
"""Heads that are a body's short name too."""
_OTHERS: Final = frozenset({"دولت", "وزارتخانه", "تیم", "گروه", "حزب", "شهرداری", "استانداری", "فرمانداری", "نهاد"})
_DEMONSTRATIVES: Final = frozenset({"این", "آن", "همین", "همان"})
"""With a head noun they are a mention (`این بیمارستان`), alone they are none."""
_NAMED = GENERIC_HEADS | FACILITY_HEADS | PLURAL_HEADS | FREE_HEADS["ORG"] | FREE_HEADS["FACILITY"]
_HEADS: Final = (_NAMED | _OTHERS | _DEMONSTRATIVES) - _NAMES_ALONE


@lru_cache(maxsize=4096)
def is_bare_head(form: str) -> bool:
    """Whether a folded word is a head noun, in the singular or plural, that the schema leaves unmarked by itself."""
    plain = form.replace(ZWNJ, "")
    return plain in _HEADS or any(plain.endswith(p) and plain.removesuffix(p) in _HEADS for p in PLURALS)
