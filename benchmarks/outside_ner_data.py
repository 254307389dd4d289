"""Sentences of the outside NER sets, how they are split, and windows of them that a model can read.

Both sets hold one word and its BIO label a line and an empty line after each sentence. PEYMA parts them by a tab and
opens each document with `# doc NAME`; ARMAN parts them by a space and knows no documents.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ssner.text import fold_string

PEYMA_FILE: Final = "train_300k_peyma.conll"
PEYMA_TEST: Final = "test*peyma*.conll*"
_DOCUMENT: Final = "# doc "


class DataError(RuntimeError):
    """A data set, or the run to start from, is not there or not what it should be."""


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence.

    Attributes:
        words: As they stand in the file.
        labels: Their BIO labels.
        document: Name of its document, empty where the set knows none.
    """

    words: tuple[str, ...]
    labels: tuple[str, ...]
    document: str = ""

    @property
    def forms(self) -> list[str]:
        """The words as the encoder reads them: folded, but for a word of which folding leaves nothing."""
        return [fold_string(word) or word for word in self.words]


@dataclass(frozen=True)
class OutsideSet:
    """A data set, split.

    Attributes:
        train: Sentences to learn from.
        dev: Sentences that are only scored, besides the test; may be empty.
        test: Sentences that the figures are of.
        split: How it is split, in words.
    """

    train: tuple[Sentence, ...]
    dev: tuple[Sentence, ...]
    test: tuple[Sentence, ...]
    split: str

    @property
    def labels(self) -> list[str]:
        """`O`, then the labels of all parts in alphabetical order."""
        found = {label for part in (self.train, self.dev, self.test) for s in part for label in s.labels}
        return ["O", *sorted(found - {"O"})]

    def limited(self, count: int) -> OutsideSet:
        """The first `count` sentences of each part."""
        return OutsideSet(self.train[:count], self.dev[:count], self.test[:count], self.split)


def read_bio(path: Path, separator: str) -> Iterator[Sentence]:
    """The sentences of a BIO file, which may be packed (`.xz`).

    Args:
        path: The file, UTF-8.
        separator: What stands between word and label.

    Raises:
        DataError: A line holds no word and label, or the file cannot be read.
    """
    document = ""
    rows: list[tuple[str, str]] = []
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                content = line.rstrip("\r\n")
                opens = content.startswith(_DOCUMENT)
                if content.strip() and not opens:
                    rows.append(_row(content, separator, f"{path}:{number}"))
                    continue
                if rows:
                    yield _sentence(rows, document)
                    rows = []
                if opens:
                    document = content.removeprefix(_DOCUMENT).strip()
    except (OSError, UnicodeError, EOFError, lzma.LZMAError) as error:
        raise DataError(f"{path}: cannot be read ({error}); fetch it again") from error
    if rows:
        yield _sentence(rows, document)


def _row(content: str, separator: str, where: str) -> tuple[str, str]:
    word, _, label = content.rpartition(separator)
    if not word or (label != "O" and label[:2] not in ("B-", "I-")):
        raise DataError(f"{where}: {content!r} is not a word, a {separator!r} and a BIO label; mend the line")
    return word, label


def _sentence(rows: Sequence[tuple[str, str]], document: str) -> Sentence:
    return Sentence(tuple(word for word, _ in rows), tuple(label for _, label in rows), document)


def tenth_of(document: str) -> int:
    """Which tenth, 0 to 9, the sha256 of a document's name falls into."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) * 10 >> 256


def load_peyma(folder: Path) -> OutsideSet:
    """PEYMA (the 300K set), split by documents; an official test file in the folder is the test.

    The 300K set may hold the official test's sentences: they are then taken out of train and dev.

    Raises:
        DataError: The file is not there or broken.
    """
    source = _find(folder, PEYMA_FILE)
    parts: dict[str, list[Sentence]] = {"train": [], "dev": [], "test": []}
    for sentence in read_bio(source, "\t"):
        parts[{8: "dev", 9: "test"}.get(tenth_of(sentence.document), "train")].append(sentence)
    split = f"by the sha256 of the documents' names in {source.name}: the last tenth is test, the tenth before it dev"
    if official := sorted(folder.glob(PEYMA_TEST)):
        parts["train"] += parts["test"]
        parts["test"] = list(read_bio(official[0], "\t"))
        held_out = {s.words for s in parts["test"]}
        for name in ("train", "dev"):
            parts[name] = list(_without(parts[name], held_out))
        split = (
            f"the test is the official file {official[0].name}; of {source.name}, without the test's sentences, "
            "dev is a tenth of the documents by the sha256 of their names, train the rest"
        )
    return OutsideSet(tuple(parts["train"]), tuple(parts["dev"]), tuple(parts["test"]), split)


def _without(parts: Sequence[Sentence], held_out: Set[tuple[str, ...]]) -> Iterator[Sentence]:
    """The sentences that are not held out; a document breaks where one is taken out: those about it do not join."""
    breaks = 0
    for part in parts:
        if part.words in held_out:
            breaks += 1
        else:
            yield replace(part, document=f"{part.document}#{breaks}") if part.document and breaks else part


def load_arman(folder: Path) -> OutsideSet:
    """ARMAN's fold 1, as its authors split it; there is no dev part.

    Raises:
        DataError: A file is not there or broken.
    """
    train, test = (_find(folder, f"{part}_fold1.txt") for part in ("train", "test"))
    split = f"fold 1 of the authors' three: {train.name} and {test.name}; no dev"
    return OutsideSet(tuple(read_bio(train, " ")), (), tuple(read_bio(test, " ")), split)


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.xz"):
        if path.is_file():
            return path
    raise DataError(f"{folder / name}[.xz] is absent: --shared names the folder that holds ner_datasets/")


def joined(parts: Sequence[Sentence], sizes: Sequence[int], room: int) -> list[Sentence]:
    """Neighbouring parts of one document as one, as many as a window holds; parts of no document stay alone.

    Args:
        parts: In order.
        sizes: How many pieces each makes.
        room: Pieces that a window may hold.
    """
    out: list[Sentence] = []
    used = 0
    for part, size in zip(parts, sizes, strict=True):
        if out and part.document and part.document == out[-1].document and used + size <= room:
            last = out.pop()
            part = Sentence(last.words + part.words, last.labels + part.labels, part.document)
            size += used
        out.append(part)
        used = size
    return out


def windows(labels: Sequence[str], sizes: Sequence[int], room: int) -> list[slice]:
    """Slices of a sentence that fit a model: as long as they can be, cut before a word that goes on with no entity.

    Only an entity that alone has no room is cut inside.

    Args:
        labels: BIO labels of the words.
        sizes: Pieces that each word makes.
        room: Pieces that a window may hold.
    """
    out: list[slice] = []
    first = 0
    while first < len(labels):
        end, used = first, 0
        while end < len(labels) and (end == first or used + sizes[end] <= room):
            used += sizes[end]
            end += 1
        cut = end
        while first < cut < len(labels) and labels[cut].startswith("I-"):
            cut -= 1
        out.append(slice(first, cut if cut > first else end))
        first = out[-1].stop
    return out
