"""A batch run from inputs to outputs: what `ssner extract` does."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ..document import Document, dump_jsonl
from .event_table import TABLES
from .inputs import STANDARD_INPUT, InputOptions, InputProblem, read_inputs
from .manifest import Shard
from .output import whole_file
from .predictor import Predictor, reader_hash
from .shards import ShardOptions, StrictStopError, run_shards
from .writers import writer_for

_Item = TypeVar("_Item")


class ExtractionError(RuntimeError):
    """The options do not go together."""


class NothingReadError(RuntimeError):
    """No input could be read."""


class _Sink(Protocol):
    def add(self, document: Document) -> None: ...


class _StandardOutput:
    def add(self, document: Document) -> None:
        for line in dump_jsonl([document]):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Extraction:
    """One run.

    Args:
        paths: Of the inputs.
        say: Takes lines for the user.
        options: Those of the command line, by name.
    """

    def __init__(self, paths: tuple[str, ...], say: Callable[[str], None], **options: Any) -> None:
        self.paths = paths
        self.say = say
        self.options = options
        self.output: Path | None = options["output"]
        self.problems: list[InputProblem] = []
        self.kept: list[Document] = []
        self.counts = {"documents": 0, "entities": 0, "relations": 0, "events": 0}

    @property
    def is_sharded(self) -> bool:
        """Whether the output is a folder of shards."""
        return (
            self._is_on_ray
            or self.options["shard_size"] is not None
            or (self.output is not None and self.output.is_dir())
        )

    @property
    def _is_on_ray(self) -> bool:
        return self.options["engine"] == "ray"

    def run(self) -> None:
        """Read everything, write everything, tell the summary.

        Raises:
            ModelError: There is no model that can be run.
            OutputError: An output can't be written.
            ExtractionError: The options do not go together.
            EngineError: The run can't go on Ray.
            NothingReadError: No input could be read.
            StrictStopError: An input can't be read, and `strict` is asked for.
        """
        started = time.perf_counter()
        self._check_engine()
        if self.is_sharded:
            self._run_shards()
        else:
            self._run_whole()
        if self.options["quiet"]:
            return
        done = ", ".join(_counted(count, name) for name, count in self.counts.items())
        failed = f"; {len(self.problems)} inputs could not be read" if self.problems else ""
        where = f" → {self.output}" if self.output else ""
        self.say(f"{done} in {time.perf_counter() - started:.1f} s{failed}{where}")

    def _check_engine(self) -> None:
        o = self.options
        if self._is_on_ray and o["threads"]:
            raise ExtractionError("--threads is of the local engine; on Ray each worker has one thread: give --workers")
        if self._is_on_ray and STANDARD_INPUT in self.paths:
            raise ExtractionError("--engine ray reads files that all nodes see, not standard input; name a file")
        unfit = next((name for name in ("workers", "ray_address") if o[name] is not None), None)
        if unfit and not self._is_on_ray:
            raise ExtractionError(f"--{unfit.replace('_', '-')} is of --engine ray; give that too")
        if o["unordered"] and self.is_sharded:
            raise ExtractionError("--unordered goes with one file: shards hold the inputs in order; leave it out")

    def _read_inputs(self) -> Callable[[], Iterator[Document | InputProblem]]:
        o = self.options
        outputs = (self.output, o["html"], o["events_csv"], o["events_parquet"], o["quarantine"])
        leave_out = frozenset(path.resolve() for path in outputs if path is not None)
        options = InputOptions(o["text_field"], o["id_field"], int(o["max_document_mb"] * 1e6), leave_out)
        return partial(read_inputs, self.paths, options)

    def _note(self, problem: InputProblem) -> None:
        self.problems.append(problem)
        if self.options["strict"]:
            raise StrictStopError(str(problem))
        self.say(str(problem))

    def _predictor(self) -> tuple[Predictor, int]:
        """The predictor, and how many articles it reads at once."""
        threads: int = self.options["threads"]
        workers = 1 if self._is_one_text() else threads or os.cpu_count() or 1
        predictor = Predictor(
            self.options["model"], 1 if workers > 1 else threads, min_confidence=self.options["min_confidence"]
        )
        return predictor, workers

    def _is_one_text(self) -> bool:
        """Whether one article is asked for, which then has all the cores."""
        path = Path(self.paths[0])
        return len(self.paths) == 1 and path.suffix.lower() in (".txt", ".html") and path.is_file()

    def _run_whole(self) -> None:
        o = self.options
        if o["resume"]:
            raise ExtractionError("--resume goes on with a folder of shards; name one with -o and --shard-size")
        with ExitStack() as stack:
            main: _Sink = stack.enter_context(writer_for(self.output)) if self.output else _StandardOutput()
            sinks = [main]
            page = stack.enter_context(whole_file(o["html"])) if o["html"] else None
            sinks += [stack.enter_context(TABLES[kind](o[f"events_{kind}"])) for kind in TABLES if o[f"events_{kind}"]]
            quarantine = stack.enter_context(whole_file(o["quarantine"])) if o["quarantine"] else None
            predictor, workers = self._predictor()
            outcomes = predictor.read_all(self._good(), workers, ordered=not o["unordered"])
            for bare, document in self._with_progress(outcomes, " articles"):
                if isinstance(document, Exception):
                    fault = f"{type(document).__name__}: {document}"
                    self._note(InputProblem(bare.id, fault, "a fault of ours: please report it"))
                    continue
                for sink in sinks:
                    sink.add(document)
                self._count(document)
                if page is not None or o["table"]:
                    self.kept.append(document)
            if quarantine is not None:
                for problem in self.problems:
                    quarantine.write(_json_line(problem))
            if page is not None:
                from ..viewer.page import render_page

                page.write(render_page(self.kept))
            if self.counts["documents"] == 0 and quarantine is None:
                raise NothingReadError("no input could be read, nothing was written")

    def _good(self) -> Iterator[Document]:
        for item in self._read_inputs()():
            if isinstance(item, InputProblem):
                self._note(item)
            else:
                yield item

    def _count(self, document: Document) -> None:
        self.counts["documents"] += 1
        for name in ("entities", "relations", "events"):
            self.counts[name] += len(getattr(document, name))

    def _run_shards(self) -> None:
        o = self.options
        if self.output is None:
            flag = "--engine ray" if self._is_on_ray else "--shard-size"
            raise ExtractionError(f"{flag} needs a folder: give it with -o")
        unfit = [name for name in ("html", "events_csv", "events_parquet", "quarantine", "table") if o[name]]
        if unfit:
            flag = "--" + unfit[0].replace("_", "-")
            mend = "make it afterwards with `ssner convert` or `ssner show`; the quarantine lies in the folder anyway"
            raise ExtractionError(f"{flag} does not go with a folder of shards: {mend}")
        before = 0
        for shard, was_done in self._with_progress(self._shards(self.output), " shards"):
            before += was_done
            for name in self.counts:
                self.counts[name] += getattr(shard, name)
            self._tell_quarantine(self.output, shard.shard, shard.quarantined, was_done)
            if not (was_done or o["quiet"] or sys.stderr.isatty()):  # a log has no progress bar
                self.say(f"shard {shard.shard}: {_counted(shard.documents, 'documents')}")
        if before and not o["quiet"]:
            self.say(f"{_counted(before, 'shards')} done before")

    def _shards(self, folder: Path) -> Iterator[tuple[Shard, bool]]:
        o = self.options
        predictor, workers = self._predictor()
        digest = reader_hash(predictor.folder)
        options = ShardOptions(
            folder, o["shard_size"], o["shard_format"], o["resume"], o["strict"], f"{digest}:{o['min_confidence']}"
        )
        if not self._is_on_ray:
            return run_shards(self._read_inputs()(), lambda d: predictor.read_all(d, workers), options)
        from .ray_engine import Cluster, run_on_ray
        from .ray_worker import ModelReader

        make_reader = ModelReader(o["model"] and o["model"].resolve(), o["min_confidence"], digest)
        shared = replace(options, folder=folder.resolve())
        return run_on_ray(self._read_inputs(), make_reader, shared, Cluster(o["ray_address"], o["workers"]))

    def _tell_quarantine(self, folder: Path, number: int, count: int, was_done: bool) -> None:
        if not count:
            return
        lines = (folder / f"quarantine-{number:05}.jsonl").read_bytes().split(b"\n")
        for line in filter(None, lines):  # not splitlines: a message may hold other signs that end a line
            problem = InputProblem(**json.loads(line))
            self.problems.append(problem)
            if not was_done:
                self.say(str(problem))

    def _with_progress(self, items: Iterator[_Item], unit: str) -> Iterator[_Item]:
        if self.options["quiet"] or not sys.stderr.isatty():
            return items
        from tqdm import tqdm

        return iter(tqdm(items, unit=unit, file=sys.stderr))


def _counted(count: int, plural: str) -> str:
    """`1 entity`, `2 entities`."""
    if count != 1:
        return f"{count} {plural}"
    return f"1 {plural[:-3]}y" if plural.endswith("ies") else f"1 {plural[:-1]}"


def _json_line(problem: InputProblem) -> str:
    return json.dumps(asdict(problem), ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n"
