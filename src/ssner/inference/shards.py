"""A long run that can be killed at any point: output in shards, a manifest of what is done, a quarantine.

The inputs are taken in order, `size` at a time; each such group becomes one shard, `part-00000.jsonl`, and its bad
inputs `quarantine-00000.jsonl`, written aside, flushed to disk and renamed. Then a line in `manifest.jsonl` tells the
shard's number, the hash of its inputs and of its files. A run that goes on passes over the groups whose inputs and
files still have those hashes: nothing is lost, nothing doubled, and the output is the same as of an undisturbed run.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Final

from ..document import Document
from .inputs import InputProblem
from .manifest import MANIFEST, Shard, append, file_hash, read_manifest, rewrite
from .output import OutputError, blaming, whole_path
from .writers import json_lines, parquet_documents

_WRITERS: Final = {"jsonl": json_lines, "parquet": parquet_documents}
_SIZE: Final = 500
_NAMES: Final = ("part-", "quarantine-")
FORMATS: Final = tuple(_WRITERS)
Item = Document | InputProblem
ReadAll = Callable[[Iterable[Document]], Iterator[tuple[Document, Document | Exception]]]


@dataclass(frozen=True)
class ShardOptions:
    """How a run is cut and where it goes.

    Attributes:
        folder: Of the output.
        size: Inputs of one shard; `None`: as in the run that is gone on with, else 500.
        form: One of `FORMATS`.
        resume: Whether to go on with what is in the folder.
        strict: Whether the first input that can't be read stops the run.
        model: Hash of the model, so that another model's shards are not taken for this one's.
    """

    folder: Path
    size: int | None = None
    form: str = "jsonl"
    resume: bool = False
    strict: bool = False
    model: str = ""


class StrictStopError(RuntimeError):
    """A strict run met an input that can't be read."""


@dataclass(frozen=True)
class Group:
    """The inputs of one shard.

    Attributes:
        number: Of the shard, from 0.
        items: The inputs in order.
        digest: Their hash, with the format of the output.
    """

    number: int
    items: list[Item]
    digest: str


def groups(items: Iterable[Item], options: ShardOptions) -> Iterator[Group]:
    """The inputs of each shard, in order."""
    iterator = iter(items)
    for number in count():
        group = list(islice(iterator, options.size or _SIZE))
        if not group:
            return
        yield Group(number, group, _inputs_hash(group, options.form))


def _inputs_hash(group: Iterable[Item], form: str) -> str:
    digest = hashlib.sha256(form.encode())
    for item in group:
        told = (
            ["document", item.id, item.text, dict(item.meta)]
            if isinstance(item, Document)
            else ["problem", item.place, item.cause]
        )
        digest.update(json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def prepare(options: ShardOptions) -> tuple[dict[int, Shard], ShardOptions]:
    """Make the folder ready.

    Returns:
        The shards that an earlier run left, and the options with the size that is to be taken.

    Raises:
        OutputError: The folder can't be written, or holds another run and `resume` is not asked for.
    """
    folder = options.folder
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file; name a folder for the shards")
    with blaming(folder):
        folder.mkdir(parents=True, exist_ok=True)
        mine = [p for p in folder.iterdir() if p.name == MANIFEST or p.name.startswith(_NAMES)]
        if mine and not options.resume:
            raise OutputError(f"{folder}: holds an earlier run; give --resume to go on with it, or name another folder")
        drop_unfinished(folder)
    known = read_manifest(folder)
    return known, replace(options, size=_size(known.values(), options))


def drop_unfinished(folder: Path) -> None:
    """Delete what killed writers left."""
    for leftover in folder.glob(".*.part"):
        leftover.unlink(missing_ok=True)


def _size(known: Iterable[Shard], options: ShardOptions) -> int:
    """Inputs of one shard.

    Raises:
        OutputError: Another size is asked for than that of the run that is gone on with.
    """
    before = {shard.size for shard in known}
    if options.size is not None and before and before != {options.size}:
        first = min(before)
        raise OutputError(f"{options.folder}: holds shards of {first} inputs; give --shard-size {first}, or none")
    return options.size or (min(before) if before else _SIZE)


def make_shard(group: Group, known: Shard | None, read_all: ReadAll, options: ShardOptions) -> tuple[Shard, bool]:
    """One shard, and whether it was done before: then nothing is written.

    Args:
        group: Its inputs.
        known: What the manifest of an earlier run says of it.
        read_all: See `run_shards`.
        options: See `ShardOptions`.

    Raises:
        OutputError: A file can't be written.
        StrictStopError: An input can't be read and `strict` is asked for.
    """
    asked = (group.digest, options.model)
    if known is not None and (known.inputs, known.model) == asked and known.is_whole(options.folder):
        return known, True
    return _write_shard(group, read_all, options), False


def _write_shard(group: Group, read_all: ReadAll, options: ShardOptions) -> Shard:
    folder = options.folder
    part = folder / f"part-{group.number:05}.{options.form}"
    problems: list[InputProblem] = []

    def good() -> Iterator[Document]:
        for item in group.items:
            if isinstance(item, InputProblem):
                problems.append(item)
                if options.strict:
                    raise StrictStopError(str(item))
            else:
                yield item

    counts = {"documents": 0, "entities": 0, "relations": 0, "events": 0}
    with ExitStack() as stack:
        writer = stack.enter_context(_WRITERS[options.form](part))
        for bare, document in read_all(good()):
            if isinstance(document, Exception):
                problems.append(InputProblem(bare.id, f"{type(document).__name__}: {document}", "report it to us"))
                if options.strict:
                    raise StrictStopError(str(problems[-1]))
                continue
            writer.add(document)
            counts["documents"] += 1
            for name in ("entities", "relations", "events"):
                counts[name] += len(getattr(document, name))
    written = [part]
    quarantine = folder / f"quarantine-{group.number:05}.jsonl"
    if problems:
        with whole_path(quarantine) as temporary, blaming(quarantine):
            lines = (json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in problems)
            temporary.write_bytes("".join(lines).encode("utf-8", "replace"))
        written.append(quarantine)
    else:
        quarantine.unlink(missing_ok=True)
    for path in written:
        with blaming(path):
            _flush(path)
    files = {path.name: str(file_hash(path)) for path in written}
    size = options.size or _SIZE
    return Shard(group.number, size, group.digest, options.model, quarantined=len(problems), files=files, **counts)


def run_shards(items: Iterable[Item], read_all: ReadAll, options: ShardOptions) -> Iterator[tuple[Shard, bool]]:
    """Read everything into shards; gives each shard when it is done, and whether it was done before.

    Args:
        items: Inputs in order, the same in every run that goes on with another.
        read_all: Reads documents in order (`Predictor.read_all`).
        options: See `ShardOptions`.

    Raises:
        OutputError: The folder can't be written, or holds another run and `resume` is not asked for.
        StrictStopError: An input can't be read and `strict` is asked for; the shards before it stay.
    """
    known, options = prepare(options)
    made: list[Shard] = []
    for group in groups(items, options):
        shard, was_done = make_shard(group, known.get(group.number), read_all, options)
        if not was_done:
            append(options.folder, shard)
        made.append(shard)
        yield shard, was_done
    drop_others(options.folder, {name for shard in made for name in shard.files})
    rewrite(options.folder, made)


def drop_others(folder: Path, kept: Container[str]) -> None:
    """Delete files of an earlier run that are none of this one's: over more inputs, or of another format."""
    for path in folder.iterdir():
        if path.name.startswith(_NAMES) and path.name not in kept:
            path.unlink()
