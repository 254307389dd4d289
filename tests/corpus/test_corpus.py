"""The corpus in the repository itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssner.cli.corpus import corpus
from ssner.corpus.brat import document_from_brat, document_to_brat
from ssner.corpus.conll import to_conll, word_labels
from ssner.corpus.store import SPLITS, CorpusError, load_documents, read_index
from ssner.corpus.validation import validate_annotation

from ..conftest import ROOT, SHARED, needs_shared


def test_nothing_is_wrong_with_the_annotation() -> None:
    result = CliRunner().invoke(corpus, ["validate", "--root", str(ROOT), "--shared", str(SHARED)])
    assert result.exit_code == 0, result.output


def test_texts_that_are_not_here_are_left_out_and_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(corpus, ["validate", "--root", str(ROOT), "--shared", str(tmp_path)])
    assert result.exit_code == 0
    assert "are left out: their texts are not in" in result.output
    documents = list(load_documents(ROOT, tmp_path))
    assert documents and all(d.meta["collection"] == "own" for d in documents)


def test_every_seed_is_in_the_index() -> None:
    named = {e.id for e in read_index(ROOT / "annotations") if e.collection == "own"}
    assert named == {p.name for p in (ROOT / "seeds").glob("*.txt")}


def test_splits_hold_real_and_own_documents() -> None:
    entries = read_index(ROOT / "annotations")
    for split in SPLITS:
        assert {e.collection for e in entries if e.split == split} >= {"own", "news"}


def test_own_documents_survive_brat_and_bio() -> None:
    for document in load_documents(ROOT, ROOT, collections=("own",)):
        plain = document.with_(meta={})
        again = document_from_brat(document.id, document.text, document_to_brat(plain))
        assert {(e.type, e.start, e.end, e.event, e.status) for e in again.entities} == {
            (e.type, e.start, e.end, e.event, e.status) for e in plain.entities
        }
        begun = sum(label.startswith("B-") for s in word_labels(document) for _, label in s)
        assert begun == len(document.entities)


@pytest.mark.parametrize("split", SPLITS)
def test_bio_files_are_in_step_with_their_source(split: str) -> None:
    documents = load_documents(ROOT, ROOT, (split,), ("own",))
    written = (ROOT / f"annotations/bio/{split}.conll").read_text("utf-8")
    assert written == "".join(line + "\n" for line in to_conll(documents)), "run: ssner corpus export --format conll"


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "annotations/own").mkdir(parents=True)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "annotations/index.tsv").write_text(
        "document\tcollection\tsource\tid\tsha256\tsplit\nx\town\tseeds/\tx.txt\t00\ttrain\n", "utf-8"
    )
    (tmp_path / "annotations/own/x.ann").write_text("", "utf-8")
    (tmp_path / "seeds/x.txt").write_text("متن تازه", "utf-8")
    with pytest.raises(CorpusError, match="not the one that was annotated"):
        list(load_documents(tmp_path, tmp_path))
    result = CliRunner().invoke(corpus, ["validate", "--root", str(tmp_path)])
    assert result.exit_code == 1 and "its text has changed" in result.output


def test_a_missing_corpus_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(corpus, ["validate", "--root", str(tmp_path)])
    assert result.exit_code == 2 and "run from the repository's root" in result.output


def grams(text: str, length: int, half_space: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.replace("\u200c", half_space))
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def shared_grams(length: int, half_space: str) -> set[tuple[str, ...]]:
    theirs: set[tuple[str, ...]] = set()
    for path in (SHARED / "seeds").glob("*.txt"):
        theirs |= grams(path.read_text("utf-8"), length, half_space)
    with (SHARED / "news/on_topic.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            theirs |= grams(row["title"], length, half_space) | grams(row["text"], length, half_space)
    return theirs


@needs_shared
def test_no_long_run_of_words_in_our_articles_is_taken_from_the_shared_texts() -> None:
    theirs = shared_grams(8, "")
    for path in (ROOT / "seeds").glob("*.txt"):
        assert not grams(path.read_text("utf-8"), 8, "") & theirs, path.name


@needs_shared
def test_no_other_file_holds_nine_words_in_a_row_of_the_shared_texts() -> None:
    theirs = shared_grams(9, " ")
    own = {p.stem for p in (ROOT / "annotations/own").glob("*.ann")}
    annotations = [p for p in (ROOT / "annotations").rglob("*.*") if p.stem not in own and p.is_file()]
    held = [
        *annotations,
        *(ROOT / "docs").rglob("*.*"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "tests").rglob("*.tsv"),
    ]
    assert len(held) > 500
    for path in held:
        for line in path.read_text("utf-8").splitlines():
            assert not grams(line, 9, " ") & theirs, path


def test_long_names_of_texts_that_are_not_ours_are_quoted_by_their_ends() -> None:
    name = "اداره کل حمایت از کار و بیمه و رفاه شهر نور"
    text = f"{name} باز شد."
    whole = f"T1\tORG 0 {len(name)}\t{name}\n"
    short = f"T1\tORG 0 {len(name)}\tاداره کل … شهر نور\n"
    assert validate_annotation("a", whole, text) == [] and validate_annotation("a", short, text, ours=False) == []
    (problem,) = validate_annotation("a", whole, text, ours=False)
    assert "quote it as 'اداره کل … شهر نور'" in str(problem)
    assert len(validate_annotation("a", short, text)) == 1
