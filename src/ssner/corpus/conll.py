"""BIO files: one word and its label a line, an empty line after each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..document import Document
from ..schema import OUTSIDE
from ..text import segment


class BioError(ValueError):
    """A mention does not fit the words of its text."""


def word_labels(document: Document) -> list[list[tuple[str, str]]]:
    """Words as they stand in the text with their BIO labels, sentence by sentence.

    Raises:
        BioError: A mention begins or ends inside a word, or crosses a sentence.
    """
    segmented = segment(document.text)
    starts = {w.start: i for i, w in enumerate(segmented.words)}
    ends = {w.end: i + 1 for i, w in enumerate(segmented.words)}
    labels = [OUTSIDE] * len(segmented.words)
    for entity in document.entities:
        if entity.start not in starts or entity.end not in ends:
            raise BioError(f"{document.id}: {entity.id} {entity.text!r} begins or ends inside a word")
        if segmented.sentence_of(entity.start) != segmented.sentence_of(entity.end - 1):
            raise BioError(f"{document.id}: {entity.id} {entity.text!r} crosses a sentence")
        first, last = starts[entity.start], ends[entity.end]
        labels[first] = f"B-{entity.type}"
        labels[first + 1 : last] = [f"I-{entity.type}"] * (last - first - 1)
    return [
        [(document.text[w.start : w.end], labels[i]) for i, w in enumerate(segmented.words) if s.first <= i < s.last]
        for s in segmented.sentences
    ]


def to_conll(documents: Iterable[Document]) -> Iterator[str]:
    """Lines of a BIO file that ParsBERT's token-classification scripts read: `word<TAB>label`, UTF-8.

    A comment line `# document = id` opens each document. The words are the text's own (a half-space is inside a word);
    relations, attributes, offsets and the spaces between words are what the format can't hold.
    """
    for document in documents:
        yield f"# document = {document.id}"
        for sentence in word_labels(document):
            for word, label in sentence:
                yield f"{word}\t{label}"
            yield ""
