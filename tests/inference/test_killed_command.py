"""The command itself, with its model, killed again and again: what it has written in the end is what one run writes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ..conftest import ROOT

KILLS = int(os.environ.get("SSNER_COMMAND_KILLS", "4"))
ARTICLES = 24
OPTIONS = ["--shard-size", "3", "--resume", "-q"]


def command(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "ssner", "extract", str(source), "-o", str(folder), *OPTIONS]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("part-*"))}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_in_the_middle_and_gone_on_with(tmp_path: Path) -> None:
    articles = sorted((ROOT / "seeds").glob("*.txt"))[:ARTICLES]
    source = tmp_path / "articles.jsonl"
    rows = [{"id": p.stem, "text": p.read_text("utf-8")} for p in articles]
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    began = time.monotonic()
    subprocess.run(command(source, tmp_path / "undisturbed"), check=True)
    whole_run = time.monotonic() - began
    choose = random.Random(11)
    folder, number, killed = tmp_path / "run-0", 0, 0
    while killed < KILLS:
        child = subprocess.Popen(command(source, folder))
        time.sleep(choose.uniform(0.1, 1.0) * whole_run)
        child.send_signal(signal.SIGKILL)
        if child.wait() == -signal.SIGKILL:
            killed += 1
            found = [json.loads(line)["id"] for content in contents(folder).values() for line in content.splitlines()]
            assert found == [row["id"] for row in rows[: len(found)]]
        else:  # it was done before the signal came: begin another
            assert contents(folder) == contents(tmp_path / "undisturbed")
            number += 1
            folder = tmp_path / f"run-{number}"
    subprocess.run(command(source, folder), check=True)
    assert contents(folder) == contents(tmp_path / "undisturbed")
