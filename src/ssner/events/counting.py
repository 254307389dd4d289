"""What a quantity is a number of, by which the same number said twice is told from two numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..document import Entity
from ..text import ZWNJ, Segmented, Word

_CLASSIFIERS: Final = frozenset(
    ["دستگاه", "مورد", "فقره", "باب", "فروند", "عدد", "قلم", "راس", "نفر", "تن", "جلد", "قطعه", "رشته", "تخته"]
)
"""Units that stand before what is counted (`۱۲ دستگاه آمبولانس`)."""
_FUNCTION_WORDS: Final = frozenset(
    ["از", "در", "به", "با", "بر", "برای", "را", "که", "و", "یا", "تا", "هم", "نیز", "است", "بود", "شد", "شده", "دارد",
     "داشت", "این", "آن", "هر", "بیش", "بیشتر", "کمتر", "حدود", "نزدیک", "قریب", "بالغ", "اما", "ولی", "بوده", "زیر",
     "تحت", "طی", "کشور", "استان", "سال", "اینکه", "شدند", "کرد", "گفت", "رسید", "رسیده", "بی", "روی", "بین"]
)  # fmt: skip
_OTHER: Final = "دیگر"
_AROUND: Final = 5
"""Words on each side of a share that say what it is a share of."""


def stem(unit: str) -> str:
    """A unit without spaces and an adjective's ending (`۱۵ سالنه`, `۱۵ سالن`)."""
    return unit.replace(ZWNJ, "").replace(" ", "").rstrip("هی")


class Counted(NamedTuple):
    """What a quantity counts.

    Attributes:
        nouns: Its unit, and the noun after a unit that only classifies.
        modifier: The word that tells it from others of its noun (`۱۰ کارگزاری اقماری`), if any.
        is_other: Whether it is called another one (`دو نفر دیگر`).
        around: Of a share: the words beside it.
        sentence: Number of its sentence.
    """

    nouns: frozenset[str]
    modifier: str | None
    is_other: bool
    around: frozenset[str] | None
    sentence: int

    def is_same(self, other: Counted) -> bool:
        """Whether equal numbers of both are one number said twice."""
        if self.is_other != other.is_other or self.nouns.isdisjoint(other.nouns):
            return False
        if self.sentence == other.sentence and self.modifier and other.modifier and self.modifier != other.modifier:
            return False
        return self.around is None or other.around is None or not self.around.isdisjoint(other.around)


def _plain(words: Sequence[Word]) -> list[str]:
    return [stem(w.form) for w in words if not w.is_mark and w.form not in _FUNCTION_WORDS and not w.is_numeral]


def counted(mention: Entity, segmented: Segmented, starts: dict[int, int]) -> Counted:
    """What a QUANTITY mention counts.

    Args:
        mention: With its value.
        segmented: The text.
        starts: Start of a word → its index.
    """
    words = segmented.words
    first = starts[mention.start]
    last = first
    while last < len(words) and words[last].end <= mention.end:
        last += 1
    sentence = segmented.sentence_of(mention.start)
    after = [w for w in words[last : last + _AROUND] if segmented.sentence_of(w.start) == sentence]
    before = [w for w in words[max(0, first - _AROUND) : first] if segmented.sentence_of(w.start) == sentence]
    following = after[0] if after else None
    modifier = next(iter(_plain(after[:1])), None)
    unit = mention.value.unit if mention.value is not None and mention.value.unit else ""
    nouns = {stem(unit)}
    if modifier is not None and stem(unit) in {stem(c) for c in _CLASSIFIERS}:
        nouns.add(modifier)
    is_share = mention.value is not None and mention.value.kind in ("percent", "ratio")
    around = frozenset(_plain([*before, *after])) if is_share else None
    return Counted(frozenset(nouns), modifier, following is not None and following.form == _OTHER, around, sentence)
