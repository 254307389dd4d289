"""Shards: nothing lost, nothing doubled, whatever happens on the way."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ssner.cli.convert import read_documents
from ssner.document import Document
from ssner.inference.inputs import InputProblem
from ssner.inference.output import OutputError
from ssner.inference.shards import ShardOptions, StrictStopError, run_shards

KILLS = int(os.environ.get("SSNER_KILLS", "50"))
ITEMS: list[Document | InputProblem] = [
    InputProblem(f"f:{i}", "is empty", "leave it out") if i % 10 == 7 else Document(f"d{i}", f"متن {i}")
    for i in range(43)
]
GOOD = [item.id for item in ITEMS if isinstance(item, Document)]


def read_all(documents: Iterable[Document]) -> Iterator[tuple[Document, Document | Exception]]:
    for document in documents:
        yield document, ValueError("odd") if document.id == "d5" else document


def run(folder: Path, **options: object) -> list[bool]:
    chosen = ShardOptions(folder, **({"size": 10} | options))  # type: ignore[arg-type]
    return [was_done for _, was_done in run_shards(ITEMS, read_all, chosen)]


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def ids(folder: Path) -> list[str]:
    return [document.id for document in read_documents(folder)]


def test_every_document_is_there_once_and_the_bad_ones_are_in_quarantine(tmp_path: Path) -> None:
    assert run(tmp_path) == [False] * 5
    assert ids(tmp_path) == [i for i in GOOD if i != "d5"]
    reasons = [json.loads(line) for p in tmp_path.glob("quarantine-*") for line in p.read_text("utf-8").splitlines()]
    assert sorted(r["place"] for r in reasons) == ["d5", "f:17", "f:27", "f:37", "f:7"]
    assert {r["cause"] for r in reasons} == {"is empty", "ValueError: odd"}


def test_going_on_does_nothing_twice(tmp_path: Path) -> None:
    run(tmp_path)
    before = files(tmp_path)
    assert run(tmp_path, resume=True) == [True] * 5
    assert run(tmp_path, resume=True, size=None) == [True] * 5
    assert files(tmp_path) == before


def test_a_damaged_or_missing_shard_is_made_anew(tmp_path: Path) -> None:
    run(tmp_path)
    before = files(tmp_path)
    (tmp_path / "part-00001.jsonl").write_bytes(b"cut")
    (tmp_path / "part-00003.jsonl").unlink()
    (tmp_path / ".part-00004.jsonl.abc.part").write_bytes(b"left over")
    assert run(tmp_path, resume=True) == [True, False, True, False, True]
    assert files(tmp_path) == before


def test_a_cut_manifest_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    run(tmp_path)
    before = files(tmp_path)
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-40])
    assert run(tmp_path, resume=True) == [True] * 4 + [False]
    assert run(tmp_path, resume=True) == [True] * 5
    assert files(tmp_path) == before


def test_changed_inputs_and_another_model_are_read_anew(tmp_path: Path) -> None:
    run(tmp_path)
    assert run(tmp_path, resume=True, model="other") == [False] * 5
    options = ShardOptions(tmp_path, 10, resume=True, model="other")
    changed = [*ITEMS[:12], Document("new", "متن نو"), *ITEMS[13:25]]
    assert [done for _, done in run_shards(changed, read_all, options)] == [True, False, False]
    assert ids(tmp_path) == [d.id for d in changed if isinstance(d, Document) and d.id != "d5"]


def test_fewer_inputs_or_another_format_leave_nothing_of_before(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    run(tmp_path)
    options = ShardOptions(tmp_path, 10, form="parquet", resume=True)
    assert len(list(run_shards(ITEMS[:20], read_all, options))) == 2
    names = sorted(p.name for p in tmp_path.iterdir())
    assert [n for n in names if n.startswith("part-")] == ["part-00000.parquet", "part-00001.parquet"]
    assert sum(n.startswith("quarantine-") for n in names) == 2


def test_an_earlier_run_is_not_overwritten_unasked(tmp_path: Path) -> None:
    run(tmp_path)
    with pytest.raises(OutputError, match="--resume"):
        run(tmp_path)
    with pytest.raises(OutputError, match="give --shard-size 10"):
        run(tmp_path, resume=True, size=7)


def test_a_strict_run_stops_at_the_first_bad_input_and_keeps_what_was_whole(tmp_path: Path) -> None:
    with pytest.raises(StrictStopError, match="odd"):
        run(tmp_path, strict=True, size=5)
    assert ids(tmp_path) == [f"d{i}" for i in range(5)]
    assert run(tmp_path, size=5, resume=True)[:2] == [True, False]


_SCRIPT = """
import sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.inference.test_shards import ITEMS, read_all
from ssner.inference.shards import ShardOptions, run_shards
def slowly(documents):
    for outcome in read_all(documents):
        time.sleep(0.002)
        yield outcome
print("ready", flush=True)
for shard in run_shards(ITEMS, slowly, ShardOptions(Path({folder!r}), 4, resume=True)):
    pass
"""


def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed"
    run(undisturbed, size=4)
    root = str(Path(__file__).resolve().parents[2])
    choose = random.Random(7)
    killed = 0
    for attempt in range(KILLS):
        folder = tmp_path / f"run{attempt % 5}"
        if attempt % 5 == 0:
            for old in tmp_path.glob("run*"):
                for path in old.iterdir():
                    path.unlink()
        script = _SCRIPT.format(root=root, folder=str(folder))
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert child.stdout is not None and child.stdout.readline()
        time.sleep(choose.uniform(0, 0.12))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        child.stdout.close()
        whole = ids(folder) if any(folder.glob("part-*")) else []
        assert len(whole) == len(set(whole))
        if choose.random() < 0.3:
            run(folder, size=4, resume=True)
            assert files(folder) == files(undisturbed)
    assert killed > KILLS * 0.6
    for folder in tmp_path.glob("run*"):
        run(folder, size=4, resume=True)
        assert files(folder) == files(undisturbed)
