"""Which documents to annotate next: those that a model doubts or finds much in, and that hold words of their own."""

from __future__ import annotations

import heapq
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final

from ..document import Document
from ..text import fold_string, segment
from .near_duplicates import ngrams

_SHORTEST_WORD: Final = 3
"""Letters from which on a word counts as one that says something."""
_LEAST_LENGTH: Final = 500
"""Characters that a shorter text counts for: one answer in a line of text makes it no rich one."""
_COPY: Final = 0.3
"""Share of a text's word 5-grams that a known text may hold."""


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


CRITERIA: Final[dict[str, Callable[[Document], float]]] = {"doubt": doubt_of, "relations": relations_of}
"""What documents may be chosen by."""


def _words(document: Document) -> frozenset[str]:
    return frozenset(w.form for w in segment(document.text).words if len(w.form) >= _SHORTEST_WORD)


def suggest(
    documents: Iterable[Document],
    count: int,
    known: Collection[str] = (),
    lengths: tuple[int, int] = (0, sys.maxsize),
    about: Collection[str] = (),
    least_about: int = 1,
    criterion: Callable[[Document], float] = doubt_of,
) -> list[Suggestion]:
    """The documents to annotate next, the best first.

    One after the other, that document is taken whose score for 1,000 characters, times the share of its words that are
    new to those taken before it, is greatest. Copies of known texts, and of those taken, are left out.

    Args:
        documents: As a model read them, with confidences.
        count: How many, at most.
        known: Texts that are annotated already.
        lengths: Characters of the shortest and of the longest that are taken.
        about: Beginnings of words that a document must hold; none: any document.
        least_about: How many of them it must hold, at least.
        criterion: Gives the score of a document.
    """
    beginnings = [fold_string(word) for word in about]
    grams = set().union(*map(ngrams, known)) if known else set()
    waiting: list[tuple[float, int, str]] = []
    by_id: dict[str, tuple[Document, float, frozenset[str]]] = {}
    for number, document in enumerate(documents):
        if not lengths[0] <= len(document.text) <= lengths[1] or not document.entities:
            continue
        words = _words(document)
        held = sum(any(word.startswith(beginning) for word in words) for beginning in beginnings)
        if beginnings and held < least_about:
            continue
        score = 1000 * criterion(document) / max(len(document.text), _LEAST_LENGTH)
        by_id[document.id] = document, score, words
        waiting.append((-score, number, document.id))
    heapq.heapify(waiting)
    taken: list[Suggestion] = []
    seen: set[str] = set()
    while waiting and len(taken) < count:
        _, number, name = heapq.heappop(waiting)
        document, score, words = by_id[name]
        new = len(words - seen) / max(len(words), 1)
        if waiting and -score * new > waiting[0][0]:  # what is new only shrinks: it goes back with what it is now
            heapq.heappush(waiting, (-score * new, number, name))
            continue
        own = ngrams(document.text)
        if len(own & grams) > _COPY * len(own):
            continue
        grams |= own
        seen |= words
        taken.append(Suggestion(document, score, new))
    return taken
