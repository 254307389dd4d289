"""Which documents to annotate next: those that a model doubts or finds much in, and that hold words of their own."""

from __future__ import annotations

import heapq
import re
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ..document import Document
from ..schema import ENTITY_NAMES
from ..text import fold_string, segment
from .near_duplicates import OverlapIndex, ngrams

_SHORTEST_WORD: Final = 3
"""Letters from which on a word counts as one that says something."""
_LEAST_LENGTH: Final = 500
"""Characters that a shorter text counts for: one answer in a line of text makes it no rich one."""
_COPY: Final = 0.2
"""Overlap with a known text (see `near_duplicates`) from which on a text tells the same story."""


@dataclass(frozen=True)
class Suggestion:
    """A document that is worth annotating.

    Attributes:
        document: As the model read it.
        score: What was chosen by, for 1,000 characters.
        new_words: Of its different words, the share that stood in no text before it.
    """

    document: Document
    score: float
    new_words: float


def doubt_of(document: Document) -> float:
    """How many answers a model was in two minds about: the sum over mentions and relations of 1 − |2c − 1|.

    An answer of confidence c counts 1 at 0.5 and nothing at 0 and 1 (uncertainty sampling: Lewis and Gale 1994, "A
    sequential algorithm for training text classifiers").
    """
    confidences = [e.confidence for e in document.entities] + [r.confidence for r in document.relations]
    return sum(1 - abs(2 * c - 1) for c in confidences if c is not None)


def relations_of(document: Document) -> float:
    """How many relations a model found: in few documents, but those that have one have many."""
    return float(len(document.relations))


def mentions_of(kind: str) -> Callable[[Document], float]:
    """How many different mentions of a type a model found in a document."""
    return lambda document: float(len({e.text for e in document.entities if e.type == kind}))


CRITERIA: Final[dict[str, Callable[[Document], float]]] = {
    "doubt": doubt_of,
    "relations": relations_of,
    **{kind: mentions_of(kind) for kind in ENTITY_NAMES},
}
"""What documents may be chosen by."""


class SuggestionError(ValueError):
    """What is asked for can't be found in any document."""


@dataclass(frozen=True)
class Wanted:
    """Which documents may be chosen.

    Attributes:
        lengths: Characters of the shortest and of the longest.
        about: Beginnings of words or phrases, of which a document must hold some; none: any document.
        least_about: How many of them, at least.

    Raises:
        SuggestionError: No document can be so.
    """

    lengths: tuple[int, int] = (0, sys.maxsize)
    about: tuple[str, ...] = ()
    least_about: int = 1

    def __post_init__(self) -> None:
        if self.lengths[0] > self.lengths[1]:
            raise SuggestionError(f"the shortest, {self.lengths[0]}, is longer than the longest, {self.lengths[1]}")
        if not all(word.strip() for word in self.about):
            raise SuggestionError("a word that documents must hold is empty")
        if self.about and not 1 <= self.least_about <= len(self.about):
            raise SuggestionError(f"{self.least_about} of {len(self.about)} words can't be held: ask for fewer")

    def holds(self, text: str) -> bool:
        """Whether a text may be chosen."""
        if not self.lengths[0] <= len(text) <= self.lengths[1]:
            return False
        folded = fold_string(text) if self.about else ""
        return not self.about or sum(bool(p.search(folded)) for p in self._patterns) >= self.least_about

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile(rf"(?<!\w){re.escape(fold_string(word.strip()))}") for word in self.about]


def _words(document: Document) -> frozenset[str]:
    return frozenset(sys.intern(w.form) for w in segment(document.text).words if len(w.form) >= _SHORTEST_WORD)


def suggest(
    documents: Iterable[Document],
    count: int,
    known: Collection[str] = (),
    wanted: Wanted | None = None,
    criterion: Callable[[Document], float] = doubt_of,
) -> list[Suggestion]:
    """The documents to annotate next, the best first.

    One after the other, that document is taken whose score for 1,000 characters, times the share of its words that are
    new to those taken before it, is greatest. Copies of known texts and of those taken are left out, and documents
    without a score.

    Args:
        documents: As a model read them, with confidences.
        count: How many, at most.
        known: Texts that are annotated already.
        wanted: Which may be chosen; default: any.
        criterion: Gives the score of a document.
    """
    wanted = wanted or Wanted()
    overlaps = OverlapIndex()
    for text in known:
        overlaps.add(ngrams(text))
    waiting: list[tuple[float, int]] = []
    found: dict[int, tuple[Document, float, frozenset[str]]] = {}
    for number, document in enumerate(documents):
        score = 1000 * criterion(document) / max(len(document.text), _LEAST_LENGTH)
        if score > 0 and wanted.holds(document.text):
            found[number] = document, score, _words(document)
            waiting.append((-score, number))
    heapq.heapify(waiting)
    taken: list[Suggestion] = []
    seen: set[str] = set()
    while waiting and len(taken) < count:
        _, number = heapq.heappop(waiting)
        document, score, words = found[number]
        new = len(words - seen) / max(len(words), 1)
        if waiting and -score * new > waiting[0][0]:  # what is new only shrinks: it goes back with what it is now
            heapq.heappush(waiting, (-score * new, number))
            continue
        own = ngrams(document.text)
        if overlaps.greatest(own) >= _COPY:
            continue
        overlaps.add(own)
        seen |= words
        taken.append(Suggestion(document, score, new))
    return taken
