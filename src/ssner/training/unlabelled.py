"""Texts that nobody annotated: those on the subject first, and none that is held out or like one that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from ..corpus.near_duplicates import OverlapIndex, ngrams
from ..corpus.store import load_documents, news_rows, read_index
from ..document import Document
from ..text import fold_string

LIKE_HELD_OUT: Final = 0.2
"""Share of its word 5-grams in the dev and test documents, or of those of one of them in it, from which a text is left
out."""
LEAST_NUMBERS: Final = 0.02
"""Share of its words that hold a digit, under which a text has too little to teach (amounts, quantities)."""


@dataclass(frozen=True)
class HeldOut:
    """What no model may learn from.

    Attributes:
        documents: Documents of dev and test.
        names: `source/id` of all of them, those too whose texts are not here.
        absent: How many texts are not here: what is like them cannot be known.
    """

    documents: Sequence[Document]
    names: frozenset[str] = frozenset()
    absent: int = 0

    @classmethod
    def of_corpus(cls, root: Path, shared: Path) -> HeldOut:
        """Dev and test of the corpus, all collections; what is absent is told.

        Raises:
            CorpusError: See `load_documents`.
        """
        splits = ("dev", "test")
        entries = [entry for entry in read_index(root / "annotations") if entry.split in splits]
        documents = list(load_documents(root, shared, splits))
        absent = len(entries) - len(documents)
        if absent:
            print(f"{absent} documents of dev and test are not in {shared}: they are left out, texts like them are not")
        return cls(documents, frozenset(f"{e.source}/{e.id}" for e in entries), absent)


def unlabelled_texts(path: Path, held_out: HeldOut, about: Sequence[str], seed: int) -> Iterator[Document]:
    """Texts of a JSONL file (see `news_rows`), those nearest to the subject first.

    Left out are the held-out texts, those that share much of their wording, or of its, with one of them, and those with
    next to no numbers.

    Args:
        path: The file.
        held_out: Dev and test.
        about: Words of the subject (folded); texts that hold more of them come first.
        seed: Of the order of texts that hold as many.

    Raises:
        CorpusError: The file is damaged.
    """
    index = OverlapIndex()
    for document in held_out.documents:
        index.add(ngrams(document.text))
    subject = re.compile("|".join(map(re.escape, about)))
    ranked: list[tuple[int, bytes, Document]] = []
    for (source, identifier), text in news_rows(path):
        name, words = f"{source}/{identifier}", text.split()
        if name in held_out.names or not words:
            continue
        if sum(any(c.isdigit() for c in word) for word in words) >= LEAST_NUMBERS * len(words):
            hits = len(subject.findall(fold_string(text))) if about else 0
            ranked.append((-hits, sha256(f"{seed} {name}".encode()).digest(), Document(name, text)))
    for *_, document in sorted(ranked, key=lambda r: r[:2]):
        grams = ngrams(document.text)
        if grams and index.seen(grams) < LIKE_HELD_OUT and index.greatest(grams) < LIKE_HELD_OUT:
            yield document
