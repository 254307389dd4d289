"""The corpus on disk: an index of documents, their annotation, and where their texts are found.

`annotations/index.tsv` names every annotated document with its collection, the source and id of its text, the sha256
of that text, and its split. Texts of our own lie in `seeds/`; those that are not ours lie outside the repository, in a
folder that the caller names, and are looked up there. Where that folder is absent, their documents are left out.
"""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from ..document import Document
from .brat import document_from_brat

SPLITS: Final = ("train", "dev", "test")
COLLECTIONS: Final = ("own", "seed_documents", "news")
_ON_TOPIC: Final = "news/on_topic.jsonl"
_ARCHIVE: Final = "news/all.jsonl.xz"
_FIELDS: Final = ("document", "collection", "source", "id", "sha256", "split")


class CorpusError(ValueError):
    """The corpus on disk does not hold together."""


@dataclass(frozen=True)
class IndexEntry:
    """A row of the index.

    Attributes:
        document: Name of the document; `annotations/<collection>/<document>.ann` is its annotation.
        collection: `own` (texts in `seeds/`), `seed_documents`, or `news`.
        source: Where the text is from: `seeds/` of ours, `seeds` of the shared folder, or a source in its news file.
        id: Its id there.
        sha256: Of the text in UTF-8.
        split: `train`, `dev` or `test`.
    """

    document: str
    collection: str
    source: str
    id: str
    sha256: str
    split: str


def text_hash(text: str) -> str:
    """The hash by which the index knows a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_text(path: Path) -> str:
    """A text exactly as it lies on disk: UTF-8, line breaks untouched."""
    return path.read_bytes().decode("utf-8")


def read_index(annotations: Path) -> list[IndexEntry]:
    """The rows of `index.tsv`.

    Raises:
        CorpusError: The file is missing, or a row is not of its form.
    """
    path = annotations / "index.tsv"
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t"))
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}; run from the repository's root or name it with --root") from error
    entries: list[IndexEntry] = []
    for number, row in enumerate(rows, 2):
        if set(row) != set(_FIELDS) or None in row.values():
            raise CorpusError(f"{path}:{number}: needs the columns {', '.join(_FIELDS)}")
        entry = IndexEntry(**row)
        if entry.collection not in COLLECTIONS or entry.split not in SPLITS:
            raise CorpusError(f"{path}:{number}: unknown collection {entry.collection!r} or split {entry.split!r}")
        entries.append(entry)
    return entries


def write_index(annotations: Path, entries: list[IndexEntry]) -> None:
    """Write `index.tsv`, ordered by collection and document."""
    ordered = sorted(entries, key=lambda e: (COLLECTIONS.index(e.collection), e.document))
    with (annotations / "index.tsv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(_FIELDS)
        writer.writerows([getattr(e, name) for name in _FIELDS] for e in ordered)


def news_text(title: str, text: str) -> str:
    """The text of a news row: title, an empty line, body; the body alone where it begins with its title."""
    title, text = title.strip(), text.strip()
    return text if not title or text.startswith(title) else f"{title}\n\n{text}"


class TextFinder:
    """Finds the text of an index entry.

    News is looked for in `news/on_topic.jsonl`, then in `news/all.jsonl.xz`, of which what the index names is kept.

    Args:
        root: The repository.
        shared: The folder with the texts that are not ours.
    """

    def __init__(self, root: Path, shared: Path) -> None:
        self.root = root
        self.shared = shared

    def available(self, entry: IndexEntry) -> bool:
        """Whether the place that holds the text is there."""
        if entry.collection == "own":
            return True
        if entry.collection == "seed_documents":
            return (self.shared / "seeds").exists()
        key = entry.source, entry.id
        if (self.shared / _ON_TOPIC).exists():
            return key in self._on_topic or (self.shared / _ARCHIVE).exists()
        return (self.shared / _ARCHIVE).exists() and key in self._archive

    def text(self, entry: IndexEntry) -> str:
        """The text.

        Raises:
            CorpusError: It is not where it should be.
        """
        try:
            if entry.collection == "own":
                return read_text(self.root / "seeds" / entry.id)
            if entry.collection == "seed_documents":
                return read_text(self.shared / "seeds" / entry.id)
            key = entry.source, entry.id
            return self._on_topic[key] if key in self._on_topic else self._archive[key]
        except (OSError, KeyError) as error:
            raise CorpusError(f"{entry.document}: its text {entry.source}/{entry.id} is not there") from error

    @cached_property
    def _on_topic(self) -> dict[tuple[str, str], str]:
        path = self.shared / _ON_TOPIC
        return dict(news_rows(path)) if path.exists() else {}

    @cached_property
    def _archive(self) -> dict[tuple[str, str], str]:
        wanted = {(e.source, e.id) for e in read_index(self.root / "annotations")}
        return {key: text for key, text in news_rows(self.shared / _ARCHIVE) if key in wanted}


def news_rows(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """Source and id, and text, of every row of a news file (JSON lines with `src`, `id`, `title`, `text`; `.xz` too).

    Raises:
        CorpusError: The file is damaged.
    """
    number = 0
    try:
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                number += 1
                yield (row["src"], str(row["id"])), news_text(row["title"], row["text"])
    except (EOFError, lzma.LZMAError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"{path}: damaged after line {number} ({error or 'it ends too early'}); get it anew"
        ) from error


def annotation_path(root: Path, entry: IndexEntry) -> Path:
    """Where the annotation of an entry lies."""
    return root / "annotations" / entry.collection / f"{entry.document}.ann"


def load_documents(
    root: Path, shared: Path, splits: tuple[str, ...] = SPLITS, collections: tuple[str, ...] = COLLECTIONS
) -> Iterator[Document]:
    """Gold documents in the order of the index; those whose texts are not there are left out.

    Each carries `split`, `collection` and `source` in its `meta`.

    Raises:
        CorpusError: A text has changed since it was annotated, or the index is broken.
    """
    finder = TextFinder(root, shared)
    for entry in read_index(root / "annotations"):
        if entry.split not in splits or entry.collection not in collections or not finder.available(entry):
            continue
        text = finder.text(entry)
        if text_hash(text) != entry.sha256:
            raise CorpusError(f"{entry.document}: its text is not the one that was annotated (another sha256)")
        content = annotation_path(root, entry).read_text("utf-8")
        meta = {"split": entry.split, "collection": entry.collection, "source": entry.source}
        yield document_from_brat(entry.document, text, content).with_(meta=meta)


def left_out(root: Path, shared: Path) -> int:
    """How many documents of the index have no text here."""
    finder = TextFinder(root, shared)
    return sum(not finder.available(entry) for entry in read_index(root / "annotations"))


def corpus_hash(documents: list[Document]) -> str:
    """One hash over texts and annotation, for a run's record."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda d: d.id):
        digest.update(json.dumps(document.to_json(), ensure_ascii=False, sort_keys=True).encode("utf-8"))
    return digest.hexdigest()
