"""What runs on the nodes of a Ray cluster: the task that reads the inputs, and the actors that make the shards."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .manifest import Shard
from .output import OutputError, blaming
from .predictor import Predictor, reader_hash
from .session import ModelError
from .shards import Group, Item, ReadAll, ShardOptions, StrictStopError, groups, make_shard

_TRIES: Final = 4
"""How often a shard is begun whose actor dies; Ray Data itself would go on for ever."""


class EngineError(RuntimeError):
    """Ray is not there, its cluster can't be joined, or the run broke on it."""


FAULTS: Final = {fault.__name__: fault for fault in (EngineError, ModelError, OutputError, StrictStopError)}
"""Names of what the nodes tell the driver of → what it raises."""


@dataclass(frozen=True)
class ModelReader:
    """Loads the model in an actor, with one thread.

    Attributes:
        folder: Of the model; `None`: the one in the package, which every node has.
        min_confidence: See `Predictor`.
        digest: Hash of the model that the run began with.
    """

    folder: Path | None
    min_confidence: float
    digest: str

    def __call__(self) -> ReadAll:
        """The reader of documents.

        Raises:
            ModelError: The node has no such model, or another one.
        """
        predictor = Predictor(self.folder, 1, min_confidence=self.min_confidence)
        if reader_hash(predictor.folder) != self.digest:
            raise ModelError(f"{predictor.folder}: a node has another model or ssner: install the same on all nodes")
        return predictor.read_all


@dataclass(frozen=True)
class _Task:
    """What the reading task gives an actor: the inputs of a shard, or why there are none."""

    number: int
    group: Group | None = None
    known: Shard | None = None
    fault: str = ""


def read_groups(
    _: Any, read_inputs: Callable[[], Iterable[Item]], known: dict[int, Shard], options: ShardOptions, folder: Path
) -> Iterator[dict[str, list[bytes]]]:
    """The reading task: inputs, group by group, as they are asked for.

    Args:
        read_inputs: See `run_on_ray`.
        known: Shards of an earlier run.
        options: See `ShardOptions`.
        folder: Where the run was begun, so that inputs have the names they were given.
    """
    try:
        os.chdir(folder)
    except OSError as error:
        yield _row(_Task(0, fault=f"{folder}: a node cannot go there ({error.strerror}); share the folder"))
        return
    for group in groups(read_inputs(), options):
        yield _row(_Task(group.number, group, known.get(group.number)))


def _row(task: _Task) -> dict[str, list[bytes]]:
    return {"task": [pickle.dumps(task)]}


@contextmanager
def _counted(folder: Path, number: int) -> Iterator[None]:
    """Count the beginnings of a shard in a file that outlives the process.

    Raises:
        EngineError: It was begun often enough.
        OutputError: The folder can't be written.
    """
    path = folder / f".begun-{number:05}.part"
    with blaming(path), path.open("ab") as stream:
        begun = stream.tell()
        stream.write(b"x")
    if begun >= _TRIES:
        mend = "find its input that does that and leave it out, then go on with --resume"
        raise EngineError(f"shard {number}: its worker died {begun} times; {mend}")
    yield
    path.unlink(missing_ok=True)


class ShardMaker:
    """The actor: loads the model once, then makes shards.

    Args:
        make_reader: Loads what reads documents.
        options: See `ShardOptions`.
    """

    def __init__(self, make_reader: Callable[[], ReadAll], options: ShardOptions) -> None:
        self._options = options
        self._fault: ModelError | None = None
        try:
            self._read_all = make_reader()
        except ModelError as error:
            self._fault = error

    def __call__(self, batch: Any) -> dict[str, list[Any]]:
        """Make the one shard of a batch."""
        task: _Task = pickle.loads(batch["task"][0].as_py())
        try:
            if self._fault is not None:
                raise self._fault
            if task.group is None:
                raise EngineError(task.fault)
            with _counted(self._options.folder, task.number):
                shard, was_done = make_shard(task.group, task.known, self._read_all, self._options)
        except tuple(FAULTS.values()) as fault:
            return {"number": [task.number], "fault": [type(fault).__name__], "said": [str(fault)], "done": [False]}
        return {"number": [task.number], "fault": [""], "said": [shard.to_line()], "done": [was_done]}
