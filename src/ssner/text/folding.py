"""Folding of characters with a map back to the raw text.

Persian pages mix Arabic and Persian letters, three kinds of digits, half-spaces of several code points, diacritics and
direction marks. `fold` brings them to one form for the model and for matching, and keeps, for every folded character,
the raw character that it came from: offsets in this project always point into the raw text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

ZWNJ: Final = "\u200c"
"""The half-space (zero-width non-joiner)."""

PERSIAN_DIGITS: Final = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS: Final = "٠١٢٣٤٥٦٧٨٩"

_LETTERS: Final = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ے": "ی", "ۍ": "ی", "ﻱ": "ی",
    "ك": "ک", "ڪ": "ک", "ڬ": "ک",
    "ة": "ه", "ۀ": "ه", "ۂ": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ە": "ه",
    "أ": "ا", "إ": "ا", "ٱ": "ا",
    "ؤ": "و",
}  # fmt: skip
_HALF_SPACES: Final = "\u200c\u200b\u00ac"
_SPACES: Final = "\t\v\f\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LINES: Final = "\u0085\u2028\u2029"
_MARKS: Final = (
    "".join(map(chr, (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06ED)))) + "ـ"
)
"""Diacritics and the tatweel: they belong to the letter before them and are dropped."""
_INVISIBLE: Final = (
    "\u200d\u200e\u200f\u061c\u00ad\u2060\ufeff"
    + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10))))
)  # fmt: skip


def _table() -> dict[str, str]:
    table = dict(_LETTERS)
    for kind in ("0123456789", _ARABIC_DIGITS):
        table.update(zip(kind, PERSIAN_DIGITS, strict=True))
    table.update(dict.fromkeys(_HALF_SPACES, ZWNJ))
    table.update(dict.fromkeys(_SPACES, " "))
    table.update(dict.fromkeys(_LINES, "\n"))
    table.update(dict.fromkeys(_MARKS + _INVISIBLE, ""))
    # Presentation forms (ﻻ, ﷲ, full-width digits): their compatibility decomposition, folded in turn.
    for code in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD), *range(0xFF10, 0xFF1A)):
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if plain != char and char not in table:
            table[char] = "".join(table.get(c, c) for c in plain).strip()
    return table


FOLDING_TABLE: Final[dict[str, str]] = _table()
"""Character → what it is folded to (the empty string: dropped)."""

_TRANSLATION: Final = {ord(k): v for k, v in FOLDING_TABLE.items()}
_RESIZING: Final = frozenset({k for k, v in FOLDING_TABLE.items() if len(v) != 1} | set(_HALF_SPACES) | {"\r"})
"""Characters that may not fold to just one."""


@dataclass(frozen=True)
class FoldedText:
    """A text and its folded form.

    Attributes:
        raw: The text as it was read.
        folded: Its folded form.
        offsets: For every folded character the index of the raw character that it came from, then `len(raw)`;
            `len(folded) + 1` non-decreasing integers.
    """

    raw: str
    folded: str
    offsets: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open span of the folded half-open span `start`, `end`.

        Diacritics that sit on the last letter are inside; invisible direction marks after it are not.

        Raises:
            ValueError: The span is empty or over the text.
        """
        if not 0 <= start < end <= len(self.folded):
            raise ValueError(f"span {start}..{end} is empty or over a folded text of {len(self.folded)} characters")
        raw_end = self.offsets[end - 1] + 1
        limit = max(self.offsets[end], raw_end)
        while raw_end < limit and self.raw[raw_end] in _MARKS:
            raw_end += 1
        return self.offsets[start], raw_end

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """For every raw index, `len(raw)` included, the index of the first folded character from it or after it."""
        positions: list[int] = []
        folded_index = 0
        for raw_index in range(len(self.raw) + 1):
            while self.offsets[folded_index] < raw_index:
                folded_index += 1
            positions.append(folded_index)
        return tuple(positions)


def fold_string(text: str) -> str:
    """The folded form alone, for matching (see `fold`)."""
    return fold(text).folded


def fold(raw: str) -> FoldedText:
    r"""Fold `raw`, keeping the way back.

    Arabic letters and digits become Persian ones; half-spaces of every kind become U+200C, one for a run, none beside
    a space; no-break and wide spaces become a space; diacritics, tatweel, direction marks and byte-order marks go.
    A line break stays one (`\\r\\n` is one).
    """
    if _RESIZING.isdisjoint(raw):
        translated = raw.translate(_TRANSLATION)
        return FoldedText(raw, translated, tuple(range(len(raw) + 1)))
    chars: list[str] = []
    offsets: list[int] = []
    table = FOLDING_TABLE
    for index, char in enumerate(raw):
        plain = table.get(char, char)
        if plain == ZWNJ:
            if not chars or chars[-1] in (ZWNJ, " ", "\n"):
                continue
        elif plain in (" ", "\n") and chars and chars[-1] == ZWNJ:
            chars.pop()
            offsets.pop()
        elif plain == "\r":
            if raw[index + 1 : index + 2] == "\n":
                continue
            plain = "\n"
        for piece in plain:
            chars.append(piece)
            offsets.append(index)
    if chars and chars[-1] == ZWNJ:
        chars.pop()
        offsets.pop()
    offsets.append(len(raw))
    return FoldedText(raw, "".join(chars), tuple(offsets))
