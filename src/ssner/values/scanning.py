"""What stands in a run of words, found from left to right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from ..text import Word


class _Run(Protocol):
    @property
    def last(self) -> int:
        """After the index of its last word."""
        ...


_Found = TypeVar("_Found", bound=_Run)


def scan(
    words: Sequence[Word], read: Callable[[Sequence[Word], int], _Found | None], may_begin: Callable[[str], bool]
) -> list[_Found]:
    """Everything that `read` finds, in order, none inside another.

    Args:
        words: Words of a text.
        read: What begins at a word, if anything.
        may_begin: Whether anything can begin with a word of this form; where nothing can, `read` is not asked.
    """
    out: list[_Found] = []
    at = 0
    while at < len(words):
        found = read(words, at) if may_begin(words[at].form) else None
        if found is not None:
            out.append(found)
        at = found.last if found is not None else at + 1
    return out
