from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from ssner.cli import main
from ssner.document import Document, dump_jsonl

from .pages import gold_of_opening, hospital, opening
from .test_viewer import data_of


def written(path: Path, *documents: Document) -> Path:
    path.write_text("\n".join(dump_jsonl(documents)) + "\n", "utf-8")
    return path


def test_a_page_is_written_beside_the_documents(tmp_path: Path) -> None:
    path = written(tmp_path / "events.jsonl", opening(), hospital())
    result = CliRunner().invoke(main, ["show", str(path), "--title", "عنوان ما"])
    assert result.exit_code == 0 and "2 documents → " in result.output
    page = (tmp_path / "events.html").read_text("utf-8")
    assert "<title>عنوان ما</title>" in page and len(data_of(page)["articles"]) == 2


def test_gold_is_matched_by_id_and_the_rest_of_it_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "events.jsonl", hospital(), opening())
    gold = written(tmp_path / "gold.jsonl", gold_of_opening(), hospital().with_(id="not shown"))
    result = CliRunner().invoke(main, ["show", str(path), "--gold", str(gold), "-o", str(tmp_path / "page.html")])
    assert result.exit_code == 0 and "2 documents, 1 with gold (1 gold left out)" in result.output
    articles = data_of((tmp_path / "page.html").read_text("utf-8"))["articles"]
    assert [len(a["sides"]) for a in articles] == [1, 2]


def test_gold_without_events_gets_those_that_follow(tmp_path: Path) -> None:
    path = written(tmp_path / "events.jsonl", opening())
    bare = opening().with_(events=(), canonical=())
    gold = written(tmp_path / "gold.jsonl", bare)
    assert CliRunner().invoke(main, ["show", str(path), "--gold", str(gold)]).exit_code == 0
    (article,) = data_of((tmp_path / "events.html").read_text("utf-8"))["articles"]
    assert article["differences"] == 0 and article["sides"][0]["events"]


def test_gold_that_does_not_fit_is_one_clear_line_and_no_page(tmp_path: Path) -> None:
    path = written(tmp_path / "events.jsonl", opening())
    gold = written(tmp_path / "gold.jsonl", hospital())
    result = CliRunner().invoke(main, ["show", str(path), "--gold", str(gold)])
    assert result.exit_code == 1 and f"{gold}: no document has the id" in result.output
    assert not (tmp_path / "events.html").exists() and "Traceback" not in result.output
