"""Words to sub-tokens, with the place of each word's first piece. Works with any fast tokenizer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer


_LONGEST_WORD: Final = 48
"""Characters of a word that are tokenized: a longer run (a code, an address) is known by its beginning."""


class WordBatch(NamedTuple):
    """Windows as arrays.

    Attributes:
        input_ids: (windows, pieces), padded.
        attention_mask: (windows, pieces).
        first_pieces: Index of each word's first piece, 0 for padding, (windows, words).
        counts: How many words each window has.
    """

    input_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]
    first_pieces: NDArray[np.int64]
    counts: list[int]


class WordTokenizer:
    """Tokenizes lists of words with a `tokenizers.Tokenizer`.

    Args:
        tokenizer: A fast tokenizer's backend; its own padding and truncation are switched off.
        pad_id: Id of the padding token.
    """

    def __init__(self, tokenizer: Tokenizer, pad_id: int) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.backend = tokenizer
        self.pad_id = pad_id
        self._cache: dict[str, int] = {}
        self.specials = tokenizer.num_special_tokens_to_add(False)

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        """How many pieces each word makes (at least 1: a word without any gets an unknown piece)."""
        missing = sorted({form for form in forms if form not in self._cache})
        if missing:
            if len(self._cache) > 200_000:
                self._cache.clear()
                missing = sorted(set(forms))
            lists = [[form[:_LONGEST_WORD]] for form in missing]
            encodings = self.backend.encode_batch(lists, is_pretokenized=True, add_special_tokens=False)
            for form, encoding in zip(missing, encodings, strict=True):
                self._cache[form] = max(1, len(encoding.ids))
        return [self._cache[form] for form in forms]

    def encode(self, windows: Sequence[Sequence[str]]) -> WordBatch:
        """Tokenize windows of words.

        A word of which the tokenizer makes nothing (a lone mark that it drops) takes the place of the piece before it.
        """
        encodings = self.backend.encode_batch(
            [[form[:_LONGEST_WORD] for form in w] for w in windows], is_pretokenized=True
        )
        width = max((len(e.ids) for e in encodings), default=0)
        words = max((len(w) for w in windows), default=0)
        input_ids = np.full((len(windows), width), self.pad_id, dtype=np.int64)
        mask = np.zeros((len(windows), width), dtype=np.int64)
        first = np.zeros((len(windows), words), dtype=np.int64)
        for row, (encoding, window) in enumerate(zip(encodings, windows, strict=True)):
            input_ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
            places = [-1] * len(window)
            for position, word in enumerate(encoding.word_ids):
                if word is not None and places[word] < 0:
                    places[word] = position
            previous = 0
            for index, place in enumerate(places):
                previous = place if place >= 0 else previous
                first[row, index] = previous
        return WordBatch(input_ids, mask, first, [len(w) for w in windows])
