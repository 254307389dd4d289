"""How varied texts are: what any two share, and how many different words and word runs they hold beside real news."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..text import fold, words_of
from .near_duplicates import NGRAM, OverlapIndex, ngrams
from .store import news_text


@dataclass(frozen=True)
class Overlap:
    """What two texts share.

    Attributes:
        first: Name of the one.
        second: Name of the other.
        share: Share of the shorter one's word 5-grams that the other holds too.
    """

    first: str
    second: str
    share: float


def greatest_overlaps(texts: Mapping[str, str], count: int = 5) -> list[Overlap]:
    """The pairs of texts that share most of their word 5-grams, the greatest first; pairs that share none are left out.

    Args:
        texts: Texts by name.
        count: How many pairs.
    """
    index = OverlapIndex()
    names = sorted(texts)
    pairs: list[Overlap] = []
    for name in names:
        grams = ngrams(texts[name])
        pairs += [Overlap(names[other], name, share) for other, share in index.overlaps(grams).items()]
        index.add(grams)
    return sorted(pairs, key=lambda p: (-p.share, p.first, p.second))[:count]


@dataclass(frozen=True)
class Variety:
    """How many different things a run of words holds.

    Attributes:
        words: Its length in words, marks left out.
        distinct_words: Different words, as a share of it.
        distinct_runs: Different word 5-grams, as a share of all of them.
    """

    words: int
    distinct_words: float
    distinct_runs: float


def _words(texts: Sequence[str]) -> list[list[str]]:
    return [[w.form for w in words_of(fold(text)) if not w.is_mark] for text in texts]


def variety(texts: Sequence[list[str]], most: int) -> Variety:
    """The variety of the first `most` words of texts, given as words; no run goes over the end of a text."""
    seen: set[str] = set()
    runs: set[tuple[str, ...]] = set()
    total = total_runs = 0
    for words in texts:
        words = words[: most - total]
        seen.update(words)
        here = [tuple(words[i : i + NGRAM]) for i in range(len(words) - NGRAM + 1)]
        runs.update(here)
        total += len(words)
        total_runs += len(here)
        if total >= most:
            break
    return Variety(total, len(seen) / max(total, 1), len(runs) / max(total_runs, 1))


def compare_variety(ours: Sequence[str], news: Path, seed: int = 0) -> tuple[Variety, Variety] | None:
    """The variety of our texts and of as many words of real news; `None` where the news is not there.

    Args:
        ours: Our texts.
        news: `news/on_topic.jsonl` of the shared folder.
        seed: Of the order in which both are taken.
    """
    if not news.is_file():
        return None
    rows = [json.loads(line) for line in news.read_text("utf-8").splitlines()]
    sides = [_words(ours), _words([news_text(row["title"], row["text"]) for row in rows])]
    for side in sides:
        random.Random(seed).shuffle(side)
    most = min(sum(map(len, side)) for side in sides)
    return variety(sides[0], most), variety(sides[1], most)


def format_diversity(overlaps: Sequence[Overlap], both: tuple[Variety, Variety] | None) -> str:
    """What was found, in a few lines."""
    lines = ["Word 5-grams that two of our articles share (greatest):"]
    lines += [f"  {o.first} and {o.second}: {100 * o.share:.1f}%" for o in overlaps] or ["  none"]
    if both is not None:
        ours, news = both
        lines.append(f"Different words and 5-grams in {ours.words:,} words of ours and {news.words:,} of real news:")
        for what in ("distinct_words", "distinct_runs"):
            a, b = getattr(ours, what), getattr(news, what)
            lines.append(f"  {what.replace('_', ' ')}: {a:.3f} and {b:.3f} ({100 * (a / b - 1):+.1f}%)")
    return "\n".join(lines)
