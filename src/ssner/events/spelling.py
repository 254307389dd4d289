"""Words of names: how they are written, and which of them are numbers, sizes, places and plurals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from ..text import ZWNJ, fold_string
from ..values.numerals import number_prefix
from .heads import (
    ABBREVIATIONS,
    FACILITY_HEADS,
    GENERIC_HEADS,
    ONE_WORD,
    PLURAL_HEADS,
    PLURALS,
    SAME_HEADS,
)
from .places import gazetteer
from .sizes import size_unit

_LONG: Final = 5
"""Letters from which on a word may be misspelt and still be known."""
_ORDINALS: Final = frozenset({"نخستین", "اولین", "دومین", "سومین"})
_DIGIT_AND_LETTER: Final = re.compile(r"(?<=\d)(?=[^\W\d_])")
_NUMBER_AND_WORD: Final = re.compile(rf"(\w+){ZWNJ}(?=(\w+))")


@lru_cache(maxsize=4096)
def plain_words(text: str) -> tuple[str, ...]:
    """Words of a mention for matching: folded, without half-spaces and marks, `اداره کل` as one."""
    folded = _DIGIT_AND_LETTER.sub(" ", _NUMBER_AND_WORD.sub(_apart, fold_string(text))).replace(ZWNJ, "")
    for apart, one in ONE_WORD:
        folded = folded.replace(apart, one)
    for mark in "()«»،,.؛:\"'-":
        folded = folded.replace(mark, " ")
    words: list[str] = []
    for plain in folded.split():
        full = ABBREVIATIONS.get(plain.lower(), (plain,))
        words += full[1:] if len(full) > 1 and words[-1:] == [full[0]] else full  # `بخش ICU`
    return tuple(words)


def _apart(match: re.Match[str]) -> str:
    """`هفده‌طبقه‌ای` as two words; other words that a half-space joins stay one."""
    is_sized = number_prefix(match[1]) == len(match[1]) and is_size(match[2])
    return f"{match[1]} " if is_sized else match[0]


@lru_cache(maxsize=4096)
def is_size(word: str) -> bool:
    """Whether a word is a unit in which buildings are measured (`تختخوابی`)."""
    return size_unit(word) is not None


@lru_cache(maxsize=4096)
def is_number(word: str) -> bool:
    """Whether a word is a number in digits or letters."""
    return word[0].isdecimal() or number_prefix(word) == len(word)


def is_slip(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words differ by one edit in one long word that is no number (`پانزدهم` is not `شانزدهم`)."""
    if len(one) != len(other):
        return False
    pairs = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1 or any(len(w) < _LONG or is_number(w) or _is_ordinal(w) for w in pairs[0]):
        return False
    return OSA.distance(*pairs[0]) == 1


def _is_ordinal(word: str) -> bool:
    return word in _ORDINALS or (word.endswith(("م", "مین")) and is_number(word.removesuffix("ین").removesuffix("م")))


@lru_cache(maxsize=1)
def town_words() -> frozenset[str]:
    """Names of all provinces and towns, everyday words too, without spaces."""
    return frozenset(gazetteer())


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Names of Iran's provinces and towns, and the words of provinces' names, without spaces; no everyday words."""
    names = {name: found for name, found in gazetteer().items() if not found[1]}
    parts = {fold_string(part) for province, _ in gazetteer().values() for part in province.split() if len(part) > 2}
    return frozenset(names) | parts


def is_plural(words: tuple[str, ...]) -> bool:
    """Whether a name begins with a head noun in the plural (`بیمارستان‌های شریعتی`)."""
    if words[0] in PLURAL_HEADS or (len(words) > 2 and words[1] in PLURALS):
        return True
    return len(words) > 1 and any(_without(words[0], p) in FACILITY_HEADS | GENERIC_HEADS for p in PLURALS)


def _without(word: str, ending: str) -> str:
    return word.removesuffix(ending) if word.endswith(ending) else ""


def singular(words: tuple[str, ...]) -> tuple[str, ...]:
    """The name with its head noun in the singular."""
    if len(words) > 2 and words[1] in PLURALS:
        return (words[0], *words[2:])
    heads = (_without(words[0], plural) for plural in PLURALS)
    return (next((h for h in heads if h), SAME_HEADS.get(words[0], words[0])), *words[1:])
