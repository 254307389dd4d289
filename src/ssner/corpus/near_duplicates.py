"""Near-duplicates: texts that share much of their wording, as copies of one report in several agencies do.

The overlap of two texts is the share of the shorter one's word n-grams that the other one holds too (containment), so
that a brief and the article that it was cut from are found; it is never below their Jaccard similarity. It is exact: an
index from n-grams to texts gives every pair that shares any, at a cost that grows with the pairs that share an n-gram.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..text import fold, words_of

NGRAM: Final = 5


@dataclass(frozen=True)
class NearDuplicates:
    """Texts that belong together, each near to another one of them.

    Attributes:
        names: Their names, in order.
        overlap: The greatest overlap of two of them.
    """

    names: tuple[str, ...]
    overlap: float


def ngrams(text: str, length: int = NGRAM) -> set[tuple[str, ...]]:
    """The runs of `length` words of a text, folded and without marks; a shorter text is one run."""
    words = [w.form for w in words_of(fold(text)) if not w.is_mark]
    if not words:
        return set()
    return {tuple(words[i : i + length]) for i in range(max(len(words) - length, 0) + 1)}


class OverlapIndex:
    """Texts that were seen, and how much of a further one they share with it."""

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)

    def add(self, grams: set[tuple[str, ...]]) -> None:
        """See a text, given as its n-grams; texts are numbered in the order in which they are seen, from 0."""
        for gram in grams:
            self._holders[gram].append(len(self._sizes))
        self._sizes.append(len(grams))

    def overlaps(self, grams: set[tuple[str, ...]]) -> dict[int, float]:
        """The overlap of a text with each that was seen and shares any n-gram with it, by number."""
        shared = Counter(number for gram in grams if gram in self._holders for number in self._holders[gram])
        return {number: count / min(len(grams), self._sizes[number]) for number, count in shared.items()}

    def greatest(self, grams: set[tuple[str, ...]]) -> float:
        """The greatest overlap of a text with one that was seen, 0 to 1."""
        return max(self.overlaps(grams).values(), default=0.0)

    def seen(self, grams: set[tuple[str, ...]]) -> float:
        """Share of a text's n-grams that stand in any text that was seen."""
        return sum(gram in self._holders for gram in grams) / max(1, len(grams))


def near_duplicates(texts: Mapping[str, str], threshold: float = 0.5, length: int = NGRAM) -> list[NearDuplicates]:
    """Groups of texts in which each overlaps another by at least `threshold`; texts without one are in no group.

    Args:
        texts: Texts by name.
        threshold: The least overlap, over 0 and at most 1.
        length: Words in an n-gram.

    Raises:
        ValueError: `threshold` is out of its range.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"the threshold must be over 0 and at most 1, not {threshold:g}")
    index = OverlapIndex()
    names = sorted(texts)
    leader: dict[str, str] = {}
    overlaps: list[tuple[str, float]] = []

    def lead(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for name in names:
        grams = ngrams(texts[name], length)
        leader[name] = name
        for other, overlap in index.overlaps(grams).items():
            if overlap >= threshold:
                leader[lead(name)] = lead(names[other])
                overlaps.append((name, overlap))
        index.add(grams)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name in leader:
        members[lead(name)].append(name)
    greatest: defaultdict[str, float] = defaultdict(float)
    for name, overlap in overlaps:
        greatest[lead(name)] = max(greatest[lead(name)], overlap)
    groups = (NearDuplicates(tuple(near), greatest[key]) for key, near in members.items() if len(near) > 1)
    return sorted(groups, key=lambda g: g.names)
