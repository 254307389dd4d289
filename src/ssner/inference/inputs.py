"""Texts to read, from files, folders, patterns and standard input; what can't be read is told, not hidden."""

from __future__ import annotations

import glob
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from ..document import Document

_PERSIAN: Final = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
SUFFIXES: Final = (".txt", ".jsonl")
STANDARD_INPUT: Final = "-"
_LONGEST_NAME: Final = 1000


@dataclass(frozen=True)
class InputProblem:
    """An input, or a part of one, that can't be read.

    Attributes:
        place: The file, with the line where there is one.
        cause: What is wrong.
        mend: What to do.
    """

    place: str
    cause: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.cause}; {self.mend}"


@dataclass(frozen=True)
class InputOptions:
    """How inputs are read.

    Attributes:
        text_field: Name of the text in a line of JSON.
        id_field: Name of the id in a line of JSON.
        most_bytes: The largest document.
    """

    text_field: str = "text"
    id_field: str = "id"
    most_bytes: int = 2_000_000


def expand(names: Iterable[str]) -> Iterator[Path | InputProblem]:
    """Files that the names stand for: files, all `.txt` and `.jsonl` below folders, matches of patterns, or `-`."""
    for name in names:
        path = Path(name)
        if len(name) > _LONGEST_NAME:
            yield InputProblem(f"{name[:40]}…", "is too long for a path", "give a text through standard input, as -")
        elif name == STANDARD_INPUT or (path.exists() and not path.is_dir()):
            yield path
        elif path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not found:
                yield InputProblem(name, "the folder holds no .txt or .jsonl file", "name another folder or a file")
            yield from found
        elif glob.has_magic(name):
            names_found = glob.iglob(name, recursive=True)  # noqa: PTH207  (Path.glob takes no absolute pattern)
            matches = sorted(p for p in map(Path, names_found) if p.is_file())
            if not matches:
                yield InputProblem(name, "no file matches the pattern", "check the pattern, and quote it for the shell")
            yield from matches
        else:
            yield InputProblem(name, "no such file or folder", "check the path")


def read_inputs(names: Iterable[str], options: InputOptions) -> Iterator[Document | InputProblem]:
    """Documents without annotation, and a problem for each input that gives none; nothing is raised for bad input."""
    for item in expand(names):
        if isinstance(item, InputProblem):
            yield item
            continue
        yield from _read_file(item, options)


def _read_file(path: Path, options: InputOptions) -> Iterator[Document | InputProblem]:
    place = "standard input" if str(path) == STANDARD_INPUT else str(path)
    try:
        if str(path) == STANDARD_INPUT:
            yield from _read_stream(sys.stdin.buffer, place, "stdin", False, options)
        else:
            with path.open("rb") as stream:
                yield from _read_stream(
                    stream, place, path.with_suffix("").as_posix(), path.suffix.lower() == ".jsonl", options
                )
    except OSError as error:
        yield InputProblem(place, f"cannot be read ({error.strerror})", "check its permissions")


def _read_stream(
    stream: BinaryIO, place: str, name: str, is_lines: bool, options: InputOptions
) -> Iterator[Document | InputProblem]:
    if is_lines:
        yield from _read_lines(stream, place, name, options)
        return
    data = stream.read(options.most_bytes + 1)
    if name == "stdin" and data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        import io

        yield from _read_lines(io.BytesIO(data + stream.read()), place, name, options)
        return
    if len(data) > options.most_bytes:
        limit = options.most_bytes / 1e6
        yield InputProblem(place, f"is larger than {limit:g} MB", "split it, or raise --max-document-mb")
        return
    yield _document(name, place, data)


def _read_lines(stream: BinaryIO, place: str, name: str, options: InputOptions) -> Iterator[Document | InputProblem]:
    number = 0
    while True:
        line = stream.readline(options.most_bytes + 1)
        if not line:
            break
        number += 1
        where = f"{place}:{number}"
        if len(line) > options.most_bytes and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            limit = options.most_bytes / 1e6
            yield InputProblem(where, f"the line is larger than {limit:g} MB", "split it, or raise --max-document-mb")
            continue
        if line.strip():
            yield _json_document(line, where, f"{name}:{number}", options)
    if number == 0:
        yield InputProblem(place, "is empty", "leave it out")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not in JSON")


def _json_document(line: bytes, where: str, fallback_id: str, options: InputOptions) -> Document | InputProblem:
    problem = _encoding_problem(where, line)
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
    text = row.get(options.text_field)
    if not isinstance(text, str):
        return InputProblem(where, f"has no text in {options.text_field!r}", "name the field with --text-field")
    identity = row.get(options.id_field)
    meta = {k: v for k, v in row.items() if k not in (options.text_field, options.id_field)}
    return _checked(Document(fallback_id if identity is None else str(identity), text, meta), where)


def _document(name: str, place: str, data: bytes) -> Document | InputProblem:
    problem = _encoding_problem(place, data)
    return problem or _checked(Document(name, data.decode("utf-8")), place)


def _encoding_problem(place: str, data: bytes) -> InputProblem | None:
    if not data.strip():
        return InputProblem(place, "is empty", "leave it out")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return InputProblem(place, "is UTF-16, not UTF-8", "convert the file: iconv -f utf-16 -t utf-8")
    if b"\0" in data:
        return InputProblem(place, "is binary, not text", "leave it out, or extract its text first")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if _looks_like_cp1256(data):
            mend = "it looks like Windows-1256; convert the file: iconv -f cp1256 -t utf-8"
        else:
            mend = "mend those bytes or convert the file"
        return InputProblem(place, f"is not UTF-8 (byte {error.start}, line {line})", mend)
    return None


def _looks_like_cp1256(data: bytes) -> bool:
    """Whether most bytes over 127 are Arabic letters in Windows-1256 and the bytes are not mostly UTF-8."""
    high = [b for b in data[:20_000] if b > 127]
    decoded = data[:20_000].decode("cp1256", errors="replace")
    arabic = len(_PERSIAN.findall(decoded))
    utf8 = len(_PERSIAN.findall(data[:20_000].decode("utf-8", errors="ignore")))
    return arabic > 0.8 * len(high) and utf8 * 4 < arabic


def _checked(document: Document, place: str) -> Document | InputProblem:
    if not document.text.strip():
        return InputProblem(place, "has an empty text", "leave it out")
    if "\0" in document.text:
        return InputProblem(place, "is binary, not text", "leave it out, or extract its text first")
    if not _PERSIAN.search(document.text):
        return InputProblem(place, "holds no Persian letter", "leave it out; the model reads Persian only")
    return document
