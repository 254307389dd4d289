"""Sentences of Persian news: headlines, bullets and lines are sentences of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from .folding import fold
from .words import Word, words_of

_TERMINALS: Final = frozenset(".!?؟…۔")
_CLOSERS: Final = frozenset("»)]”’\"'")
_LETTER_NAMES: Final = frozenset(
    [
        "ای",
        "آی",
        "ا",
        "بی",
        "سی",
        "دی",
        "ئی",
        "اف",
        "جی",
        "اچ",
        "ایچ",
        "جی",
        "کی",
        "ال",
        "ام",
        "ان",
        "او",
        "پی",
        "کیو",
        "آر",
        "ار",
        "اس",
        "تی",
        "یو",
        "وی",
        "دبلیو",
        "ایکس",
        "وای",
        "زد",
        "زی",
        "سی\u200cتی",
        "ام\u200cآر",
    ]
)
"""Names of Latin letters, as abbreviations are spelt (`آی.سی.یو`, `ام.آر.آی`)."""
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\u0085\u2028\u2029]")
_ARABIC_LETTER: Final = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True)
class Sentence:
    """A run of words that is read as one sentence.

    Attributes:
        start: First raw character.
        end: After the last raw character.
        first: Index of its first word in the text's words.
        last: After the index of its last word.
        is_label: A bare label on a line of its own (`گزارش`, `خبر`), which does not count between two sentences.
    """

    start: int
    end: int
    first: int
    last: int
    is_label: bool = False


@dataclass(frozen=True)
class Segmented:
    """A raw text with its words and sentences."""

    raw: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]

    def sentence_of(self, offset: int) -> int:
        """Index of the sentence that holds the raw character at `offset`; -1 where none does."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return low
        return -1

    def distance(self, one: int, other: int) -> int:
        """How many sentences lie from sentence `one` to `other`, not counting labels (0: the same)."""
        low, high = sorted((one, other))
        return sum(1 for s in self.sentences[low + 1 : high + 1] if not s.is_label) if low != high else 0


def _is_abbreviation(words: list[Word], index: int) -> bool:
    """Whether the dot at `index` stands inside or after letters that spell an abbreviation."""
    before = words[index - 1]
    if before.end != words[index].start:
        return False
    if len(before.form) == 1 and before.form.isalpha():
        return True
    after = words[index + 1] if index + 1 < len(words) else None
    glued = after is not None and after.start == words[index].end
    return glued and after is not None and before.form in _LETTER_NAMES and after.form in _LETTER_NAMES


def _ends_sentence(words: list[Word], index: int, run: int, line_start: int) -> int:
    """Index after the sentence that ends with the terminals `index` to `run` (closers included), or 0 if none does."""
    mark = words[index]
    stop = run
    if stop < len(words) and words[stop].form in _CLOSERS:
        if words[stop].start == words[stop - 1].end:
            if index and words[index - 1].form == "(":  # "(!)" is a remark, not an end
                return 0
            stop += 1
            if stop < len(words) and words[stop].form in "»)]" and words[stop].start == words[stop - 1].end:
                stop += 1
        elif words[stop].form == "»" and words[stop].start == words[stop - 1].end + 1:
            stop += 1
    if stop >= len(words):
        return stop
    if mark.form == "." and index > line_start:
        before, after = words[index - 1], words[index + 1]
        if _is_abbreviation(words, index):
            return 0
        if before.is_numeral and index - 1 == line_start:  # "1. " counts items of a list
            return 0
        if stop == index + 1 and after.start == mark.end:
            both = _ARABIC_LETTER.match(before.form) and _ARABIC_LETTER.match(after.form)
            return stop if both and not before.is_numeral and not after.is_numeral else 0
    elif index == line_start or words[stop].start == words[stop - 1].end:
        return stop if mark.form in "!?؟" and index > line_start and not words[stop].is_mark else 0
    return stop


@lru_cache(maxsize=4)
def segment(raw: str) -> Segmented:
    """Words and sentences of a text.

    A sentence ends at a line break, or after a full stop, question or exclamation mark (with the closing quotes and
    brackets that follow) before a space. It does not end inside a number (`۷۴.۲۵`), at `(ع)`, inside a spelt
    abbreviation (`آی.سی.یو`) or a web address, after a list's number, or after a bullet or hashtag alone on its line. A
    full stop between two Persian words ends one even where the space after it was lost.
    """
    words = words_of(fold(raw))
    sentences: list[Sentence] = []
    first = 0

    def close(last: int) -> None:
        nonlocal first
        if last > first:
            alone = _begins_line(raw, words, first) and _begins_line(raw, words, last)
            label = last - first == 1 and words[first].form.isalpha() and alone
            sentences.append(Sentence(words[first].start, words[last - 1].end, first, last, label))
        first = last

    index = 0
    line_start = 0
    marks_only = True  # whether the sentence so far holds nothing but marks
    while index < len(words):
        if index and _begins_line(raw, words, index):
            joined = first < index if marks_only else _continues(raw, words, line_start, index)
            if not joined:
                close(index)
                marks_only = True
            line_start = index
        if words[index].form in _TERMINALS:
            run = index + 1
            while run < len(words) and words[run].form in _TERMINALS and words[run].start == words[run - 1].end:
                run += 1
            stop = _within_line(raw, words, index, _ends_sentence(words, index, run, line_start))
            if stop:
                close(stop)
                marks_only = True
            index = stop or run
            continue
        marks_only = marks_only and words[index].is_mark
        index += 1
    close(len(words))
    return Segmented(raw, tuple(words), tuple(sentences))


def _begins_line(raw: str, words: list[Word], index: int) -> bool:
    """Whether a line begins before word `index` (of which the text's end is one)."""
    return index == 0 or index == len(words) or _has_break(raw, words[index - 1].end, words[index].start)


def _has_break(raw: str, start: int, end: int) -> bool:
    return end > start and _LINE_BREAK.search(raw, start, end) is not None


def _continues(raw: str, words: list[Word], line_start: int, index: int) -> bool:
    """Whether the line that begins at word `index` goes on with the sentence before it.

    It does around a hashtag or handle that a page has put on a line of its own (as exports of channels do in the middle
    of a sentence).
    """
    if len(_LINE_BREAK.findall(raw[words[index - 1].end : words[index].start])) > 1:
        return False
    if _is_tag(words[line_start:index]):
        return True
    if words[index].form not in "#@":
        return False
    end = index + 1
    while end < len(words) and words[end].start == words[end - 1].end:
        end += 1
    return end - index >= 2 and _begins_line(raw, words, end) and not words[index - 1].is_mark


def _is_tag(line: list[Word]) -> bool:
    return len(line) >= 2 and line[0].form in "#@" and all(b.start == a.end for a, b in pairwise(line))


def _within_line(raw: str, words: list[Word], index: int, stop: int) -> int:
    """`stop`, drawn back to the first line break after the terminal at `index`."""
    for position in range(index + 1, stop):
        if _has_break(raw, words[position - 1].end, words[position].start):
            return position
    return stop
