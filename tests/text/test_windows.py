from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.text.windows import even_windows, make_windows

LENGTHS = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=40), max_size=12)


def bounds(sentences: list[list[int]]) -> list[tuple[int, int]]:
    out, at = [], 0
    for sentence in sentences:
        out.append((at, at + len(sentence)))
        at += len(sentence)
    return out


@given(LENGTHS, st.integers(1, 60))
def test_every_word_is_in_a_window_and_windows_fit(sentences: list[list[int]], capacity: int) -> None:
    lengths = [n for s in sentences for n in s]
    windows = make_windows(bounds(sentences), lengths, capacity)
    assert {i for w in windows for i in range(w.first, w.last)} == set(range(len(lengths)))
    for window in windows:
        assert sum(lengths[window.first : window.last]) <= capacity or window.last - window.first == 1


@given(LENGTHS, st.integers(20, 200))
def test_consecutive_sentences_that_fit_stand_together(sentences: list[list[int]], capacity: int) -> None:
    lengths = [n for s in sentences for n in s]
    spans = bounds(sentences)
    windows = make_windows(spans, lengths, capacity)
    for one, other in itertools.pairwise(spans):
        if sum(lengths[one[0] : other[1]]) <= capacity:
            assert any(w.first <= one[0] and other[1] <= w.last for w in windows)


@given(LENGTHS, st.integers(1, 60))
def test_windows_for_reading_hold_every_word_fit_and_share_no_sentence(
    sentences: list[list[int]], capacity: int
) -> None:
    lengths = [n for s in sentences for n in s]
    spans = bounds(sentences)
    windows = even_windows(spans, lengths, capacity)
    assert {i for w in windows for i in range(w.first, w.last)} == set(range(len(lengths)))
    for window in windows:
        assert sum(lengths[window.first : window.last]) <= capacity or window.last - window.first == 1
    for first, last in spans:
        if sum(lengths[first:last]) <= capacity:
            assert sum(w.first <= first and last <= w.last for w in windows) == 1
            assert sum(w.first < last and first < w.last for w in windows) == 1


def test_windows_for_reading_are_much_the_same_length() -> None:
    lengths = [5] * 60
    windows = even_windows([(i, i + 4) for i in range(0, 60, 4)], lengths, 190)
    assert [w.last - w.first for w in windows] == [32, 28]


def test_a_window_must_hold_something() -> None:
    with pytest.raises(ValueError, match="at least one"):
        make_windows([(0, 1)], [1], 0)
