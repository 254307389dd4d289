"""Text from words: where spaces stand in a sentence of which only the words are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from ...text import segment

_NONE_BEFORE: Final = frozenset(".،؛:!؟?…)]}»٪%")
_NONE_AFTER: Final = frozenset("([{«#@_/.!؟?…")
"""Marks that Persian news sets close to the word after them; `.`, `!`, `؟` only where the sentence goes on."""
_TIGHT: Final = frozenset("_/")


def _as_printed(before: str, after: str) -> bool:
    blessing = len(after) > 1 and after[0] == "("
    return blessing or after in _NONE_BEFORE or after in _TIGHT or before in _NONE_AFTER


def _spaced(before: str, after: str) -> bool:
    return False


def _tight_marks(before: str, after: str) -> bool:
    return not (before.isalnum() and after.isalnum())


_RULES: Final[tuple[Callable[[str, str], bool], ...]] = (_as_printed, _spaced, _tight_marks)
"""Whether two words stand without a space, by rules that are tried in this order."""


def join_words(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """A line of text that reads as one sentence of those words, where one of the rules gives such a line.

    Returns:
        The line, and for each word its half-open span in it.
    """
    first: tuple[str, list[tuple[int, int]]] | None = None
    for rule in _RULES:
        line, spans = _join(words, rule)
        first = first or (line, spans)
        segmented = segment(line)
        if len(segmented.sentences) == 1 and [(w.start, w.end) for w in segmented.words] == spans:
            return line, spans
    return first or ("", [])


def _join(words: Sequence[str], close: Callable[[str, str], bool]) -> tuple[str, list[tuple[int, int]]]:
    line = "".join(words[:1])
    spans = [(0, len(line))] if words else []
    for before, after in pairwise(words):
        line += "" if close(before, after) else " "
        spans.append((len(line), len(line) + len(after)))
        line += after
    return line, spans
