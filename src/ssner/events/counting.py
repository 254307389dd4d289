"""What an amount or quantity is a number of, by which the same number said twice is told from two numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..document import Entity
from ..text import ZWNJ, Segmented, Word
from .sizes import size_unit
from .verbs import is_light_verb, is_verb

_PEOPLE: Final = frozenset({"نفر", "تن"})
_CLASSIFIERS: Final = _PEOPLE | frozenset(
    ["دستگاه", "مورد", "فقره", "باب", "فروند", "عدد", "قلم", "راس", "جلد", "قطعه", "رشته", "تخته"]
)
"""Units that stand before what is counted (`۱۲ دستگاه آمبولانس`)."""
_FUNCTION_WORDS: Final = frozenset(
    ["از", "در", "به", "با", "بر", "برای", "را", "که", "و", "یا", "تا", "هم", "نیز", "است", "بود", "شد", "شده", "دارد",
     "داشت", "این", "آن", "هر", "بیش", "بیشتر", "کمتر", "حدود", "نزدیک", "قریب", "بالغ", "اما", "ولی", "بوده", "زیر",
     "تحت", "طی", "کشور", "استان", "سال", "اینکه", "شدند", "کرد", "گفت", "رسید", "رسیده", "بی", "روی", "بین"]
)  # fmt: skip
_OTHERS: Final = frozenset({"دیگر", "دیگری"})
_OF: Final = frozenset({"از"})
"""Words that `دیگر` may stand beyond (`دو نفر از کارکنان دیگر`)."""
_AROUND: Final = 5
"""Words on each side of a share that say what it is a share of."""


def stem(unit: str) -> str:
    """A word without half-spaces and one ending: of a size (`۱۵ سالنه`, `۱۵ سالن`), else of a genitive (`جلسه‌ی`)."""
    plain = unit.replace(ZWNJ, "").replace(" ", "")
    size = size_unit(plain)
    if size is not None:
        return size
    return plain.removesuffix("ی") if unit.endswith((f"ه{ZWNJ}ی", "ای", "وی")) else plain


class Counted(NamedTuple):
    """What an amount or quantity counts.

    Attributes:
        unit: Its unit; of money none.
        noun: What is counted: the noun after a unit that only classifies, where there is one, else the unit.
        modifier: The word that tells it from others of its noun (`۱۰ کارگزاری اقماری`), if any.
        is_other: Whether it is called another one (`دو نفر دیگر`).
        around: Of a share: the words beside it.
        sentence: Number of its sentence.
    """

    unit: str
    noun: str | None
    modifier: str | None
    is_other: bool
    around: frozenset[str] | None
    sentence: int

    def is_same(self, other: Counted) -> bool:
        """Whether equal numbers of both are one number said twice."""
        if self.is_other != other.is_other:
            return False
        if self.noun is None or other.noun is None:  # `۱۲ نفر` may be `۱۲ نفر سالمند`, but not `۱۲ مرکز`
            return self.unit == other.unit
        is_renamed = not self.unit and self.sentence != other.sentence  # money is `وام` here and `تسهیلات` there
        if self.modifier and other.modifier and self.modifier != other.modifier and not is_renamed:
            return False
        if self.noun != other.noun:
            return False
        return self.around is None or other.around is None or not self.around.isdisjoint(other.around)


def _is_content(word: Word) -> bool:
    return not (word.is_mark or word.is_numeral or word.form in _FUNCTION_WORDS | _OTHERS or is_verb(word.form))


def _is_of_noun(after: Sequence[Word], at: int, unit: str) -> bool:
    """Whether the word at `at` goes with the noun before it, rather than with a verb (`نفر بیمه شدند`)."""
    if at >= len(after) or not _is_content(after[at]):
        return False
    follower = after[at + 1].form if at + 1 < len(after) else ""
    return not (is_verb(follower) if at or unit in _PEOPLE else is_light_verb(follower))


def _is_other(after: Sequence[Word]) -> bool:
    """Whether `دیگر` comes before the next verb, mark or word that begins another phrase."""
    for word in after:
        if word.form in _OTHERS:
            return True
        if word.form not in _OF and not _is_content(word):
            return False
    return False


def counted(mention: Entity, segmented: Segmented, starts: dict[int, int]) -> Counted:
    """What a MONEY or QUANTITY mention counts.

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
    number = segmented.sentence_of(mention.start)
    begin, end = segmented.sentences[number].first, segmented.sentences[number].last
    after = words[last:end]
    value = mention.value
    unit = stem(value.unit) if value is not None and value.unit else ""
    at = 1 if unit in _CLASSIFIERS else 0  # of `after`, where a modifier may stand
    noun: str | None = unit
    if at:
        noun = stem(after[0].form) if _is_of_noun(after, 0, unit) else None
    modifier = stem(after[at].form) if noun is not None and _is_of_noun(after, at, unit) else None
    around: frozenset[str] | None = None
    if value is not None and value.kind in ("percent", "ratio"):
        beside = (*words[max(begin, first - _AROUND) : first], *after[:_AROUND])
        around = frozenset(stem(w.form) for w in beside if _is_content(w))
    return Counted(unit, noun, modifier, _is_other(after), around, number)
