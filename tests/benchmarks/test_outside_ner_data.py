"""Reading, splitting and cutting of the outside NER sets, on files of our own."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import pytest

PEYMA = "# doc 12.txt\nخانم\tO\nنادری\tB-PER\nبه\tO\nبندر\tB-LOC\nکنگ\tI-LOC\nرفت\tO\n\nبرگشته است\tO\n.\tO\n\n"
ARMAN = "خانم O\nنادری B-pers\nرفت O\n\n0 O\nروز O\n"


def peyma_folder(folder: Path, documents: int) -> Path:
    """A folder with that many documents of one sentence."""
    text = "".join(f"# doc {i}.txt\nبخش\tO\n{i}\tB-DAT\n\n" for i in range(documents))
    (folder / "train_300k_peyma.conll").write_text(text, "utf-8")
    return folder


def test_peyma_has_tabs_documents_and_words_with_spaces(tmp_path: Path) -> None:
    from outside_ner_data import Sentence, read_bio

    path = tmp_path / "a.conll"
    path.write_text(PEYMA, "utf-8")
    labels = ("O", "B-PER", "O", "B-LOC", "I-LOC", "O")
    assert list(read_bio(path, "\t")) == [
        Sentence(("خانم", "نادری", "به", "بندر", "کنگ", "رفت"), labels, "12.txt"),
        Sentence(("برگشته است", "."), ("O", "O"), "12.txt"),
    ]


def test_arman_has_spaces_may_be_packed_and_need_not_end_with_an_empty_line(tmp_path: Path) -> None:
    from outside_ner_data import Sentence, read_bio

    path = tmp_path / "a.txt.xz"
    path.write_bytes(lzma.compress(ARMAN.encode()))
    assert list(read_bio(path, " ")) == [
        Sentence(("خانم", "نادری", "رفت"), ("O", "B-pers", "O")),
        Sentence(("0", "روز"), ("O", "O")),
    ]


def test_a_document_line_ends_a_sentence(tmp_path: Path) -> None:
    from outside_ner_data import read_bio

    path = tmp_path / "a.conll"
    path.write_text("# doc 1\nباران\tO\n# doc 2\nبرف\tO\n", "utf-8")
    assert [(s.words, s.document) for s in read_bio(path, "\t")] == [(("باران",), "1"), (("برف",), "2")]


@pytest.mark.parametrize("line", ["باران", "باران\tLOC", "\tO"])
def test_a_line_that_is_no_word_and_label_is_named(line: str, tmp_path: Path) -> None:
    from outside_ner_data import DataError, read_bio

    path = tmp_path / "a.conll"
    path.write_text(f"ابر\tO\n{line}\n", "utf-8")
    with pytest.raises(DataError, match=r"a\.conll:2: "):
        list(read_bio(path, "\t"))


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    from outside_ner_data import DataError, read_bio

    path = tmp_path / "a.txt.xz"
    path.write_bytes(lzma.compress(ARMAN.encode())[:-20])
    with pytest.raises(DataError, match="cannot be read"):
        list(read_bio(path, " "))


def test_the_encoder_reads_folded_words_and_none_is_empty() -> None:
    from outside_ner_data import Sentence

    assert Sentence(("علي", "ـ", "5"), ("O", "O", "O")).forms == ["علی", "ـ", "۵"]


def test_each_document_is_in_one_part_of_about_its_size(tmp_path: Path) -> None:
    from outside_ner_data import load_peyma, tenth_of

    data = load_peyma(peyma_folder(tmp_path, 600))
    documents = [{s.document for s in part} for part in (data.train, data.dev, data.test)]
    assert sum(map(len, documents)) == len(set.union(*documents)) == 600
    assert {tenth_of(d) for d in documents[2]} == {9} and {tenth_of(d) for d in documents[1]} == {8}
    assert all(40 <= len(d) <= 80 for d in documents[1:])


def test_the_split_stays_as_it_was_published() -> None:
    from outside_ner_data import tenth_of

    assert [tenth_of(f"{i}.txt") for i in range(1, 9)] == [0, 1, 5, 5, 8, 6, 4, 8]


def test_an_official_test_file_is_the_test_and_leaves_train(tmp_path: Path) -> None:
    from outside_ner_data import load_peyma

    folder = peyma_folder(tmp_path, 60)
    before = load_peyma(folder)
    (folder / "test_peyma.conll").write_text("بخش\tO\n7\tB-DAT\n\nباران\tO\n", "utf-8")
    data = load_peyma(folder)
    assert [s.words for s in data.test] == [("بخش", "7"), ("باران",)]
    assert len(data.train) + len(data.dev) == 59
    assert {s.document for s in before.test} - {"7.txt"} <= {s.document.partition("#")[0] for s in data.train}
    assert "official" in data.split and "official" not in before.split


def test_sentences_about_one_that_was_taken_out_are_no_neighbours() -> None:
    from outside_ner_data import Sentence, _without

    parts = [
        Sentence((word,), ("O",), name) for word, name in (("الف", "a"), ("ب", "a"), ("پ", "a"), ("ت", "a"), ("ث", ""))
    ]
    left = list(_without(parts, {("پ",)}))
    assert [(s.words[0], s.document) for s in left] == [("الف", "a"), ("ب", "a"), ("ت", "a#1"), ("ث", "")]


def test_arman_is_split_by_its_files(tmp_path: Path) -> None:
    from outside_ner_data import load_arman

    (tmp_path / "train_fold1.txt").write_text(ARMAN, "utf-8")
    (tmp_path / "test_fold1.txt").write_text("اهواز B-loc\n", "utf-8")
    data = load_arman(tmp_path)
    assert (len(data.train), len(data.dev), len(data.test)) == (2, 0, 1)
    assert data.labels == ["O", "B-loc", "B-pers"]


def test_a_limit_holds_for_each_part(tmp_path: Path) -> None:
    from outside_ner_data import load_peyma

    data = load_peyma(peyma_folder(tmp_path, 100)).limited(3)
    assert (len(data.train), len(data.dev), len(data.test)) == (3, 3, 3)


@pytest.mark.parametrize(
    ("labels", "sizes", "expected"),
    [
        ("O O O", [2, 2, 1], [3]),
        ("O O O", [3, 3, 1], [1, 2]),
        ("O B-X I-X O", [2, 2, 2, 1], [1, 3]),
        ("B-X I-X I-X O", [2, 2, 2, 1], [2, 2]),
        ("O O", [9, 1], [1, 1]),
        ("", [], []),
    ],
    ids=["fits", "cut", "before the entity", "entity too long", "word too long", "empty"],
)
def test_windows_hold_five_pieces_and_whole_entities(labels: str, sizes: list[int], expected: list[int]) -> None:
    from outside_ner_data import windows

    parts = windows(labels.split(), sizes, 5)
    assert [part.stop - part.start for part in parts] == expected
    covered = Counter(i for part in parts for i in range(part.start, part.stop))
    assert covered == Counter(range(len(sizes)))


def test_neighbours_of_one_document_are_joined_as_far_as_a_window_holds_them() -> None:
    from outside_ner_data import Sentence, joined

    parts = [Sentence((word,), ("O",), document) for word, document in ("a1", "b1", "c1", "d2", "e2")]
    parts += [Sentence(("f",), ("O",)), Sentence(("g",), ("O",))]
    found = joined(parts, [2, 3, 1, 5, 1, 1, 1], 5)
    assert [(s.words, s.document) for s in found] == [
        (("a", "b"), "1"), (("c",), "1"), (("d",), "2"), (("e",), "2"), (("f",), ""), (("g",), ""),
    ]  # fmt: skip
