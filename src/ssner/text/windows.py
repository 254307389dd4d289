"""Windows: runs of whole sentences that an encoder reads at once.

In training neighbouring windows share one sentence (`make_windows`), so that every pair of consecutive sentences stands
together in some window and a relation to the next sentence is learnt. In reading they share none (`even_windows`), and
the relations across their edges are looked for between the states that each has given. A sentence that is longer than a
window is cut into runs of words that overlap; no word of a text is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """A run of words, `first` to `last` (half-open), as indices into the text's words."""

    first: int
    last: int


def make_windows(
    sentences: Sequence[tuple[int, int]], lengths: Sequence[int], capacity: int, overlap_words: int = 24
) -> list[Window]:
    """Cover the words of a text with windows.

    Args:
        sentences: First and last word (half-open) of each sentence, in order, without gaps.
        lengths: For each word, how many sub-tokens the encoder's tokenizer makes of it (at least 1).
        capacity: How many sub-tokens a window holds.
        overlap_words: How many words the runs of an over-long sentence share.

    Returns:
        Windows in order; each word is in one at least, consecutive sentences of ordinary length are in one together.

    Raises:
        ValueError: `capacity` is not positive.
    """
    if capacity < 1:
        raise ValueError(f"a window must hold at least one sub-token, not {capacity}")
    units = [unit for first, last in sentences for unit in _cut(first, last, lengths, capacity, overlap_words)]
    sizes = [sum(lengths[first:last]) for first, last in units]
    windows: list[Window] = []
    at = 0
    while at < len(units):
        stop = at + 1
        size = sizes[at]
        while stop < len(units) and size + _fresh(units, stop, lengths) <= capacity:
            size += _fresh(units, stop, lengths)
            stop += 1
        windows.append(Window(units[at][0], units[stop - 1][1]))
        if stop == len(units):
            break
        # The next window begins with the last sentence of this one, where that leaves room for one more.
        shared = stop - 1
        at = shared if shared > at and sizes[shared] + _fresh(units, stop, lengths) <= capacity else stop
    return windows


def even_windows(
    sentences: Sequence[tuple[int, int]], lengths: Sequence[int], capacity: int, overlap_words: int = 24
) -> list[Window]:
    """Cover the words of a text with as few windows as its length asks for, of much the same length.

    Each sentence of ordinary length is in one window; a short rest at the end would be read without what is around it.

    Args:
        sentences: As for `make_windows`.
        lengths: Likewise.
        capacity: Likewise.
        overlap_words: Likewise.

    Returns:
        Windows in order; each word is in one at least.

    Raises:
        ValueError: `capacity` is not positive.
    """
    if capacity < 1:
        raise ValueError(f"a window must hold at least one sub-token, not {capacity}")
    units = [unit for first, last in sentences for unit in _cut(first, last, lengths, capacity, overlap_words)]
    total = sum(lengths)
    target = total / max(1, math.ceil(total / capacity))
    windows: list[Window] = []
    at = 0
    while at < len(units):
        stop, size = at + 1, sum(lengths[units[at][0] : units[at][1]])
        while stop < len(units):
            more = _fresh(units, stop, lengths)
            if size + more > capacity or size + more / 2 > target:
                break
            size += more
            stop += 1
        windows.append(Window(units[at][0], units[stop - 1][1]))
        at = stop
    return windows


def _fresh(units: Sequence[tuple[int, int]], index: int, lengths: Sequence[int]) -> int:
    """Sub-tokens that unit `index` adds after the one before it (overlapping words count once)."""
    return sum(lengths[max(units[index][0], units[index - 1][1]) : units[index][1]])


def _cut(first: int, last: int, lengths: Sequence[int], capacity: int, overlap: int) -> list[tuple[int, int]]:
    """A sentence as it is, or as overlapping runs of words that fit the capacity (one word always fits)."""
    out: list[tuple[int, int]] = []
    start = first
    while start < last:
        stop, size = start, 0
        while stop < last and (stop == start or size + lengths[stop] <= capacity):
            size += lengths[stop]
            stop += 1
        out.append((start, stop))
        if stop == last:
            break
        start = max(start + 1, stop - overlap)
    return out
