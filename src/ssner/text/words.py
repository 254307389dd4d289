"""Words: the units that are labelled."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .folding import ZWNJ, FoldedText

_LETTERS: Final = rf"[^\W\d_]+(?:{ZWNJ}[^\W\d_]+)*"
_NUMERAL: Final = r"\d+(?:[.,/،٬٫]\d+)*"
_HONORIFIC: Final = r"\((?:ع|ص|س|ره|عج|رض)\)"
"""A blessing after a holy name: it belongs to the name (`بیمارستان ولیعصر(عج)`)."""
_WORD: Final = re.compile(rf"{_LETTERS}|{_NUMERAL}|{_HONORIFIC}|[^\s{ZWNJ}]")
SYMBOL_WORDS: Final = frozenset("٪%$€£¥")
"""Single characters that stand for a word (`۱۲٪`): a span may begin or end with one."""


class Word(NamedTuple):
    """A word, a numeral or a single mark.

    Attributes:
        start: First raw character.
        end: After the last raw character.
        form: Its folded form.
        is_latin: Whether it is written in Latin digits, whose order pages that run right to left may have turned.
    """

    start: int
    end: int
    form: str
    is_latin: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation or another sign, at which no span begins or ends."""
        return len(self.form) == 1 and not self.form.isalnum() and self.form not in SYMBOL_WORDS

    @property
    def is_numeral(self) -> bool:
        """Whether it is written in digits."""
        return self.form[0].isdecimal()


def words_of(text: FoldedText) -> list[Word]:
    """The words of a text in order.

    Letters with the half-spaces inside them are one word; digits with their separators are one; a blessing in
    brackets, `(ع)`, is one; every other visible character stands alone. `متراژ۲۴۵۰` and `30میلیارد` are two words each.
    """
    out: list[Word] = []
    for match in _WORD.finditer(text.folded):
        start, end = text.raw_span(match.start(), match.end())
        out.append(Word(start, end, match.group(), "0" <= text.raw[start] <= "9"))
    return out
