"""Names of things, made comparable: what of a mention's words tells one thing from another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from ..text import ZWNJ, fold_string
from .places import gazetteer

DEMONSTRATIVES: Final = frozenset({"این", "آن", "همین", "همان"})
_SAYYID: Final = frozenset({"سید", "سیده"})
_FREE_HEADS: Final = {
    "ORG": frozenset({"سازمان", "اداره", "ادارهکل", "شرکت", "موسسه", "مجموعه", "مدیریت"}),
    "FACILITY": frozenset({"ساختمان", "مجموعه", "پروژه"}),
}
"""Head nouns that a name is said with or without."""
_LEFT_OUT_HEADS: Final = frozenset(
    ["دانشگاه", "شرکت", "بانک", "کمیته", "صندوق", "موسسه", "بنیاد", "هلدینگ", "باشگاه", "کارخانه", "خبرگزاری",
     "روزنامه", "جمعیت", "انجمن"]
)  # fmt: skip
"""Heads of organisations that a long name is said without (`علوم پزشکی همدان`)."""
_FACILITY_HEADS: Final = frozenset(
    ["بیمارستان", "درمانگاه", "بخش", "مرکز", "کلینیک", "پلیکلینیک", "خانه", "شعبه", "ساختمان", "ساختمانی", "واحد",
     "مجتمع", "پایگاه", "اورژانس", "آزمایشگاه", "داروخانه", "زایشگاه", "خوابگاه", "کارگاه", "کارخانه", "انبار", "مهد",
     "مهدکودک", "اردوگاه", "مدرسه", "دبستان", "دانشکده", "سالن", "سوله", "شهرک", "جاده", "راه", "پل", "سد", "آسایشگاه",
     "کمپ", "مجموعه", "پروژه", "بلوک", "برج", "اتاق", "طبقه", "فاز", "نیروگاه", "پالایشگاه", "ورزشگاه", "زندان",
     "فرودگاه", "ایستگاه", "بندر", "کتابخانه", "مسجد", "هتل", "بازار", "بازارچه", "نمایشگاه", "دفتر", "باجه",
     "کارگزاری"]
)  # fmt: skip
"""Nouns that a facility's name begins with; a name without one is what coordination left of it (`غرضی اصفهان`)."""
_SAME_HEADS: Final = {"وزارتخانه": "وزارت", "شعب": "شعبه", "مراکز": "مرکز", "بیمارستانی": "بیمارستان"}
_LOOSE: Final = frozenset(
    ["شهرستان", "شهر", "کشور", "ایران", "منطقه", "جمهوری", "اسلامی", "کل", "عمومی", "تخصصی", "فوق", "فوقتخصصی",
     "آموزشی", "درمانی", "شبانهروزی", "شهید", "دکتر", "حضرت", "آیتالله", "در", "و"]
)  # fmt: skip
"""Words that a name is said with or without, wherever they stand."""
_PROVINCE: Final = "استان"
_NATIONAL: Final = frozenset({"کشور", "ایران"})
_SIZED: Final = ("تخت", "تختخواب", "طبقه", "واحد", "متر", "هکتار", "نفر")
_PLURALS: Final = ("های", "ها")
_LIKE: Final = 91.0
"""Least likeness (percent, rapidfuzz) of two spellings of one name."""
_LONG: Final = 9
"""Letters from which on a name may be misspelt and still be known."""


_ONE_WORD: Final = (("اداره کل", "ادارهکل"), ("فوق تخصصی", "فوقتخصصی"), ("هلال احمر", "هلالاحمر"))


def plain_words(text: str) -> tuple[str, ...]:
    """Words of a mention for matching: folded, without half-spaces and marks, `اداره کل` as one."""
    folded = fold_string(text).replace(ZWNJ, "")
    for apart, one in _ONE_WORD:
        folded = folded.replace(apart, one)
    for mark in "()«»،,.؛:\"'-":
        folded = folded.replace(mark, " ")
    return tuple(folded.split())


