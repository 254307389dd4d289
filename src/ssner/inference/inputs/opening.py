"""Files as streams of bytes, decompressed as they are read."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final, cast


class MissingLibraryError(RuntimeError):
    """A format needs a library that is not installed.

    Args:
        library: Its name.
        extra: The extra of this package that installs it.
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"needs {library}")
        self.mend = f"pip install 'ssner[{extra}]'"


def _zstd(path: Path) -> BinaryIO:
    try:
        import zstandard
    except ImportError as error:
        raise MissingLibraryError("zstandard", "tables") from error
    raw = path.open("rb")
    reader: Any = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(raw, closefd=True)
    return cast(BinaryIO, io.BufferedReader(reader))


_OPENERS: Final[dict[str, Callable[[Path], BinaryIO]]] = {
    ".gz": lambda path: cast(BinaryIO, gzip.GzipFile(path)),
    ".xz": lambda path: cast(BinaryIO, lzma.LZMAFile(path)),  # noqa: SIM115  (whoever asked closes it)
    ".zst": _zstd,
}
COMPRESSIONS: Final = tuple(_OPENERS)


def _damage() -> tuple[type[Exception], ...]:
    errors: list[type[Exception]] = [EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile]
    try:
        import zstandard
    except ImportError:
        return tuple(errors)
    return (*errors, zstandard.ZstdError)


DAMAGE: Final = _damage()
"""What reading a damaged compressed file raises."""


def inner_suffix(path: Path) -> str:
    """The suffix that says what a file holds, under its compression (`news.jsonl.xz`: `.jsonl`)."""
    if path.suffix.lower() in _OPENERS:
        path = path.with_suffix("")
    return path.suffix.lower()


def bare_name(path: Path) -> str:
    """The path without its suffix and compression, with `/`: the id of a file of one article."""
    if path.suffix.lower() in _OPENERS:
        path = path.with_suffix("")
    return path.with_suffix("").as_posix()


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, decompressed as they are read.

    Raises:
        OSError: It can't be opened.
        MissingLibraryError: Its compression needs a library that is not installed.
    """
    opener = _OPENERS.get(path.suffix.lower())
    return opener(path) if opener is not None else path.open("rb")
