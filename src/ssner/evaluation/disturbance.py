"""Texts as careless pages write them, with their gold: what a model should read as if nothing had happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..document import Document, Entity
from ..text import ZWNJ
from ..text.folding import PERSIAN_DIGITS

Edit = tuple[int, int, str]
"""First character, the one after the last, and what stands there instead."""

_ARABIC_LETTERS: Final = {"ی": "ي", "ک": "ك"}
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[.,/،٬٫\-–](?=\d)")
_PUNCTUATION: Final = re.compile(r"[.,،؛;:!?؟…«»\"“”'()\[\]\-–—/]")
_LINE_BREAKS: Final = re.compile(r"[\r\n\u0085\u2028\u2029]+")


@dataclass(frozen=True)
class Disturbance:
    """One thing that careless pages do.

    Attributes:
        name: In `robustness.json`.
        title: For people.
        edits: What it changes in a text, in order.
    """

    name: str
    title: str
    edits: Callable[[str], Iterator[Edit]]


def _letters(table: dict[str, str]) -> Callable[[str], Iterator[Edit]]:
    return lambda text: ((at, at + 1, table[char]) for at, char in enumerate(text) if char in table)


def _without_punctuation(text: str) -> Iterator[Edit]:
    kept = {match.start() for match in _BETWEEN_DIGITS.finditer(text)}  # `۷۲٫۵` is one number
    return ((m.start(), m.end(), " ") for m in _PUNCTUATION.finditer(text) if m.start() not in kept)


def _without_line_breaks(text: str) -> Iterator[Edit]:
    return ((match.start(), match.end(), " ") for match in _LINE_BREAKS.finditer(text))


WITHOUT_PUNCTUATION: Final = Disturbance("punctuation", "no punctuation", _without_punctuation)
DISTURBANCES: Final = (
    Disturbance("half_spaces", "half-spaces dropped", _letters({ZWNJ: ""})),
    Disturbance("arabic_letters", "Arabic letters", _letters(_ARABIC_LETTERS)),
    Disturbance("latin_digits", "Latin digits", _letters(dict(zip(PERSIAN_DIGITS, "0123456789", strict=True)))),
    WITHOUT_PUNCTUATION,
    Disturbance("line_breaks", "no line breaks", _without_line_breaks),
)


def disturbed(document: Document, disturbance: Disturbance) -> Document:
    """A document whose text is disturbed, with its mentions where they stand now.

    Values, canonical entities and events are left out: they quote the text.
    """
    pieces: list[str] = []
    places: list[int] = []  # of every old character and the end, its place in the new text
    at = length = 0
    for start, end, new in disturbance.edits(document.text):
        places += range(length, length + start - at)
        length += start - at
        pieces += (document.text[at:start], new)
        places += [length] * (end - start)
        length += len(new)
        at = end
    places += range(length, length + len(document.text) - at + 1)
    text = "".join([*pieces, document.text[at:]])
    moved = {e.id: _moved(e, text, places[e.start], places[e.end]) for e in document.entities}
    kept = {name: entity for name, entity in moved.items() if entity is not None}
    relations = tuple(r for r in document.relations if r.head in kept and r.tail in kept)
    return Document(document.id, text, document.meta, tuple(kept.values()), relations)


def _moved(entity: Entity, text: str, start: int, end: int) -> Entity | None:
    """The mention at its new place, without the spaces that were marks at its edges; `None`: it was marks alone."""
    words = text[start:end]
    if not words.strip():
        return None
    end -= len(words) - len(words.rstrip())
    start += len(words) - len(words.lstrip())
    return replace(entity, start=start, end=end, text=text[start:end], value=None, canonical=None)