def _is_size(word: str) -> bool:
    return any(word.startswith(unit) and len(word) <= len(unit) + 2 for unit in _SIZED)


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
    """

    kind: str
    words: tuple[str, ...]
    head: str
    core: tuple[str, ...]
    numbers: frozenset[str]
    points: bool
    is_sized: bool = False

    @property
    def is_national(self) -> bool:
        """Whether it names the whole country's body (`سازمان …`, `… کشور`), of which a province's is a branch."""
        return self.kind == "ORG" and (self.head == "سازمان" or not _NATIONAL.isdisjoint(self.words[1:]))

    def without_province(self) -> Name:
        """The name without the word `استان`."""
        return replace(self, core=tuple(w for w in self.core if w != _PROVINCE))

    @property
    def is_branch(self) -> bool:
        """Whether it names a province's or town's body."""
        return self.kind == "ORG" and (_PROVINCE in self.core or any(w in _place_words() for w in self.core))

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

    def _places(self) -> frozenset[str]:
        return frozenset(self.core) & _place_words()

    def is_short_for(self, long: Name) -> bool:
        """Whether it is the longer name with words left out: at its end, at its beginning, or a place or owner."""
        if self.kind == "ORG" and long.is_branch and _PROVINCE in self.core[1:]:
            return self.without_province().is_short_for(long)  # `بهزیستی استان` of `بهزیستی فارس`
        if not self.core or len(self.joined) >= len(long.joined) or not _in_order(self.core, long.core):
            return False
        if self.numbers != long.numbers:
            return False
        rest = [word for word in long.core if word not in self.core]
        places = _place_words()
        only_places = all(word in places or (word == _PROVINCE and self.kind == "ORG") for word in rest)
        if self.kind == "FACILITY":
            if self.head not in _FACILITY_HEADS and self.head not in DEMONSTRATIVES:
                return True
            if self.head != long.head or (self.is_sized and not only_places):
                return False
            return len(self.core) > 1 or self._is_telling()
        if only_places:
            return not self.is_national
        begins = long.core[: len(self.core)] == self.core
        ends = long.core[1:] == self.core and long.core[0] in _LEFT_OUT_HEADS
        middle = len(self.core) > 2 and (self.core[0], self.core[-1]) == (long.core[0], long.core[-1])
        return (begins and (len(self.core) > 1 or len(self.core[0]) > 3)) or ends or middle

    def _is_telling(self) -> bool:
        """Whether more than a head noun is said."""
        return len(self.words) > 1

    def is_given_name_of(self, other: Name) -> bool:
        """Whether it is the beginning of a person's longer name."""
        return len(self.core) < len(other.core) and other.core[: len(self.core)] == self.core

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


def name_of(kind: str, words: tuple[str, ...]) -> Name:
    """The name that words make.

    Args:
        kind: Type of the mention.
        words: See `plain_words`; at least one.
    """
    points = words[0] in DEMONSTRATIVES
    words = words[1:] if points and len(words) > 1 else words
    words = tuple(_SAME_HEADS.get(w, w) for w in words)
    head = words[0].removesuffix("ی") if words[0].endswith(("ای", "وی")) else words[0]  # `فرهنگسرای …`
    for plural in _PLURALS:
        if len(words) > 1 and head.endswith(plural) and head.removesuffix(plural) in _FACILITY_HEADS:
            head = head.removesuffix(plural)  # `بیمارستان‌های شریعتی و غرضی`
            words = (head, *words[1:])
    if kind == "PERSON":
        core = tuple(w for w in words if w not in _SAYYID) or words
        return Name(kind, words, head, core, frozenset(), points)
    core_words: list[str] = []
    numbers: set[str] = set()
    is_sized = False
    for index, word in enumerate(words):
        is_number = word[0].isdecimal()
        before_size = index + 1 < len(words) and _is_size(words[index + 1])
        if (is_number and before_size) or (_is_size(word) and index and words[index - 1][0].isdecimal()):
            is_sized = True
            continue
        if is_number:
            numbers.add(word)
        is_town = word == "شهرستان" and kind == "ORG" and index == len(words) - 1  # another body than the province's
        if (word in _LOOSE and not is_town) or (index == 0 and word in _FREE_HEADS.get(kind, ())):
            continue
        core_words.append(word)
    return Name(kind, words, head, tuple(core_words) or words, frozenset(numbers), points, is_sized)
