"""Inputs by name: which files they are, and which reader each needs."""

from __future__ import annotations

import glob
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ...document import Document
from .opening import COMPRESSIONS, DAMAGE, MissingLibraryError, bare_name, inner_suffix, open_bytes
from .plain import read_page, read_text
from .problem import InputOptions, InputProblem
from .rows import read_csv, read_json_lines, read_parquet

STANDARD_INPUT: Final = "-"
_LONGEST_NAME: Final = 1000
_StreamReader = Callable[[BinaryIO, str, str, InputOptions], Iterator[Document | InputProblem]]
_STREAMS: Final[dict[str, _StreamReader]] = {
    ".txt": read_text,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".html": read_page,
    ".htm": read_page,
}
_PARQUET: Final = ".parquet"
SUFFIXES: Final = (*_STREAMS, _PARQUET)
"""What is looked for in folders, also compressed."""


def expand(names: Iterable[str], leave_out: frozenset[Path] = frozenset()) -> Iterator[Path | InputProblem]:
    """Files that the names stand for: files, all that can be read below folders, matches of patterns, or `-`."""
    for name in names:
        path = Path(name)
        if len(name) > _LONGEST_NAME:
            yield InputProblem(f"{name[:40]}…", "is too long for a path", "give a text through standard input, as -")
        elif name == STANDARD_INPUT or (path.exists() and not path.is_dir()):
            yield path
        elif path.is_dir():
            found = sorted(p for p in path.rglob("*") if inner_suffix(p) in SUFFIXES and p.is_file())
            found = [p for p in found if not _is_within(p, leave_out)]
            if not found:
                mend = f"name another folder or a file ({', '.join(SUFFIXES)})"
                yield InputProblem(name, "the folder holds no file that can be read", mend)
            yield from found
        elif glob.has_magic(name):
            names_found = glob.iglob(name, recursive=True)  # noqa: PTH207  (Path.glob takes no absolute pattern)
            matches = sorted(p for p in map(Path, names_found) if p.is_file() and not _is_within(p, leave_out))
            if not matches:
                yield InputProblem(name, "no file matches the pattern", "check the pattern, and quote it for the shell")
            yield from matches
        else:
            yield InputProblem(name, "no such file or folder", "check the path")


def _is_within(path: Path, leave_out: frozenset[Path]) -> bool:
    """Whether a file is one of those, or lies below one that is a folder (the shards of the run itself)."""
    whole = path.resolve()
    return not leave_out.isdisjoint((whole, *whole.parents))


def read_inputs(names: Iterable[str], options: InputOptions) -> Iterator[Document | InputProblem]:
    """Documents without annotation, and a problem for each input that gives none; nothing is raised for bad input."""
    for item in expand(names, options.leave_out):
        if isinstance(item, InputProblem):
            yield item
        else:
            yield from _read_file(item, options)


def _read_file(path: Path, options: InputOptions) -> Iterator[Document | InputProblem]:
    if str(path) == STANDARD_INPUT:
        yield from _read_standard_input(options)
        return
    place, name, suffix = str(path), bare_name(path), inner_suffix(path)
    try:
        if suffix == _PARQUET:
            if path.suffix.lower() in COMPRESSIONS:
                yield InputProblem(place, "is Parquet within another compression", "decompress it first")
            else:
                yield from read_parquet(path, place, name, options)
            return
        with open_bytes(path) as stream:
            yield from _STREAMS.get(suffix, read_text)(stream, place, name, options)
    except MissingLibraryError as error:
        yield InputProblem(place, str(error), error.mend)
    except DAMAGE as error:
        yield InputProblem(place, f"is damaged or not compressed so ({error})", "fetch or pack it anew")
    except OSError as error:
        yield InputProblem(place, f"cannot be read ({error.strerror or error})", "check its permissions")


def _read_standard_input(options: InputOptions) -> Iterator[Document | InputProblem]:
    """A text, or lines of JSON, by its first character."""
    stream = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]  # for `peek`; any reader will do
    start = stream.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    reader: _StreamReader = read_json_lines if start[:1] == b"{" else read_text
    yield from reader(stream, "standard input", "stdin", options)
