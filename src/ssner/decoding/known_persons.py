"""Persons whom a document names in full elsewhere: a surname that stands alone is taken for theirs.

A bare surname (`ناطقی: …`) that is an everyday or a rare word is easily missed. Where the same document names somebody
so with high confidence, the scores of the words are raised before the sentence is decoded once more (non-local evidence
as in Krishnan and Manning, 2006).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..schema import BIO_LABELS
from .bio import LabelledSpan

SURE: Final = 0.95
"""Confidence from which a person's name is known."""
RAISE: Final = 8.0
"""Added to the log-probabilities of a known name's labels (docs/experiments.md, "Surnames that stand alone")."""
_BEGIN: Final = BIO_LABELS.index("B-PERSON")

Name = tuple[str, ...]


def known_names(spans: Iterable[LabelledSpan], forms: Sequence[str]) -> frozenset[Name]:
    """Names by which persons may be called again: whole, by the last word, by the last two of three or more.

    Args:
        spans: Decoded spans of a document.
        forms: The folded words that they count.
    """
    names: set[Name] = set()
    for span in spans:
        if span.type == "PERSON" and span.confidence >= SURE:
            name = tuple(forms[span.first : span.last])
            names |= {name, name[-1:]} | ({name[-2:]} if len(name) > 2 else set())
    return frozenset(names)


def unread_places(
    names: frozenset[Name], spans: Iterable[LabelledSpan], forms: Sequence[str], first: int, last: int
) -> list[tuple[int, int]]:
    """Where known names stand among words `first` to `last` and nothing was found; the longest name at each place.

    Args:
        names: See `known_names`.
        spans: What was found in the document.
        forms: Its folded words.
        first: First word of a sentence.
        last: The word after its last.
    """
    taken = {index for span in spans for index in range(span.first, span.last)}
    longest = max(map(len, names), default=0)
    out: list[tuple[int, int]] = []
    start = first
    while start < last:
        for stop in range(min(last, start + longest), start, -1):
            if tuple(forms[start:stop]) in names and taken.isdisjoint(range(start, stop)):
                out.append((start, stop))
                start = stop - 1
                break
        start += 1
    return out


def with_names(log_probabilities: NDArray[np.floating], places: Iterable[tuple[int, int]]) -> NDArray[np.floating]:
    """Log-probabilities of the labels with those of persons raised.

    Args:
        log_probabilities: (words, labels).
        places: Words at which known names stand (see `unread_places`), counted as its rows.
    """
    raised = log_probabilities.copy()
    for first, last in places:
        raised[first, _BEGIN] += RAISE
        raised[first + 1 : last, _BEGIN + 1] += RAISE
    return raised - np.logaddexp.reduce(raised, axis=-1, keepdims=True)
