"""Which works the words around a figure speak of: building, enlarging or equipping."""

from __future__ import annotations

from typing import Final

from ..document import Entity
from ..text import ZWNJ, Segmented

_WORKS: Final = {
    "CONSTRUCTION": ("ساخت", "احداث", "تاسیس", "کلنگ", "ایجاد"),
    "EXPANSION": ("بازسازی", "مرمت", "تعمیر", "توسعه", "نوسازی", "مقاومسازی", "بهسازی", "گسترش", "افزایش"),
    "EQUIPMENT": ("تجهیز", "مجهز", "خرید", "نصب"),
}
"""Stems of the words that tell each kind of works."""
_NO_WORKS: Final = frozenset({"ساختمان", "ساختمانی", "ساختمانهای", "ساختار", "تجهیزات"})


def _works_of(form: str) -> str | None:
    plain = form.replace(ZWNJ, "")
    if plain in _NO_WORKS:
        return None
    return next((kind for kind, stems in _WORKS.items() if plain.startswith(stems)), None)


class Doings:
    """The words for works in a document, by place."""

    def __init__(self, segmented: Segmented) -> None:
        self._segmented = segmented
        self._starts = {word.start: index for index, word in enumerate(segmented.words)}

    def between(self, head: Entity, figure: Entity, kinds: frozenset[str]) -> str | None:
        """The kind of works, of those given, that the words around a figure of a facility speak of.

        A verb ends its clause, so the words after the figure up to the next mark come first; then those before it, back
        to the beginning of the facility's own sentence.
        """
        words = self._segmented.words
        first = self._starts[figure.start]
        after = first
        while after < len(words) and words[after].start < figure.end:
            after += 1
        while after < len(words) and not words[after].is_mark:
            kind = _works_of(words[after].form)
            if kind in kinds:
                return kind
            after += 1
        sentence = self._segmented.sentence_of(head.start)
        for before in range(first - 1, -1, -1):
            if self._segmented.sentence_of(words[before].start) < sentence:
                break
            kind = _works_of(words[before].form)
            if kind in kinds:
                return kind
        return None
