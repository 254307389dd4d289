"""In which province an event was, by a gazetteer of Iran's provinces and towns.

`resources/places.tsv` comes from GeoNames (CC BY 4.0); `scripts/make_gazetteer.py` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final

from ..document import Document
from ..text import ZWNJ, Segmented, Word

_LONGEST: Final = 4
_PLACE_HEADS: Final = frozenset({"شهر", "شهرستان", "استان", "فرماندار", "فرمانداری", "شهرداری", "بخشداری"})


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, tuple[str, bool]]:
    """Name without spaces → its province, and whether it counts only after a word such as `شهرستان`."""
    lines = resources.files("ssner.events").joinpath("resources/places.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {name.replace(" ", ""): (province, bool(mark)) for name, province, mark in rows}


def places_of(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """First word, word after the last, and province of every place that is named; the longest name wins."""
    table = gazetteer()
    out: list[tuple[int, int, str]] = []
    plain = [w.form.replace(ZWNJ, "") for w in words]
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            found = table.get("".join(plain[at : at + length]))
            if found is None or (found[1] and (at == 0 or plain[at - 1] not in _PLACE_HEADS)):
                continue
            out.append((at, at + length, found[0]))
            step = length
            break
        at += step
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
