"""Which works the words around a figure speak of: building, enlarging or equipping."""

from __future__ import annotations

import re
from typing import Final

from ..document import Document, Entity
from ..text import ZWNJ, Segmented
from .verbs import is_verb

_NOUN_ENDINGS: Final = "(?:ی|های|ها|ش|شان|اش)?"
_PAST_ENDINGS: Final = "(?:م|یم|ید|ند|ن|ه|هاند|هاست|هشده|هشدهاند)?"
_WORKS: Final = {
    "CONSTRUCTION": re.compile(
        rf"(?:می|نمی|ن)?ساخت{_PAST_ENDINGS}|(?:می|ب)ساز(?:م|د|یم|ید|ند)|ساختش|ساختوساز"
        rf"|(?:احداث|تاسیس|ایجاد|کلنگ|کلنگزنی)(?:شده)?{_NOUN_ENDINGS}"
    ),
    "EXPANSION": re.compile(
        rf"(?:بازسازی|مرمت|تعمیر|تعمیرات|توسعه|نوسازی|مقاومسازی|بهسازی|گسترش)(?:شده)?{_NOUN_ENDINGS}"
    ),
    "EQUIPMENT": re.compile(
        rf"(?:تجهیز|مجهز|خریداری|نصب)(?:شده)?{_NOUN_ENDINGS}|(?:می|نمی|ن)?خرید{_PAST_ENDINGS}|خرید(?:ش|های)"
    ),
}
"""The words that tell each kind of works, whole and without half-spaces."""
_RISE: Final = "افزایش"
_ENLARGED: Final = re.compile("(?:ظرفیت|فضا|تخت|تختخواب|زیربنا)(?:ی|ها|های|هایش|ش|اش)?")
"""What is enlarged where it rises: not a price."""
_NUMBER_OF: Final = frozenset({"تعداد", "شمار", "میزان"})
_RISES_WITHIN: Final = 4
_NAMING: Final = frozenset(
    ["صندوق", "سازمان", "بانک", "شرکت", "معاونت", "معاون", "اداره", "کل", "ادارهکل", "مدیرکل", "مدیر", "وزارت", "وزیر",
     "ستاد", "کمیته", "برنامه"]
)  # fmt: skip
"""Words after which a word for works is part of a name or post (`مدیرکل نوسازی مدارس`), marked or not."""


class Doings:
    """The words for works in a document, by place; words inside mentions tell none."""

    def __init__(self, segmented: Segmented, document: Document) -> None:
        self._segmented = segmented
        self._plain = [word.form.replace(ZWNJ, "") for word in segmented.words]
        self._starts = {word.start: index for index, word in enumerate(segmented.words)}
        self._named: set[int] = set()
        for entity in document.entities:
            self._named.update(range(self._starts[entity.start], self._after(entity)))

    def _after(self, mention: Entity) -> int:
        words = self._segmented.words
        at = self._starts[mention.start]
        while at < len(words) and words[at].start < mention.end:
            at += 1
        return at

    def _kind(self, at: int, begin: int, end: int) -> str | None:
        """The kind of works that the word at `at` tells, of a sentence of words `begin` to `end`."""
        plain = self._plain
        if at in self._named or (at > begin and plain[at - 1] in _NAMING):
            return None
        if plain[at] == _RISE:
            what = at + 2 if at + 1 < end and plain[at + 1] in _NUMBER_OF else at + 1
            beside = (*plain[max(begin, at - _RISES_WITHIN) : at], *plain[what : min(end, what + 1)])
            return "EXPANSION" if any(_ENLARGED.fullmatch(p) for p in beside) else None
        return next((kind for kind, words in _WORKS.items() if words.fullmatch(plain[at])), None)

    def between(self, head: Entity, figure: Entity, kinds: frozenset[str]) -> str | None:
        """The kind of works, of those given, that the words around a figure of a facility speak of.

        A verb ends its clause, so the words after the figure come first, up to the next verb or mark or the sentence's
        end; then those before it, back to the beginning of the facility's own sentence.
        """
        words, sentences = self._segmented.words, self._segmented.sentences
        own = self._segmented.sentence_of(figure.start)
        for at in range(self._after(figure), sentences[own].last):
            if words[at].is_mark:
                break
            kind = self._kind(at, sentences[own].first, sentences[own].last)
            if kind in kinds:
                return kind
            if is_verb(words[at].form):
                break
        for number in range(own, min(own, self._segmented.sentence_of(head.start)) - 1, -1):
            begin, end = sentences[number].first, sentences[number].last
            for at in range((self._starts[figure.start] if number == own else end) - 1, begin - 1, -1):
                kind = self._kind(at, begin, end)
                if kind in kinds:
                    return kind
        return None
