"""Names of things, made comparable: what of a mention's words tells one thing from another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from .heads import (
    BARE_HEADS,
    COMPANY_HEADS,
    DEMONSTRATIVES,
    FREE_HEADS,
    LOOSE,
    NATIONAL,
    NUMBERED,
    PROVINCE,
    SAME_HEADS,
    TOWN,
)
from .spelling import is_number, is_plural, is_size, is_slip, place_words, singular, town_words

_SAYYID: Final = frozenset({"سید", "سیده"})
LONG: Final = 9
"""Letters from which on a name may be misspelt and still be known."""


@dataclass(frozen=True)
class Name:
    """A mention's name.

    Attributes:
        kind: Type of the mention.
        words: All its words, a demonstrative in front left out.
        head: Its first word.
        core: What tells it from others, in order: without free heads, loose words and sizes (`۳۰۰ تختخوابی`).
        numbers: Its numbers, sizes left out (`شعبه ۲`).
        points: Whether it only points at something (`این بیمارستان`).
        is_sized: Whether a size stands in it.
        is_plural: Whether it is one of several that share a head (`بیمارستان‌های شریعتی` و …).
    """

    kind: str
    words: tuple[str, ...]
    head: str
    core: tuple[str, ...]
    numbers: frozenset[str]
    points: bool
    is_sized: bool = False
    is_plural: bool = False

    @cached_property
    def is_national(self) -> bool:
        """Whether it names the whole country's body (`سازمان …`, `… کشور`), of which a province's is a branch."""
        if self.kind != "ORG" or self.is_branch:
            return False
        return self.head == "سازمان" or not NATIONAL.isdisjoint(self.words[1:])

    @cached_property
    def is_branch(self) -> bool:
        """Whether it names a province's or town's body."""
        return self.kind == "ORG" and bool(self.places or {PROVINCE, TOWN}.intersection(self.core))

    @cached_property
    def joined(self) -> str:
        """The core in one piece."""
        return "".join(self.core)

    def is_spelling_of(self, other: Name) -> bool:
        """Whether both are the same words, wherever spaces stand, a slip of the pen allowed."""
        if self.joined == other.joined:
            return True
        if self.numbers != other.numbers or min(len(self.joined), len(other.joined)) < LONG:
            return False
        return self.places == other.places and is_slip(self.core, other.core)

    @cached_property
    def fullness(self) -> tuple[bool, int]:
        """By which the fullest of several names is found: Persian letters before Latin ones, then the longest."""
        return not self.joined[:1].isascii(), len(self.joined)

    def is_elsewhere(self, other: Name) -> bool:
        """Whether both are bodies that name places, other ones."""
        if self.kind != "ORG":
            return False
        here, there = self.places, other.places
        if (TOWN in self.core) != (TOWN in other.core):  # `بهزیستی شهرستان` is another body than the province's
            return self.is_branch and other.is_branch
        return bool(here and there) and here.isdisjoint(there)

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that it names; an everyday word (`بم`) is one where it ends the name of a body, no company's."""
        found = frozenset(self.core) & place_words()
        ends_with_town = self.kind == "ORG" and len(self.core) > 1 and self.core[-1] in town_words()
        return found | {self.core[-1]} if ends_with_town and self.head not in COMPANY_HEADS else found


def _is_size_at(words: tuple[str, ...], index: int) -> bool:
    """Whether a number and its unit stand at `index`: not in front (`دو باند فرودگاه`), nor a number that names."""
    if not 0 < index < len(words) - 1 or words[index - 1] in NUMBERED:
        return False
    return is_number(words[index]) and is_size(words[index + 1])


@lru_cache(maxsize=4096)
def name_of(kind: str, words: tuple[str, ...]) -> Name:
    """The name that words make.

    Args:
        kind: Type of the mention.
        words: See `plain_words`; at least one.
    """
    points = words[0] in DEMONSTRATIVES
    words = words[1:] if points and len(words) > 1 else words
    several = kind != "PERSON" and is_plural(words)
    if several:
        words = singular(words)
    words = tuple(SAME_HEADS.get(w, w) for w in words)
    head = words[0].removesuffix("ی") if words[0].endswith(("ای", "وی")) else words[0]  # `فرهنگسرای …`
    if kind == "PERSON":
        core = tuple(w for w in words if w not in _SAYYID) or words
        return Name(kind, words, head, core, frozenset(), points)
    core_words: list[str] = []
    whole: list[str] = []
    numbers: set[str] = set()
    is_sized = False
    for index, word in enumerate(words):
        if kind == "FACILITY" and (_is_size_at(words, index) or _is_size_at(words, index - 1)):
            is_sized = True
            continue
        if word[0].isdecimal():
            numbers.add(word)
        if index or word not in FREE_HEADS.get(kind, ()):
            whole.append(word)
        is_town = word == TOWN and kind == "ORG" and index == len(words) - 1  # another body than the province's
        if (word in LOOSE and not is_town) or (index == 0 and word in FREE_HEADS.get(kind, ())):
            continue
        core_words.append(word)
    if len(core_words) == 1 and core_words[0] in BARE_HEADS and not is_sized:
        core_words = whole  # `بیمه ایران` is not `بیمه سلامت`
    points |= is_sized and not core_words  # `ساختمان ۵ طبقه` tells which no better than `این ساختمان`
    return Name(kind, words, head, tuple(core_words) or words, frozenset(numbers), points, is_sized, several)
