"""In which province an event was, by a gazetteer of Iran's provinces, counties and towns.

`resources/places.tsv` comes from GeoNames (CC BY 4.0); `scripts/make_gazetteer.py` makes it. `resources/counties.tsv`
is written by hand for this project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from ..document import Document
from ..text import ZWNJ, Segmented, Word

_LONGEST: Final = 4
_BESIDE: Final = 4
"""Words within which a province stands beside a name."""
_COUNTY_HEADS: Final = frozenset({"شهرستان", "شهرستانهای", "فرماندار", "فرمانداری"})
_PLURAL_HEADS: Final = frozenset({"شهرستانهای", "شهرهای", "استانهای"})
"""Heads of a whole list of names."""
_HEADS: Final = (
    _COUNTY_HEADS | _PLURAL_HEADS | {"شهر", "شهردار", "شهرداری", "بخشداری", "استان", "استاندار", "استانداری", "مرز"}
)
_BETWEEN: Final = frozenset({"،", "و"})
_SMALL_WORDS: Final = frozenset({"را", "به", "در", "از", "با", "بر", "که", "تا", "و", "این", "آن"})
"""No name of more words begins with them: `را بر` is not the county Rabor."""
_OTHER_THINGS: Final = {"فارس": frozenset({"خبرگزاری", "خبرنگار", "گزارش", "خلیج"}), "البرز": frozenset({"بیمه"})}
"""Name → words after which it is no place."""
_NAMED_AFTER: Final = frozenset({"خیابان", "بلوار", "میدان", "کوچه", "چهارراه", "شهید", "تیم"})
"""Words after which a place's name is something else's, and so is the next after `و`."""
_SOURCES: Final = (("نقل", "از"), ("گزارش", "از"))
"""Words after which an agency is named (`به نقل از فارس`)."""
_AGENCIES: Final = frozenset({"فارس"})


@dataclass(frozen=True)
class Place:
    """What a name stands for.

    Attributes:
        provinces: Those that have a town or county of the name, or the province itself.
        counties: Those that have a county of the name.
        needs_head: Whether it is an everyday word too, and counts only after a word such as `شهرستان`.
        is_province: Whether it names a province.
    """

    provinces: frozenset[str] = frozenset()
    counties: frozenset[str] = frozenset()
    needs_head: bool = False
    is_province: bool = False


def _rows(name: str) -> Iterator[tuple[str, str, bool]]:
    """Name, province and whether it is an everyday word, by the lines of a file."""
    for line in resources.files("ssner.events").joinpath("resources", name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            place, province, mark = line.split("\t")
            yield place, province, bool(mark)


def _keys(name: str) -> set[str]:
    """A name's spellings without spaces."""
    key = name.replace(" ", "")
    return {key, key.replace("ئی", "یی")}


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """Name without spaces → what it stands for. Of a name in both lists, the counties' mark counts."""
    table: dict[str, Place] = {}
    for name, province, mark in _rows("places.tsv"):
        for key in _keys(name):
            table[key] = Place(frozenset({province}), needs_head=mark, is_province=name == province)
    for name, province, mark in _rows("counties.tsv"):
        for key in _keys(name):
            known = table.get(key, Place())
            table[key] = Place(
                known.provinces if known.is_province else known.provinces | {province},
                known.counties | {province},
                known.needs_head if known.is_province else mark,
                known.is_province,
            )
    return table


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, tuple[str, bool]]:
    """Name without spaces that one province alone has → the province, and whether the name needs a head."""
    return {name: (min(p.provinces), p.needs_head) for name, p in places().items() if len(p.provinces) == 1}


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """What a word that begins a name may be: most words are passed over by this."""
    return frozenset(name[:length] for name in places() for length in range(1, len(name) + 1))


@dataclass(frozen=True)
class _Named:
    first: int
    end: int
    place: Place
    head: str


def _before(plain: Sequence[str], at: int) -> str:
    """The word before; a plural's ending that stands apart (`شهرستان های`) belongs to it."""
    return "".join(plain[max(0, at - 2) : at]) if at and plain[at - 1] == "های" else plain[at - 1] if at else ""


def _is_other_thing(plain: Sequence[str], at: int, before: str) -> bool:
    """Whether the name at `at` is a street's, an insurer's or an agency's."""
    if before in _NAMED_AFTER or before in _OTHER_THINGS.get(plain[at], ()):
        return True
    return plain[at] in _AGENCIES and tuple(plain[max(0, at - 2) : at]) in _SOURCES


def _named(plain: Sequence[str]) -> Iterator[_Named]:
    """The places that words name; the longest name wins."""
    table, beginnings = places(), _beginnings()
    at, head_of_list, list_end, other_end = 0, "", -1, -1
    while at < len(plain):
        if plain[at] not in beginnings:
            at += 1
            continue
        before = _before(plain, at)
        goes_on = before in _BETWEEN and list_end == at - 1
        head = before if before in _HEADS else head_of_list if goes_on else ""
        longest = 1 if plain[at] in _SMALL_WORDS else min(_LONGEST, len(plain) - at)
        found = None
        for length in range(longest, 0, -1):
            place = table.get("".join(plain[at : at + length]))
            if place is not None and (head or not place.needs_head):
                found = _Named(at, at + length, place, head)
                break
        if found is None:
            at += 1
            continue
        if _is_other_thing(plain, at, before) or (before in _BETWEEN and other_end == at - 1):
            at, other_end = found.end, found.end if before in _NAMED_AFTER | _BETWEEN else -1
            continue
        yield found
        at = found.end
        if head in _PLURAL_HEADS:
            head_of_list, list_end = head, at


def places_of(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """First word, word after the last, and province of every place that is named.

    A name that more provinces have counts only where one of them stands beside it; after `شهرستان` it is a county's.
    """
    named = list(_named([w.form.replace(ZWNJ, "") for w in words]))
    provinces = [n for n in named if n.place.is_province and n.head not in _COUNTY_HEADS]
    out: list[tuple[int, int, str]] = []
    for one in named:
        meant = one.place.counties if one.head in _COUNTY_HEADS and one.place.counties else one.place.provinces
        if len(meant) > 1:
            near = (p for p in provinces if one.first - p.end < _BESIDE and p.first - one.end < _BESIDE)
            meant = meant & {province for p in near for province in p.place.provinces}
        if len(meant) == 1:
            out.append((one.first, one.end, min(meant)))
    return out


class ProvinceFinder:
    """The provinces that a document names, by place."""

    def __init__(self, segmented: Segmented, document: Document) -> None:
        words = segmented.words
        self._places = [(words[first].start, province) for first, _, province in places_of(words)]
        self._mentions: dict[str, list[tuple[int, int]]] = {}
        for entity in document.entities:
            if entity.canonical is not None:
                self._mentions.setdefault(entity.canonical, []).append((entity.start, entity.end))

    def _within(self, spans: Iterable[tuple[int, int]]) -> set[str]:
        return {province for start, end in spans for at, province in self._places if start <= at < end}

    def of_event(self, things: Iterable[str], evidence: Iterable[tuple[int, int]]) -> str | None:
        """The province that the names of the event's things state, else its sentences, else the whole document.

        Args:
            things: Canonical entities that fill its roles.
            evidence: Its sentences.

        Returns:
            `None` where none of the three names just one.
        """
        named = self._within(span for thing in things for span in self._mentions.get(thing, ()))
        for provinces in (named, self._within(evidence), {province for _, province in self._places}):
            if provinces:
                return provinces.pop() if len(provinces) == 1 else None
        return None
