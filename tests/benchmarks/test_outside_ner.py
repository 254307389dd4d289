"""The command on a folder that holds nothing, and what it prints."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["peyma", "arman"])
def test_an_absent_set_is_one_line_and_code_2(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from outside_ner import main

    assert main([name, "--shared", str(tmp_path / "nowhere")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1 and "is absent" in printed.err


def test_an_output_that_cannot_be_made_is_said_before_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from outside_ner import main

    folder = tmp_path / "ner_datasets/arman"
    folder.mkdir(parents=True)
    for part in ("train", "test"):
        (folder / f"{part}_fold1.txt").write_text("شیراز B-loc\n", "utf-8")
    (tmp_path / "taken").write_text("", "utf-8")
    assert main(["arman", "--shared", str(tmp_path), "--output", str(tmp_path / "taken")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_tables_hold_ours_beside_the_published_figures() -> None:
    from outside_ner import told

    row = {"precision": 0.5, "recall": 0.25, "f1": 1 / 3, "support": 8.0}
    figures = {"test": {"LOC": row, "micro": row}, "dev": {}, "parameters": 24_000_000, "seed": 5, "limit": None}
    lines = told("peyma", figures).splitlines()
    assert "| LOC | 0.500 | 0.250 | 0.333 | 8 |" in lines
    assert "| our encoder (24 M) | 0.3333 | this run, seed 5 |" in lines
    assert any(line.startswith("| ParsBERT v2") and "| 0.9340 |" in line for line in lines)
    assert any("weights are not kept" in line for line in lines)
    assert not any("trial" in line for line in lines)
