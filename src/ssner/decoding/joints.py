"""Places between words at which no mention begins or ends, besides those inside a numeral."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..text import Word
from ..values.numerals import inside_numeral

_PLURAL_ENDINGS: Final = frozenset({"ها", "های", "هایی", "هایش"})
_LATIN: Final = re.compile("[A-Za-z]+")


def inside_joints(words: Sequence[Word]) -> list[bool]:
    """For each word, whether it goes on with what began before it, so that no span has an edge at its left.

    That is inside a numeral, inside letters with dots between them (`ج.ا.ا`), inside Latin names with a hyphen
    (`Jean-Michel`), and before a plural ending that stands apart (`کتابخانه های`). In the gold of train and dev none of
    them is an edge (`benchmarks/decoding.py --gold` counts them).

    Args:
        words: Of one sentence.
    """
    inside = inside_numeral(words)
    for i in range(1, len(words)):
        if words[i].form in _PLURAL_ENDINGS:
            inside[i] = True
    for i in range(2, len(words)):
        left, mark, right = words[i - 2 : i + 1]
        if left.end == mark.start and mark.end == right.start and _is_joint(left.form, mark.form, right.form):
            inside[i - 1] = inside[i] = True
    return inside


def _is_joint(left: str, mark: str, right: str) -> bool:
    if mark == ".":
        return len(left) == len(right) == 1 and left.isalpha() and right.isalpha()
    return mark == "-" and _LATIN.fullmatch(left) is not None and _LATIN.fullmatch(right) is not None
