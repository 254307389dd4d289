"""Names of things, made comparable: what of a mention's words tells one thing from another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from ..text import ZWNJ, fold_string
from ..values.numerals import number_prefix
from .heads import (
    ABBREVIATIONS,
    DEMONSTRATIVES,
    FACILITY_HEADS,
    FREE_HEADS,
    GENERIC_HEADS,
    LEFT_OUT_HEADS,
    LOOSE,
    NATIONAL,
    ONE_WORD,
    PLURAL_HEADS,
    PLURALS,
    PROVINCE,
    SAME_HEADS,
    SIZED,
    TOWN,
    UNIT_HEADS,
    WARD,
)
from .places import gazetteer

_SAYYID: Final = frozenset({"سید", "سیده"})
_LIKE: Final = 91.0
"""Least likeness (percent, rapidfuzz) of two spellings of one name."""
_LONG: Final = 9
"""Letters from which on a name may be misspelt and still be known."""
_ENDING: Final = 4
"""Most letters of the endings of a size (`نفره‌اش`)."""


_DIGIT_AND_LETTER: Final = re.compile(r"(?<=\d)(?=[^\W\d_])")
_NUMBER_AND_SIZE: Final = re.compile(rf"(\w+){ZWNJ}(?={'|'.join(SIZED)})")


def plain_words(text: str) -> tuple[str, ...]:
    """Words of a mention for matching: folded, without half-spaces and marks, `اداره کل` as one."""
    folded = _DIGIT_AND_LETTER.sub(" ", _NUMBER_AND_SIZE.sub(_apart, fold_string(text))).replace(ZWNJ, "")
    for apart, one in ONE_WORD:
        folded = folded.replace(apart, one)
    for mark in "()«»،,.؛:\"'-":
        folded = folded.replace(mark, " ")
    return tuple(word for plain in folded.split() for word in ABBREVIATIONS.get(plain.lower(), (plain,)))


def _apart(match: re.Match[str]) -> str:
    """`هفده‌طبقه‌ای` as two words; other words that a half-space joins stay one."""
    return f"{match[1]} " if number_prefix(match[1]) == len(match[1]) else match[0]


def _is_size(word: str) -> bool:
    return any(word.startswith(unit) and len(word) <= len(unit) + _ENDING for unit in SIZED)


def _is_number(word: str) -> bool:
    """Whether a word is a number in digits or letters."""
    return word[0].isdecimal() or number_prefix(word) == len(word)


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    names = gazetteer()
    parts = {fold_string(part) for province, _ in names.values() for part in province.split() if len(part) > 2}
    return frozenset(names) | parts


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

    @property
    def is_national(self) -> bool:
        """Whether it names the whole country's body (`سازمان …`, `… کشور`), of which a province's is a branch."""
        if self.kind != "ORG" or self.is_branch:
            return False
        return self.head == "سازمان" or not NATIONAL.isdisjoint(self.words[1:])

    def without_province(self) -> Name:
        """The name without the word `استان`."""
        return replace(self, core=tuple(w for w in self.core if w != PROVINCE))

    @property
    def is_branch(self) -> bool:
        """Whether it names a province's or town's body."""
        return self.kind == "ORG" and (
            not {PROVINCE, TOWN}.isdisjoint(self.core) or any(w in _place_words() for w in self.core)
        )

    @property
    def joined(self) -> str:
        """The core in one piece."""
        return "".join(self.core)

    def is_spelling_of(self, other: Name) -> bool:
        """Whether both are the same words, wherever spaces stand, a slip of the pen allowed."""
        if self.joined == other.joined:
            return True
        if self.numbers != other.numbers or min(len(self.joined), len(other.joined)) < _LONG:
            return False
        if set(self.core) < set(other.core) or set(other.core) < set(self.core):
            return False
        return self._places() == other._places() and fuzz.ratio(self.joined, other.joined) >= _LIKE

    @property
    def fullness(self) -> tuple[bool, int]:
        """By which the fullest of several names is found: Persian letters before Latin ones, then the longest."""
        return not self.joined[:1].isascii(), len(self.joined)

    def is_elsewhere(self, other: Name) -> bool:
        """Whether both are bodies that name places, other ones."""
        if self.kind != "ORG":
            return False
        here, there = self._places(), other._places()
        if (TOWN in self.core) != (TOWN in other.core):  # `بهزیستی شهرستان` is another body than the province's
            return self.is_branch and other.is_branch
        return bool(here and there) and here.isdisjoint(there)

    def _places(self) -> frozenset[str]:
        return frozenset(self.core) & _place_words()

    def _is_long_without_head(self, long: Name) -> bool:
        """Whether a longer facility's name is this one without its head, a place added (`امید ابهر`)."""
        if self.kind != "FACILITY" or self.core[0] not in FACILITY_HEADS - UNIT_HEADS or len(self.core) < 2:
            return False
        if long.core[0] in FACILITY_HEADS:
            return False
        bare, rest = self.core[1:], long.core[len(self.core) - 1 :]
        return long.core == (*bare, *rest) and _place_words().issuperset(rest)

    def without_ward(self) -> Name:
        """The name without `بخش` at its beginning."""
        return replace(self, words=self.words[1:], head=self.words[1], core=self.core[1:])

    def is_short_for(self, long: Name) -> bool:
        """Whether it is the longer name with words left out: at its end, at its beginning, or a place or owner."""
        if len(self.core) > 1 and self.core[0] == WARD and self.words[1] == long.head:
            return self.without_ward().is_short_for(long)  # `بخش رادیولوژی` of `رادیولوژی بیمارستان …`
        if self.kind == "ORG" and long.is_branch and PROVINCE in self.core[1:]:
            return self.without_province().is_short_for(long)  # `بهزیستی استان` of `بهزیستی فارس`
        if self._is_long_without_head(long):
            return True
        if not self.core or len(self.joined) >= len(long.joined) or not _in_order(self.core, long.core):
            return False
        if self.numbers != long.numbers:
            return False
        rest = [word for word in long.core if word not in self.core]
        places = _place_words()
        rest_places = {word for word in rest if word in places or (word == PROVINCE and self.kind == "ORG")}
        only_places = rest_places.issuperset(rest)
        if self.kind == "FACILITY":
            if self.head not in FACILITY_HEADS and self.head not in DEMONSTRATIVES:
                before = long.core[: long.core.index(self.core[0])]
                return before == (WARD,) or (UNIT_HEADS.isdisjoint(before) and FACILITY_HEADS.isdisjoint(before[1:]))
            if self.head != long.head or (self.is_sized and not only_places):
                return False
            return len(self.core) > 1 or self._is_telling()
        if only_places:
            return not self.is_national
        if len(self.core) > 1 and self.core[-1] == long.core[-1]:
            begins_alike = self.core[0] == long.core[0]
            is_of_place = self.core[-1] in places and self.core[0] not in GENERIC_HEADS
            if begins_alike and (is_of_place or len(self.core) > 2):
                return True
            if is_of_place and self.words[0] == long.words[0] != self.core[0]:
                return True  # `اداره کار ساوه` of `اداره تعاون، کار و رفاه اجتماعی ساوه`
        begins = long.core[: len(self.core)] == self.core
        ends = self.core == long.core[1:] and long.core[0] in LEFT_OUT_HEADS
        return (begins and (len(self.core) > 1 or len(self.core[0]) > 3)) or ends

    def is_loosely_short_for(self, long: Name) -> bool:
        """Whether it is what a longer name of an organisation has between its head and its place."""
        if self.kind != "ORG" or long.core[0] not in LEFT_OUT_HEADS or self.core[0] in LEFT_OUT_HEADS:
            return False
        return self.core == tuple(
            w for w in long.core[1:] if w != PROVINCE and (w in self.core or w not in _place_words())
        )

    def _is_telling(self) -> bool:
        """Whether more than a head noun is said."""
        return len(self.words) > 1

    def is_given_name_of(self, other: Name) -> bool:
        """Whether it is the beginning of a person's longer name."""
        return len(self.core) < len(other.core) and other.core[: len(self.core)] == self.core

    def is_full_beginning_of(self, other: Name) -> bool:
        """Whether it is a given name and a surname with which a person's longer name begins."""
        return len(self.core) > 1 and self.is_given_name_of(other)

    def is_person(self, other: Name) -> bool:
        """Whether one name is the end of the other, wherever spaces stand (`سعدی‌نژاد`, `شاپور سعدی نژاد`)."""
        short, long = sorted((self.core, other.core), key=lambda core: len("".join(core)))
        joined = "".join(short)
        if any("".join(long[start:]) == joined for start in range(len(long))):
            return True
        if len(long) > 2 and long[1 : 1 + len(short)] == short:  # a surname of two words, cut short
            return True
        return len(short) > 1 and len(joined) >= _LONG and fuzz.ratio(joined, "".join(long)) >= _LIKE


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of `short` stand in `long` in the same order."""
    rest = iter(long)
    return all(word in rest for word in short)


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
    numbers: set[str] = set()
    is_sized = False
    for index, word in enumerate(words):
        before_size = index + 1 < len(words) and _is_size(words[index + 1])
        after_number = index > 0 and _is_number(words[index - 1])
        if kind == "FACILITY" and ((_is_number(word) and before_size) or (after_number and _is_size(word))):
            is_sized = True
            continue
        if word[0].isdecimal():
            numbers.add(word)
        is_town = word == TOWN and kind == "ORG" and index == len(words) - 1  # another body than the province's
        if (word in LOOSE and not is_town) or (index == 0 and word in FREE_HEADS.get(kind, ())):
            continue
        core_words.append(word)
    points |= is_sized and not core_words  # `ساختمان ۴۰ ساله` tells which no better than `این ساختمان`
    return Name(kind, words, head, tuple(core_words) or words, frozenset(numbers), points, is_sized, several)
