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


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A stream into a file that takes its place only when all was written; else what stood there stays.

    Raises:
        OutputError: The file cannot be made, or the disk is full.
    """
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file")
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        temporary = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name another place with -o") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
