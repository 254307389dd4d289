"""A folder of output that is whole or not there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..inference.output import OutputError


@contextmanager
def whole_folder(path: Path, replace: bool = False) -> Iterator[Path]:
    """An empty folder beside `path` to write into, which takes its place only when all went well.

    Args:
        path: The folder to make; it must not be there, or be empty.
        replace: Put the files into a folder that is there, in place of those of the same name.

    Raises:
        OutputError: The folder is there, or cannot be made.
    """
    target = path.resolve()
    try:
        if target.exists() and not (target.is_dir() and (replace or not any(target.iterdir()))):
            raise OutputError(f"{path}: is already there; name a new folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise OutputError(f"{path}: cannot be made ({error.strerror}); name another place for it") from error
    try:
        inner = temporary / "new"
        inner.mkdir()
        yield inner
        if replace and target.exists():
            for file in sorted(inner.iterdir()):
                file.replace(target / file.name)
        else:
            inner.replace(target)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name another place for it") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
