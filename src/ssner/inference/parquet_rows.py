"""Rows into a Parquet file, some at a time; the file is whole or not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .output import OutputError, blaming, whole_path


class ParquetRows:
    """Rows that wait to be written together."""

    def __init__(self, write: Callable[[list[Mapping[str, Any]]], None], most: int) -> None:
        self._write, self._most = write, most
        self._waiting: list[Mapping[str, Any]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row."""
        self._waiting.append(row)
        if len(self._waiting) >= self._most:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        self._write(self._waiting)
        self._waiting = []


@contextmanager
def parquet_rows(path: Path, make_schema: Callable[[Any], Any], most: int) -> Iterator[ParquetRows]:
    """Rows into a Parquet file.

    Args:
        path: Of the file.
        make_schema: From the pyarrow module to the schema of a row.
        most: Rows that are held at a time.

    Raises:
        OutputError: It cannot be written, or pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise OutputError(f"{path}: Parquet needs pyarrow; pip install 'ssner[tables]'") from error
    schema = make_schema(pyarrow)
    with whole_path(path) as temporary, blaming(path), parquet.ParquetWriter(temporary, schema) as writer:
        rows = ParquetRows(lambda waiting: writer.write_table(pyarrow.Table.from_pylist(waiting, schema=schema)), most)
        yield rows
        rows.flush()
