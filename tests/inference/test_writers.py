"""Documents into every format, and from one to another."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssner.cli import main
from ssner.cli.convert import read_documents
from ssner.inference.output import OutputError
from ssner.inference.writers import writer_for

from .test_event_table import gold


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.xz", ".jsonl.zst"])
def test_lines_of_json_come_back_the_same_under_every_compression(tmp_path: Path, suffix: str) -> None:
    if suffix.endswith(".zst"):
        pytest.importorskip("zstandard")
    written = []
    for name in ("a", "b"):
        with writer_for(tmp_path / f"{name}{suffix}") as writer:
            writer.add(gold())
            writer.add(gold().with_(id="d2"))
        written.append((tmp_path / f"{name}{suffix}").read_bytes())
    assert list(read_documents(tmp_path / f"a{suffix}")) == [gold(), gold().with_(id="d2")]
    assert written[0] == written[1]


def test_a_database_answers_what_an_analyst_asks(tmp_path: Path) -> None:
    with writer_for(tmp_path / "e.sqlite") as writer:
        writer.add(gold())
    with closing(sqlite3.connect(tmp_path / "e.sqlite")) as connection:
        asked = "SELECT facility, amount_rials, capacity_low, province FROM events WHERE type = 'CONSTRUCTION'"
        assert connection.execute(asked).fetchall() == [("درمانگاه نور نهاوند", 90_000_000_000, 20, "همدان")]
        assert connection.execute("SELECT count(*) FROM entities").fetchone() == (len(gold().entities),)
        (whole,) = connection.execute("SELECT json FROM documents").fetchone()
        assert json.loads(whole) == gold().to_json()


def test_parquet_holds_mentions_as_lists(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    with writer_for(tmp_path / "d.parquet") as writer:
        writer.add(gold())
    (row,) = parquet.read_table(tmp_path / "d.parquet").to_pylist()
    assert [e["text"] for e in row["entities"]] == [e.text for e in gold().entities]
    assert json.loads(row["events"]) == gold().to_json()["events"]


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    path.write_text("before", "utf-8")
    with pytest.raises(RuntimeError), writer_for(path) as writer:
        writer.add(gold())
        raise RuntimeError
    assert path.read_text("utf-8") == "before" and list(tmp_path.iterdir()) == [path]
    with pytest.raises(OutputError, match="is a folder"), writer_for(tmp_path):
        pass


def test_the_command_converts_and_leaves_out_what_is_unsure(tmp_path: Path) -> None:
    unsure = gold().with_(events=tuple(replace(e, confidence=0.0) for e in gold().events))
    with writer_for(tmp_path / "in.jsonl") as writer:
        writer.add(unsure)
    run = CliRunner().invoke
    whole = run(main, ["convert", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "all.csv")])
    sure = run(
        main, ["convert", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "sure.csv"), "--min-confidence", "0.5"]
    )
    assert whole.exit_code == sure.exit_code == 0
    rows = [len((tmp_path / name).read_text("utf-8-sig").splitlines()) for name in ("all.csv", "sure.csv")]
    assert rows == [2, 1]
