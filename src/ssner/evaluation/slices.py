"""Scores of parts: by what a fact is like, and by where its document is from.

Every part divides the facts of gold and prediction alike (a fact that is in both falls under the same part of both), so
the parts add up to the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from ..document import Document, Entity
from ..text import fold_string, segment
from .cases import Case
from .matching import Fact, Score

LENGTHS: Final = ((1, "1 word"), (2, "2 words"), (4, "3 to 4 words"), (7, "5 to 7 words"))
_LONGEST: Final = "8 words or more"
DISTANCES: Final = ("same sentence", "next sentence", "further")
SeenMentions = frozenset[tuple[str, str]]
"""Type and folded words of the mentions of the training documents."""


def by_part(cases: Iterable[Case], parts: Callable[[Document], Mapping[Fact, str]]) -> dict[str, Score]:
    """Scores of each part.

    Args:
        cases: What to score.
        parts: The facts of a document, each with the part that it falls under.
    """
    out: dict[str, Score] = {}
    for case in cases:
        ours, theirs = parts(case.gold), parts(case.predicted)
        for fact, name in {**theirs, **ours}.items():
            score = Score(int(fact in ours and fact in theirs), int(fact in theirs), int(fact in ours))
            out[name] = out.get(name, Score()) + score
    return out


def _mentions(part: Callable[[Entity], str]) -> Callable[[Document], Mapping[Fact, str]]:
    return lambda document: {(e.type, e.start, e.end): part(e) for e in document.entities}


def length_name(words: int) -> str:
    """The part that a mention of so many words (between spaces) falls under."""
    return next((name for most, name in LENGTHS if words <= most), _LONGEST)


def by_length(cases: Iterable[Case]) -> dict[str, Score]:
    """Strict entity scores by the number of words of the mention."""
    found = by_part(cases, _mentions(lambda e: length_name(len(e.text.split()))))
    return {name: found[name] for name in (*(n for _, n in LENGTHS), _LONGEST) if name in found}


def seen_mentions(training: Iterable[Document]) -> SeenMentions:
    """The mentions of training documents, for `by_seen`."""
    return frozenset((e.type, _folded(e.text)) for d in training for e in d.entities)


def _folded(text: str) -> str:
    return " ".join(fold_string(text).split())


def by_seen(cases: Iterable[Case], seen: SeenMentions) -> dict[str, Score]:
    """Strict entity scores of mentions that training documents have with the same words and type, and of new ones."""
    return by_part(cases, _mentions(lambda e: "seen" if (e.type, _folded(e.text)) in seen else "new"))


def relation_distance(document: Document, head: Entity, tail: Entity) -> str:
    """How far the ends of a relation lie apart: one of `DISTANCES`."""
    segmented = segment(document.text)
    return DISTANCES[min(2, segmented.distance(*(segmented.sentence_of(e.start) for e in (head, tail))))]


def by_distance(cases: Iterable[Case]) -> dict[str, Score]:
    """Strict relation scores by how far the ends lie apart."""

    def parts(document: Document) -> Mapping[Fact, str]:
        ends = {e.id: e for e in document.entities}
        spans = {e.id: (e.type, e.start, e.end) for e in document.entities}
        return {
            (r.type, spans[r.head], spans[r.tail]): relation_distance(document, ends[r.head], ends[r.tail])
            for r in document.relations
        }

    found = by_part(cases, parts)
    return {name: found[name] for name in DISTANCES if name in found}


def groups_by(cases: Sequence[Case], key: str) -> Mapping[str, list[Case]]:
    """Cases by a value of their gold's meta (`collection`, `source`), `?` where there is none."""
    names = sorted({str(c.gold.meta.get(key, "?")) for c in cases})
    return {name: [c for c in cases if c.gold.meta.get(key, "?") == name] for name in names}


def by_collection(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Cases by collection, and `real`: those that are not ours."""
    real = [c for c in cases if c.collection != "own"]
    return {**groups_by(cases, "collection"), **({"real": real} if real else {})}
