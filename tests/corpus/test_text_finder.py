"""Where the texts of the corpus are found."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from ssner.corpus.store import CorpusError, IndexEntry, TextFinder, write_index


def entry(name: str) -> IndexEntry:
    return IndexEntry(name, "news", "isna", f"{name}.txt", "0" * 64, "train")


def row(name: str, text: str) -> str:
    return (
        json.dumps({"src": "isna", "id": f"{name}.txt", "title": "درمانگاه نو", "text": text}, ensure_ascii=False)
        + "\n"
    )


@pytest.fixture
def finder(tmp_path: Path) -> TextFinder:
    (tmp_path / "annotations").mkdir()
    write_index(tmp_path / "annotations", [entry("near"), entry("far")])
    (tmp_path / "shared/news").mkdir(parents=True)
    (tmp_path / "shared/news/on_topic.jsonl").write_text(row("near", "در ایلام گشوده شد."), "utf-8")
    with lzma.open(tmp_path / "shared/news/all.jsonl.xz", "wt", encoding="utf-8") as stream:
        stream.write(row("far", "در یزد ساخته شد.") + row("unnamed", "در قم بسته شد."))
    return TextFinder(tmp_path, tmp_path / "shared")


def test_news_is_found_in_either_file(finder: TextFinder) -> None:
    assert finder.text(entry("near")) == "درمانگاه نو\n\nدر ایلام گشوده شد."
    assert finder.text(entry("far")) == "درمانگاه نو\n\nدر یزد ساخته شد."


def test_what_the_index_does_not_name_is_not_kept(finder: TextFinder) -> None:
    with pytest.raises(CorpusError, match=r"isna/unnamed\.txt is not there"):
        finder.text(entry("unnamed"))


def test_a_damaged_archive_is_told(finder: TextFinder) -> None:
    path = finder.shared / "news/all.jsonl.xz"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CorpusError, match=r"all\.jsonl\.xz: damaged"):
        finder.text(entry("far"))


def test_without_the_archive_its_documents_are_left_out(finder: TextFinder) -> None:
    (finder.shared / "news/all.jsonl.xz").unlink()
    assert finder.available(entry("near"))
    assert not finder.available(entry("far"))


def test_the_archive_alone_gives_what_it_holds(finder: TextFinder) -> None:
    (finder.shared / "news/on_topic.jsonl").unlink()
    assert finder.available(entry("far")) and finder.text(entry("far")).startswith("درمانگاه نو")
    assert not finder.available(entry("near"))
