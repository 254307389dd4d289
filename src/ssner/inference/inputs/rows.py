"""Many articles a file: lines of JSON, CSV, Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final

from ...document import Document
from .checks import encoding_problem, row_document
from .opening import MissingLibraryError
from .problem import InputOptions, InputProblem

_BATCH: Final = 64
"""Rows of Parquet that are held at a time."""
_SKIP: Final = 1 << 20


def _bounded_lines(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Line numbers from 1 and lines; `None` for a line over `most` bytes, which is never held whole."""
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(_SKIP)
            yield number, None
        else:
            yield number, line


def read_json_lines(
    stream: BinaryIO, place: str, name: str, options: InputOptions
) -> Iterator[Document | InputProblem]:
    """One document a line."""
    number = 0
    for number, line in _bounded_lines(stream, options.most_bytes):
        where = f"{place}:{number}"
        if line is None:
            yield options.too_large(where, "the line is")
        elif line.strip():
            yield _json_document(line, where, f"{name}:{number}", options)
    if number == 0:
        yield InputProblem(place, "is empty", "leave it out")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not in JSON")


def _json_document(line: bytes, where: str, fallback_id: str, options: InputOptions) -> Document | InputProblem:
    problem = encoding_problem(where, line)
    if problem is not None:
        return problem
    try:
        row: Any = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return InputProblem(where, "holds half of a surrogate pair", "mend the escape (\\ud800 to \\udfff) in its JSON")
    except (ValueError, RecursionError) as error:
        return InputProblem(where, f"is not JSON ({error})", "write one JSON object a line")
    if not isinstance(row, dict):
        return InputProblem(where, "is not a JSON object", "write one JSON object a line")
    return row_document(row, where, fallback_id, options)


def read_csv(stream: BinaryIO, place: str, name: str, options: InputOptions) -> Iterator[Document | InputProblem]:
    """One document a row; the first row names the columns."""
    too_long: list[int] = []

    def lines() -> Iterator[str]:
        for number, line in _bounded_lines(stream, options.most_bytes):
            if line is None:
                too_long.append(number)
                continue
            text = line.decode("utf-8", errors="surrogateescape")
            yield text.removeprefix("\ufeff") if number == 1 else text

    csv.field_size_limit(max(csv.field_size_limit(), options.most_bytes))
    reader = csv.reader(lines(), strict=False)
    try:
        header = next(reader, None)
    except csv.Error as error:
        yield InputProblem(place, f"is not CSV ({error})", "save it as CSV in UTF-8")
        return
    if header is None and not too_long:
        yield InputProblem(place, "is empty", "leave it out")
        return
    header = header or []
    if options.text_field not in header:
        columns = ", ".join(header)[:120].encode("utf-8", "replace").decode("utf-8")
        mend = f"name the column with --text-field (there are: {columns})"
        yield InputProblem(place, f"has no column {options.text_field!r}", mend)
        return
    number = 0
    while True:
        where = f"{place}: row {number + 1}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            number += 1
            yield InputProblem(where, f"is not CSV ({error})", "mend its quotation marks")
            continue
        for line in too_long:
            yield options.too_large(f"{place}:{line}", "the line is")
        too_long.clear()
        if row is None:
            break
        number += 1
        if not row:
            continue
        raw = ",".join(row).encode("utf-8", "surrogateescape")
        problem = encoding_problem(where, raw)
        if problem is not None:
            yield problem
        else:
            yield row_document(dict(zip(header, row, strict=False)), where, f"{name}:{number}", options)


def read_parquet(path: Path, place: str, name: str, options: InputOptions) -> Iterator[Document | InputProblem]:
    """One document a row, read in batches.

    Raises:
        MissingLibraryError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingLibraryError("pyarrow", "tables") from error
    try:
        file = parquet.ParquetFile(path)
        if options.text_field not in file.schema_arrow.names:
            columns = ", ".join(file.schema_arrow.names)[:120]
            mend = f"name the column with --text-field (there are: {columns})"
            yield InputProblem(place, f"has no column {options.text_field!r}", mend)
            return
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                number += 1
                plain = {str(k): _plain(v) for k, v in row.items()}
                yield row_document(plain, f"{place}: row {number}", f"{name}:{number}", options)
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield InputProblem(place, f"is not a Parquet file that can be read ({reason})", "write it anew")


def _plain(value: object) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return str(value)
