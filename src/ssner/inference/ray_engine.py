"""A run in shards on a Ray cluster: one task reads the inputs, actors with a model each make the shards.

A shard is the unit of work: an actor reads its documents and writes its files to the shared folder, as a run on one
machine does (`shards.make_shard`); the driver keeps the manifest. So the folder is the same, byte for byte. An actor
that dies is started again, and its shard made anew from the inputs that Ray holds: Ray Data's own default.
"""

from __future__ import annotations

import importlib
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .manifest import Shard, append, rewrite
from .ray_worker import FAULTS, EngineError, ShardMaker, read_groups
from .shards import Item, ReadAll, ShardOptions, StrictStopError, drop_others, drop_unfinished, prepare

_PATIENCE: Final = 10.0
"""Seconds that a cluster may take to answer."""


@dataclass(frozen=True)
class Cluster:
    """Where a run goes.

    Attributes:
        address: Of a running cluster; `None`: one of our own on this machine.
        workers: Actors; `None`: as many as the cluster has processors.
    """

    address: str | None = None
    workers: int | None = None


def run_on_ray(
    read_inputs: Callable[[], Iterable[Item]],
    make_reader: Callable[[], ReadAll],
    options: ShardOptions,
    cluster: Cluster,
) -> Iterator[tuple[Shard, bool]]:
    """Read everything into shards; gives each shard when it is done, in any order, and whether it was done before.

    At the end the manifest is in the order of the inputs.

    Args:
        read_inputs: Gives the inputs in order, the same in every run that goes on with another; called on a node.
        make_reader: Gives what reads documents in order (`Predictor.read_all`); called in each actor.
        options: See `ShardOptions`.
        cluster: Where to run.

    Raises:
        EngineError: Ray is not installed, the cluster can't be joined, or an actor died again and again.
        ModelError: A node has no model, or another one.
        OutputError: The folder can't be written, or holds another run and `resume` is not asked for.
        StrictStopError: An input can't be read and `strict` is asked for; the shards before it stay.
    """
    ray = _ray()
    known, options = prepare(options)
    shards: dict[int, Shard] = {}
    with _joined(ray, cluster):
        try:
            given = {"read_inputs": read_inputs, "known": known, "options": options, "folder": Path.cwd()}
            dataset = _dataset(ray, given, make_reader, options, cluster)
            for shard, was_done in _until_fault(dataset.iter_rows()):
                if not was_done:
                    append(options.folder, shard)
                shards[shard.shard] = shard
                yield shard, was_done
        except ray.exceptions.RayError as error:
            raise EngineError(f"the run broke on Ray: {_last_line(error)}; go on with --resume") from error
    drop_unfinished(options.folder)
    drop_others(options.folder, {name for shard in shards.values() for name in shard.files})
    rewrite(options.folder, shards.values())


def _until_fault(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Shard, bool]]:
    """Shards as they come. A strict run's stop waits for the shards before it, as in a run on one machine."""
    stops: dict[int, str] = {}
    seen: set[int] = set()
    for row in rows:
        number, fault = int(row["number"]), str(row["fault"])
        seen.add(number)
        if not fault:
            yield Shard.from_line(row["said"]), bool(row["done"])
        elif fault != StrictStopError.__name__:
            raise FAULTS[fault](row["said"])
        else:
            stops[number] = row["said"]
        if stops and seen.issuperset(range(min(stops))):
            break
    if stops:
        raise StrictStopError(stops[min(stops)])


def _dataset(
    ray: Any, given: dict[str, Any], make_reader: Callable[[], ReadAll], options: ShardOptions, cluster: Cluster
) -> Any:
    context = ray.data.DataContext.get_current()
    context.target_max_block_size = 1  # each shard is a block of its own, so that it goes to whichever actor is free
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.execution_no_progress_timeout_s = -1  # a large shard takes its time
    workers = cluster.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    groups_read = ray.data.from_items([{"start": 0}]).map_batches(read_groups, fn_kwargs=given, num_cpus=0)
    return groups_read.map_batches(
        ShardMaker,
        fn_constructor_args=(make_reader, options),
        batch_size=1,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=1),
        num_cpus=1,
    )


def _ray() -> Any:
    """Ray, told to send no statistics before it is loaded.

    Raises:
        EngineError: It is not installed.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        ray: Any = importlib.import_module("ray")
        importlib.import_module("ray.data")
    except ImportError as error:
        raise EngineError("--engine ray needs Ray; pip install 'ssner[scale]'") from error
    return ray


@contextmanager
def _joined(ray: Any, cluster: Cluster) -> Iterator[None]:
    """A connexion to the cluster: the one that is there already, the one asked for, or our own.

    Raises:
        EngineError: The cluster can't be joined.
    """
    _reach(cluster.address)
    if ray.is_initialized():
        yield
        return
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    is_ours = cluster.address in (None, "local")
    ours: dict[str, Any] = {"address": "local", "num_cpus": cluster.workers, "include_dashboard": False}
    if not is_ours:
        ours = {"address": cluster.address}
    on_termination = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(**ours, logging_level=logging.ERROR, log_to_driver=False)
    except Exception as error:  # Ray raises bare exceptions of its own
        where = "a cluster on this machine" if is_ours else cluster.address
        hint = "check --ray-address and, where the cluster asks for a token, RAY_AUTH_MODE and the token"
        raise EngineError(f"{where}: cannot be joined ({_last_line(error)}); {hint}") from error
    try:
        signal.signal(signal.SIGTERM, on_termination)  # Ray puts its own there
        yield
    finally:
        ray.shutdown()


def _reach(address: str | None) -> None:
    """See whether somebody listens at `host:port`, which Ray itself tries for more than ten minutes.

    Raises:
        EngineError: Nobody does.
    """
    host, _, port = (address or "").rpartition(":")
    if not host or not port.isdecimal() or "/" in host:
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
    except OSError as error:
        raise EngineError(f"{address}: cannot be joined ({error.strerror or error}); check --ray-address") from error


def _last_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[-1].strip() if lines else type(error).__name__
