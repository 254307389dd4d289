"""Documents into files: JSON lines, Parquet, SQLite; each whole or not there."""

from __future__ import annotations

import gzip
import json
import lzma
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import IO, Any, Final, Protocol

from ..document import Document, Value, dump_jsonl, format_number
from .event_table import COLUMNS, csv_table, event_row
from .inputs.opening import inner_suffix
from .output import OutputError, blaming, whole_path
from .parquet_rows import ParquetRows, parquet_rows


class DocumentWriter(Protocol):
    """Takes documents, one after another."""

    def add(self, document: Document) -> None:
        """Write one document."""


class _Lines:
    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream, self._path = stream, path

    def add(self, document: Document) -> None:
        with blaming(self._path):
            for line in dump_jsonl([document]):
                self._stream.write(line.encode("utf-8") + b"\n")


def _open_compressed(path: Path, suffix: str) -> IO[bytes]:
    """A stream into a file, compressed by the suffix; the same documents give the same bytes."""
    if suffix == ".gz":
        return gzip.GzipFile(filename="", mode="wb", fileobj=path.open("wb"), mtime=0)  # type: ignore[return-value]  # writes bytes
    if suffix == ".xz":
        return lzma.open(path, "wb")
    if suffix == ".zst":
        try:
            import zstandard
        except ImportError as error:
            raise OutputError(f"{path}: needs zstandard; pip install 'ssner[tables]'") from error
        stream: IO[bytes] = zstandard.open(path, "wb")
        return stream
    return path.open("wb")


@contextmanager
def json_lines(path: Path) -> Iterator[DocumentWriter]:
    """One document a line; `.gz`, `.xz` and `.zst` after `.jsonl` compress.

    Raises:
        OutputError: It cannot be written.
    """
    with whole_path(path) as temporary:
        with blaming(path):
            stream = _open_compressed(temporary, path.suffix.lower())
        try:
            yield _Lines(stream, path)
        finally:
            with blaming(path):
                stream.close()
                inner = getattr(stream, "fileobj", None)
                if inner is not None:
                    inner.close()


def _said(value: Value | None) -> str | None:
    return None if value is None else json.dumps(value.to_json(), ensure_ascii=False)


def _parquet_row(document: Document) -> dict[str, Any]:
    row = document.to_json()
    for entity, source in zip(row["entities"], document.entities, strict=True):
        entity["value"] = _said(source.value)
    return row | {
        "meta": json.dumps(row["meta"], ensure_ascii=False),
        "events": json.dumps(row["events"], ensure_ascii=False),
    }


class _ParquetDocuments:
    def __init__(self, rows: ParquetRows) -> None:
        self._rows = rows

    def add(self, document: Document) -> None:
        self._rows.add(_parquet_row(document))


def _document_schema(pa: Any) -> Any:
    text, number, share = pa.string(), pa.int64(), pa.float64()
    entity = {
        "id": text, "type": text, "start": number, "end": number, "text": text, "confidence": share,
        "canonical": text, "event": text, "status": text, "value": text,
    }  # fmt: skip
    relation = {"type": text, "head": text, "tail": text, "confidence": share}
    canonical = {"id": text, "type": text, "name": text, "mentions": pa.list_(text)}
    return pa.schema(
        {
            "id": text, "text": text, "meta": text, "entities": pa.list_(pa.struct(entity)),
            "relations": pa.list_(pa.struct(relation)), "events": text, "canonical": pa.list_(pa.struct(canonical)),
        }
    )  # fmt: skip


@contextmanager
def parquet_documents(path: Path) -> Iterator[DocumentWriter]:
    """One row a document; entities, relations and canonical entities as lists, events, values and meta as JSON.

    Raises:
        OutputError: It cannot be written, or pyarrow is not installed.
    """
    with parquet_rows(path, _document_schema, 200) as rows:
        yield _ParquetDocuments(rows)


_NUMBERS: Final = frozenset(name for name, kind in COLUMNS.items() if kind == "number")
_TABLES: Final = (
    "CREATE TABLE documents (id TEXT, text TEXT, meta TEXT, json TEXT)",
    "CREATE TABLE entities (document TEXT, id TEXT, type TEXT, start INTEGER, end INTEGER, text TEXT, confidence REAL, "
    "canonical TEXT, event TEXT, status TEXT, value TEXT)",
    "CREATE TABLE relations (document TEXT, type TEXT, head TEXT, tail TEXT, confidence REAL)",
    f"CREATE TABLE events ({', '.join(name + (' NUMERIC' if name in _NUMBERS else ' TEXT') for name in COLUMNS)})",
)
_INDEXES: Final = (
    "CREATE INDEX events_by_type ON events (type, status)",
    "CREATE INDEX events_by_document ON events (document)",
    "CREATE INDEX entities_by_document ON entities (document)",
)


def _column(value: str | Fraction | float | None) -> str | float | int | None:
    if not isinstance(value, Fraction):
        return value
    if value.denominator == 1 and abs(value) < 2**63:
        return int(value)
    return float(format_number(value)) if "/" not in format_number(value) else float(value)


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, document: Document) -> None:
        execute = self._connection.execute
        meta = json.dumps(dict(document.meta), ensure_ascii=False)
        whole = next(dump_jsonl([document]))
        execute("INSERT INTO documents VALUES (?, ?, ?, ?)", (document.id, document.text, meta, whole))
        for e in document.entities:
            execute(
                "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (document.id, e.id, e.type, e.start, e.end, e.text, e.confidence, e.canonical, e.event, e.status,
                 _said(e.value)),
            )  # fmt: skip
        for r in document.relations:
            execute("INSERT INTO relations VALUES (?, ?, ?, ?, ?)", (document.id, r.type, r.head, r.tail, r.confidence))
        marks = ", ".join("?" * len(COLUMNS))
        for event in document.events:
            row = event_row(document, event)
            execute(f"INSERT INTO events VALUES ({marks})", [_column(row[name]) for name in COLUMNS])


@contextmanager
def sqlite_database(path: Path) -> Iterator[DocumentWriter]:
    """Tables `documents`, `entities`, `relations` and `events` (one flat row an event) for queries.

    Raises:
        OutputError: It cannot be written.
    """
    with whole_path(path) as temporary:
        try:
            with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("BEGIN")
                for statement in _TABLES:
                    connection.execute(statement)
                yield _Sqlite(connection)
                for statement in _INDEXES:
                    connection.execute(statement)
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(f"{path}: cannot be written ({error}); name another place for it") from error


WRITERS: Final[dict[str, Callable[[Path], AbstractContextManager[DocumentWriter]]]] = {
    ".jsonl": json_lines,
    ".parquet": parquet_documents,
    ".sqlite": sqlite_database,
    ".csv": csv_table,
}
"""Suffix (under a compression) → its writer. CSV holds events, the others whole documents."""


def writer_for(path: Path) -> AbstractContextManager[DocumentWriter]:
    """The writer that a path's suffix asks for; JSON lines where it says nothing.

    Raises:
        OutputError: At its opening, if the file cannot be written.
    """
    return WRITERS.get(inner_suffix(path), json_lines)(path)
