"""`ssner corpus export` and `import`, as a user calls them, on a small repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ssner.cli.corpus import corpus
from ssner.corpus.conll import to_conll
from ssner.corpus.store import IndexEntry, load_documents, text_hash, write_index
from ssner.document import Document, Entity, dump_jsonl

from ..conftest import ROOT
from .test_validation import TEXT, good


def run(*arguments: object) -> Result:
    return CliRunner().invoke(corpus, [str(a) for a in arguments])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Three own documents, one in each split, and one text of somebody else's, which lies in `shared`."""
    root = tmp_path / "repo"
    entries = []
    for name, collection, split in (("a", "own", "train"), ("b", "own", "dev"), ("c", "own", "test")):
        entries.append(IndexEntry(name, collection, "seeds/", f"{name}.txt", text_hash(TEXT), split))
    entries.append(IndexEntry("d", "seed_documents", "seeds", "d.txt", text_hash(TEXT), "test"))
    for entry in entries:
        folder = root / "seeds" if entry.collection == "own" else tmp_path / "shared/seeds"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / entry.id).write_bytes(TEXT.encode())
        (root / "annotations" / entry.collection).mkdir(parents=True, exist_ok=True)
        (root / "annotations" / entry.collection / f"{entry.document}.ann").write_text(good(), "utf-8")
    write_index(root / "annotations", entries)
    return root


def test_without_a_place_bio_files_of_our_own_texts_are_renewed(repository: Path) -> None:
    bio = repository / "annotations/bio"
    bio.mkdir()
    (bio / "dev.conll").write_text("old", "utf-8")
    (bio / "README").write_text("kept", "utf-8")
    result = run("export", "--root", repository)
    assert result.exit_code == 0, result.output
    for split in ("train", "dev", "test"):
        documents = load_documents(repository, repository, (split,), ("own",))
        assert (bio / f"{split}.conll").read_text("utf-8") == "".join(line + "\n" for line in to_conll(documents))
    assert sorted(p.name for p in bio.iterdir()) == ["README", "dev.conll", "test.conll", "train.conll"]
    assert sorted(p.name for p in bio.parent.iterdir()) == ["bio", "index.tsv", "own", "seed_documents"]


@pytest.mark.parametrize("form", ["brat", "doccano", "json", "label-studio"])
def test_export_and_import_give_the_same_annotation(repository: Path, tmp_path: Path, form: str) -> None:
    result = run("export", "--root", repository, "--format", form, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    result = run("import", "--root", repository, "--format", form, tmp_path / "out", "-o", tmp_path / "back")
    assert result.exit_code == 0, result.output
    assert "3 files checked, 0 problems" in result.output
    for name in "abc":
        assert (tmp_path / f"back/{name}.ann").read_text("utf-8") == good()
        assert (tmp_path / f"back/{name}.txt").read_bytes() == TEXT.encode()


def test_what_is_lost_is_said(repository: Path, tmp_path: Path) -> None:
    result = run("export", "--root", repository, "--format", "doccano", "-o", tmp_path / "out.jsonl")
    assert f"3 documents → {tmp_path / 'out.jsonl'}; nothing was lost" in result.output
    result = run("export", "--root", repository, "--split", "dev", "-o", tmp_path / "bio")
    assert "1 documents" in result.output and "lost: 2 attributes, 2 metadata fields, 2 relations" in result.output


def test_texts_that_are_not_ours_are_exported_where_they_are(repository: Path, tmp_path: Path) -> None:
    wanted = [
        "export",
        "--root",
        repository,
        "--format",
        "brat",
        "--collection",
        "own",
        "--collection",
        "seed_documents",
    ]
    result = run(*wanted, "--shared", tmp_path / "shared", "-o", tmp_path / "all")
    assert "4 documents" in result.output and (tmp_path / "all/d.txt").is_file()
    result = run(*wanted, "--shared", tmp_path / "nowhere", "-o", tmp_path / "ours")
    assert "1 documents are left out" in result.output and not (tmp_path / "ours/d.txt").exists()


@pytest.mark.parametrize("place", [[], ["-o", "annotations/other"]])
def test_texts_that_are_not_ours_never_go_into_annotations(
    repository: Path, tmp_path: Path, place: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    result = run("export", "--collection", "seed_documents", "--shared", tmp_path / "shared", *place)
    assert result.exit_code == 1 and "can't go into annotations/" in result.output
    assert not (repository / "annotations/bio").exists() and not (repository / "annotations/other").exists()


def test_what_is_there_is_not_overwritten(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine").write_text("x", "utf-8")
    assert run("export", "--root", repository, "--format", "brat", "-o", tmp_path / "brat").exit_code == 0
    for arguments in (["export", "--format", "brat"], ["import", "--format", "brat", tmp_path / "brat"]):
        result = run(*arguments, "--root", repository, "-o", tmp_path / "out")
        assert result.exit_code == 1 and "is already there; name a new folder" in result.output
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["mine"]


def test_an_import_goes_into_annotations_only_when_told(repository: Path, tmp_path: Path) -> None:
    run("export", "--root", repository, "--format", "brat", "-o", tmp_path / "brat")
    wanted = [
        "import",
        "--root",
        repository,
        "--format",
        "brat",
        tmp_path / "brat",
        "-o",
        repository / "annotations/new",
    ]
    result = run(*wanted)
    assert result.exit_code == 1 and "--into-annotations" in result.output
    assert run(*wanted, "--into-annotations").exit_code == 0
    assert (repository / "annotations/new/a.ann").read_text("utf-8") == good()


def test_an_import_names_every_problem_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/x.txt").write_bytes(TEXT.encode())
    (tmp_path / "in/x.ann").write_text(good().replace("A2\tStatus T1 COMPLETED\n", ""), "utf-8")
    result = run("import", "--format", "brat", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{tmp_path / 'out/x.ann'}:1: T1 'درمانگاه شهدای میبد' has no Status" in result.output
    assert (tmp_path / "out/x.ann").is_file()


def test_a_broken_file_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("no", "utf-8")
    result = run("import", "--format", "doccano", tmp_path / "x.jsonl", "-o", tmp_path / "out")
    assert result.exit_code == 1 and "x.jsonl:1: is not JSON" in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


def test_other_formats_need_a_place(repository: Path) -> None:
    result = run("export", "--root", repository, "--format", "brat")
    assert result.exit_code == 2 and "name it with -o" in result.output


def test_the_published_bio_files_read_back_without_a_problem(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "annotations/bio", tmp_path / "bio")
    result = run("import", "--format", "conll", tmp_path / "bio", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert ", 0 problems" in result.output


def test_what_a_model_found_becomes_files_to_be_corrected(tmp_path: Path) -> None:
    text = "بیمارستان شفا ۲۰ تخت دارد."
    found = Document("news/a", text, entities=(Entity("T1", "FACILITY", 0, 13, text[:13], confidence=0.9),))
    (tmp_path / "out.jsonl").write_text("\n".join(dump_jsonl([found])) + "\n", "utf-8")
    result = run("import", "--format", "json", tmp_path / "out.jsonl", "-o", tmp_path / "draft")
    assert result.exit_code == 0 and "1 entity confidences" in result.output
    assert (tmp_path / "draft/news__a.ann").read_text("utf-8") == "T1\tFACILITY 0 13\tبیمارستان شفا\n"
