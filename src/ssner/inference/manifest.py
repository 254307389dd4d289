"""What of a long run is done: one line a shard, with the hashes of its inputs and files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from .output import blaming, whole_path

MANIFEST: Final = "manifest.jsonl"


@dataclass(frozen=True)
class Shard:
    """A line of the manifest.

    Attributes:
        shard: Its number, from 0.
        size: Inputs of one shard of the run.
        inputs: Hash of its inputs (ids, texts, metadata and problems, in order) and of the format of its files.
        model: Hash of the model and the program that read them, and the least confidence that was asked for.
        documents: How many documents it holds.
        quarantined: How many inputs could not be read.
        files: Name and hash of its files.
        entities: How many it holds.
        relations: How many it holds.
        events: How many it holds.
    """

    shard: int
    size: int
    inputs: str
    model: str
    documents: int
    quarantined: int
    files: dict[str, str]
    entities: int = 0
    relations: int = 0
    events: int = 0

    def to_line(self) -> str:
        """Its line, without the line's end."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_line(line: str | bytes) -> Shard:
        """The shard of a line.

        Raises:
            ValueError: The line is not whole.
            TypeError: It holds something else.
        """
        return Shard(**json.loads(line))

    def is_whole(self, folder: Path) -> bool:
        """Whether its files are there as they were written."""
        return all(file_hash(folder / name) == digest for name, digest in self.files.items())


def file_hash(path: Path) -> str | None:
    """SHA-256 of a file; `None` where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def read_manifest(folder: Path) -> dict[int, Shard]:
    """The shards that are done; a last line that was cut off by a kill is passed over."""
    out: dict[int, Shard] = {}
    try:
        lines = (folder / MANIFEST).read_bytes().split(b"\n")
    except FileNotFoundError:
        return out
    for line in lines:
        try:
            shard = Shard.from_line(line)
        except (ValueError, TypeError):
            continue
        out[shard.shard] = shard
    return out


def append(folder: Path, shard: Shard) -> None:
    """Add a shard's line, flushed to disk.

    Raises:
        OutputError: It cannot be written.
    """
    path = folder / MANIFEST
    with blaming(path), path.open("ab") as stream:
        stream.write((b"\n" if stream.tell() else b"") + shard.to_line().encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def rewrite(folder: Path, shards: Iterable[Shard]) -> None:
    """Write the manifest anew, in the order of the shards, as a run that made them in order leaves it.

    Raises:
        OutputError: It cannot be written.
    """
    path = folder / MANIFEST
    with whole_path(path) as temporary, blaming(path):
        lines = (shard.to_line() + "\n" for shard in sorted(shards, key=lambda shard: shard.shard))
        with temporary.open("wb") as stream:
            stream.write("\n".join(lines).encode())
            stream.flush()
            os.fsync(stream.fileno())
