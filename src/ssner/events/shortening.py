"""Whether one name is another with words left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .heads import (
    BARE_HEADS,
    DEMONSTRATIVES,
    FACILITY_HEADS,
    GENERIC_HEADS,
    LEFT_OUT_HEADS,
    LOOSE,
    PROVINCE,
    UNIT_HEADS,
    WARD,
)
from .names import LONG, Name
from .spelling import is_slip, town_words

_LEAST_WORD: Final = 4
"""Letters from which on a first word alone stands for a longer name."""


def is_short(short: Name, long: Name) -> bool:
    """Whether a name is a longer one with words left out: at its end, at its beginning, or a place or owner."""
    return _is_short_facility(short, long) if short.kind == "FACILITY" else _is_short_body(short, long)


def _is_within(short: Name, long: Name) -> bool:
    """Whether the words of a name stand in a longer one in the same order, and its numbers are the same."""
    whole = long.core if LOOSE.isdisjoint(short.core) else long.words  # `شورای شهر` of `شورای شهر تهران`
    rest = iter(whole)
    return (
        len(short.joined) < len("".join(whole))
        and all(word in rest for word in short.core)
        and short.numbers == long.numbers
    )


def _is_short_facility(short: Name, long: Name) -> bool:
    if len(short.core) > 1 and short.core[0] == WARD and short.words[1] == long.head:
        bare = replace(short, words=short.words[1:], head=short.words[1], core=short.core[1:])
        return is_short(bare, long)  # `بخش رادیولوژی` of `رادیولوژی بیمارستان …`
    if not _is_within(short, long):
        return False
    if (
        short.head not in FACILITY_HEADS and short.head not in DEMONSTRATIVES
    ):  # the whole, or the ward, not a part of it
        words = long.core if short.core[0] in long.core else long.words  # as in `_is_within`
        before = words[: words.index(short.core[0])]
        return before == (WARD,) or (UNIT_HEADS.isdisjoint(before) and FACILITY_HEADS.isdisjoint(before[1:]))
    if short.head in UNIT_HEADS and not _is_of_a_parent(short, long):
        return False
    rest = {word for word in long.core if word not in short.core}
    if short.head != long.head or (short.is_sized and not rest <= long.places):
        return False
    return len(short.words) > 1


def _is_of_a_parent(short: Name, long: Name) -> bool:
    """Whether a unit is longer named by its building or place (`بخش دیالیز بیمارستان …`), not by what it is for."""
    for word in long.core[1:]:
        if word in FACILITY_HEADS or word in town_words():
            return True
        if word not in short.words:
            return False
    return True


def _is_short_body(short: Name, long: Name) -> bool:
    if long.is_branch and PROVINCE in short.core[1:]:
        bare = replace(short, core=tuple(w for w in short.core if w != PROVINCE))
        return is_short(bare, long)  # `بهزیستی استان` of `بهزیستی فارس`
    if not _is_within(short, long) or (len(short.core) == 1 and short.core[0] in BARE_HEADS):
        return False
    if all(word in long.places or word == PROVINCE for word in long.core if word not in short.core):
        return not short.is_national
    first, last = short.core[0], short.core[-1]
    if len(short.core) > 1 and last == long.core[-1]:
        is_of_place = last in long.places and first not in GENERIC_HEADS
        if first == long.core[0] and (is_of_place or len(short.core) > 2):
            return True
    if short.core == long.core[1:] and long.core[0] in LEFT_OUT_HEADS:
        return True
    if short.is_national and not long.is_national:
        return False
    return short.core == long.core[: len(short.core)] and (len(short.core) > 1 or len(first) >= _LEAST_WORD)


def is_loosely_short(short: Name, long: Name) -> bool:
    """Whether a name is what a longer name of an organisation has between its head and its place."""
    if short.kind != "ORG" or long.core[0] not in LEFT_OUT_HEADS or short.core[0] in LEFT_OUT_HEADS:
        return False
    between = (w for w in long.core[1:] if w in short.core or (w != PROVINCE and w not in long.places))
    return short.core == tuple(between)


def is_given_name(short: Name, long: Name) -> bool:
    """Whether a name is the beginning of a person's longer name."""
    return len(short.core) < len(long.core) and long.core[: len(short.core)] == short.core


def is_full_name(short: Name, long: Name) -> bool:
    """Whether a name is a given name and a surname to which a person's longer name adds (`مهدی نوری فراهانی`)."""
    return len(short.core) > 1 and is_given_name(short, long)


def is_person(one: Name, other: Name) -> bool:
    """Whether one name is the end of the other, wherever spaces stand (`سعدی‌نژاد`, `شاپور سعدی نژاد`)."""
    short, long = sorted((one.core, other.core), key=lambda core: len("".join(core)))
    joined = "".join(short)
    if any("".join(long[start:]) == joined for start in range(len(long))):
        return True
    if len(long) > 2 and long[1 : 1 + len(short)] == short:  # a surname of two words, cut short
        return True
    return len(joined) >= LONG and short[:-1] == long[:-1] and is_slip(short, long)  # never in the given name
