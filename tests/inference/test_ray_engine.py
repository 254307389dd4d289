"""A run on Ray: the same folder as a run on one machine, whatever dies on the way."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ssner.cli.extract import extract
from ssner.document import Document
from ssner.inference.inputs import InputOptions, InputProblem, read_inputs
from ssner.inference.manifest import read_manifest
from ssner.inference.predictor import pretrained_folder, reader_hash
from ssner.inference.ray_engine import Cluster, run_on_ray
from ssner.inference.ray_worker import EngineError, ModelReader
from ssner.inference.session import ModelError
from ssner.inference.shards import ReadAll, ShardOptions, StrictStopError, run_shards

from ..conftest import ROOT

needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray (the extra scale) is not installed")
ITEMS: list[Document | InputProblem] = [
    InputProblem(f"f:{i}", "is empty", "leave it out") if i == 7 else Document(f"d{i}", f"متن {i}") for i in range(14)
]
Outcome = tuple[Document, Document | Exception]


def plain(documents: Iterable[Document]) -> Iterator[Outcome]:
    for document in documents:
        yield document, ValueError("odd") if document.id == "d9" else document


def items() -> list[Document | InputProblem]:
    return ITEMS


def plain_reader() -> ReadAll:
    return plain


@dataclass(frozen=True)
class Dying:
    """A reader whose process is killed at a document: once, or, without a mark, each time."""

    make: Callable[[], ReadAll]
    at: str
    mark: Path | None

    def __call__(self) -> ReadAll:
        read_all = self.make()

        def dying(documents: Iterable[Document]) -> Iterator[Outcome]:
            for bare, read in read_all(documents):
                if bare.id == self.at and (self.mark is None or not self.mark.exists()):
                    if self.mark is not None:
                        self.mark.write_text(str(os.getpid()), "utf-8")
                    os.kill(os.getpid(), signal.SIGKILL)
                yield bare, read

        return dying


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray = importlib.import_module("ray")
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield Cluster(workers=2)
    ray.shutdown()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles of our own, and an input that is none."""
    folder = tmp_path_factory.mktemp("articles")
    for source in sorted((ROOT / "seeds").glob("s*.txt"))[:12]:
        shutil.copy(source, folder)
    (folder / "s005x.txt").write_bytes(b"")
    return folder


def command(folder: Path, output: str, *more: str) -> Result:
    before = Path.cwd()
    os.chdir(folder.parent)
    try:
        return CliRunner().invoke(extract, [folder.name, "-o", output, "--shard-size", "3", "-q", *more])
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def local(articles: Path) -> Path:
    """What a run on one machine leaves."""
    assert command(articles, "local").exit_code == 1
    return articles.parent / "local"


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def on_ray(folder: Path, cluster: Cluster, make: Callable[[], ReadAll] = plain_reader, **more: Any) -> list[bool]:
    options = ShardOptions(folder, 3, **more)
    return [was_done for _, was_done in run_on_ray(items, make, options, cluster)]


@needs_ray
def test_two_workers_leave_the_same_folder_as_a_run_on_one_machine(
    articles: Path, local: Path, cluster: Cluster
) -> None:
    result = command(articles, "ray", "--engine", "ray", "--workers", "2")
    assert result.exit_code == 1, result.output
    assert f"{articles.name}/s005x.txt: is empty" in result.output
    written = files(articles.parent / "ray")
    assert written == files(local)
    assert sum(content.count(b"\n") for name, content in written.items() if name.startswith("part-")) == 12


@needs_ray
def test_a_worker_that_is_killed_costs_nothing(
    articles: Path, local: Path, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles.parent)
    model = ModelReader(None, 0.0, reader_hash(pretrained_folder()))
    mark, folder = tmp_path / "killed", tmp_path / "run"
    read = partial(read_inputs, (articles.name,), InputOptions())
    options = ShardOptions(folder, 3, model=f"{model.digest}:0.0")
    shards = list(run_on_ray(read, Dying(model, f"{articles.name}/s008", mark), options, cluster))
    assert int(mark.read_text("utf-8")) != os.getpid()
    assert len(shards) == 5
    assert files(folder) == files(local)


@needs_ray
def test_an_article_that_always_kills_ends_the_run_with_one_line(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"shard 1: .* 4 times") as caught:
        on_ray(tmp_path, cluster, Dying(plain_reader, "d4", None))
    assert "\n" not in str(caught.value)


@needs_ray
def test_going_on_makes_only_what_is_missing(cluster: Cluster, tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed"
    list(run_shards(ITEMS, plain, ShardOptions(undisturbed, 3)))
    folder = tmp_path / "run"
    assert on_ray(folder, cluster) == [False] * 5
    (folder / "part-00002.jsonl").unlink()
    assert sorted(on_ray(folder, cluster, resume=True)) == [False] + [True] * 4
    assert files(folder) == files(undisturbed)


@needs_ray
def test_a_strict_run_stops_at_the_first_bad_input_and_keeps_the_shards_before(
    cluster: Cluster, tmp_path: Path
) -> None:
    with pytest.raises(StrictStopError, match="f:7: is empty"):
        on_ray(tmp_path, cluster, strict=True)
    done = read_manifest(tmp_path)
    assert {0, 1} <= set(done) <= {0, 1, 4}  # 2 and 3 hold a bad input each
    assert sum(on_ray(tmp_path, cluster, resume=True)) == len(done)


@needs_ray
def test_a_node_with_another_model_stops_the_run(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="another model"):
        on_ray(tmp_path, cluster, ModelReader(None, 0.0, "of another version"))


@needs_ray
def test_a_cluster_that_is_not_there_is_told_at_once(articles: Path) -> None:
    result = command(articles, "nowhere", "--engine", "ray", "--ray-address", "127.0.0.1:1")
    assert result.exit_code == 2 and "127.0.0.1:1: cannot be joined" in result.output


def test_without_ray_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch, articles: Path) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    result = command(articles, "absent", "--engine", "ray")
    assert result.exit_code == 2
    assert result.output == "ssner: --engine ray needs Ray; pip install 'ssner[scale]'\n"
    assert not (articles.parent / "absent").exists()


@pytest.mark.parametrize(
    ("paths", "options", "said"),
    [
        ("a.txt", "--engine ray", "needs a folder"),
        ("-", "--engine ray -o run", "not standard input"),
        ("a.txt", "--engine ray -o run --threads 2", "--workers"),
        ("a.txt", "-o run --workers 2", "--engine ray"),
        ("a.txt", "-o run --shard-size 2 --unordered", "leave it out"),
        ("a.txt", "-o run --ray-address auto", "--engine ray"),
    ],
)
def test_options_that_do_not_go_together(paths: str, options: str, said: str) -> None:
    result = CliRunner().invoke(extract, [paths, *options.split()])
    assert result.exit_code == 2 and said in result.output and result.output.count("\n") == 1


def test_a_local_run_loads_nothing_of_ray(articles: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom ssner.cli.extract import extract\n"
        f"extract([{str(articles / 's001.txt')!r}, '-o', {str(tmp_path / 'out.jsonl')!r}], standalone_mode=False)\n"
        "sys.exit(int('ray' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
