"""Output that is whole or not there: written aside, renamed at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class OutputError(RuntimeError):
    """An output cannot be written."""


class _Stream:
    """A text stream whose own failures say which file they are of."""

    def __init__(self, stream: TextIO, path: Path) -> None:
        self._stream = stream
        self._path = path

    def write(self, text: str) -> int:
        with blaming(self._path):
            return self._stream.write(text)


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses within into an error that names the file.

    Raises:
        OutputError: As said.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name another place for it") from error


@contextmanager
def whole_path(path: Path) -> Iterator[Path]:
    """A path to write to, beside `path`, which takes its place only when all went well; else what stood there stays.

    A link's target is replaced, not the link; a pipe or device is written to as it is.

    Raises:
        OutputError: The file cannot be made, or the disk is full.
    """
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file")
    if path.exists() and not path.is_file():
        with blaming(path):
            yield path
        return
    target = path.resolve()
    with blaming(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        with blaming(path):
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path, encoding: str = "utf-8", newline: str = "\n") -> Iterator[_Stream]:
    """A text stream into a file that takes its place only when all was written (see `whole_path`).

    Raises:
        OutputError: The file cannot be made, or the disk is full.
    """
    with whole_path(path) as temporary:
        with blaming(path):
            stream = temporary.open("w", encoding=encoding, newline=newline)
        try:
            yield _Stream(stream, path)
        finally:
            with blaming(path):
                stream.close()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
