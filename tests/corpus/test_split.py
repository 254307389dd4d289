"""Splits by hash, and the near-duplicates that they keep together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ssner.cli.corpus import corpus
from ssner.corpus.near_duplicates import near_duplicates, ngrams
from ssner.corpus.splitting import SplitError, assign_splits, size_of

ARTICLE = "بانک رفاه درمانگاه تازه‌ای در یزد ساخت و آن را به تأمین اجتماعی سپرد تا هزار نفر در آن درمان شوند"
WORDS = ARTICLE.split()
BRIEF = " ".join(WORDS[3:13])
OTHER = "وزیر از بیمارستان شیراز دیدن کرد و گفت که بودجه سال آینده آن دو برابر می‌شود و کارکنان آن بیمه می‌شوند"
NAMES = [f"n{i}" for i in range(40)]
TEXTS = st.dictionaries(st.sampled_from("abcdefgh"), st.text("آبپ ", max_size=24), max_size=6)


def test_a_brief_goes_with_its_article() -> None:
    (group,) = near_duplicates({"long": ARTICLE, "brief": BRIEF, "other": OTHER}, 0.5)
    assert group.names == ("brief", "long") and group.overlap == 1


def test_spelling_and_marks_make_no_difference() -> None:
    arabic = ARTICLE.replace("ی", "ي").replace("ک", "ك").replace(" ", "،  ", 3)
    assert near_duplicates({"a": ARTICLE, "b": arabic}, 1.0)


def test_overlap_below_the_threshold_does_not_count() -> None:
    half = " ".join([*WORDS[:10], *OTHER.split()[:8]])
    assert near_duplicates({"a": ARTICLE, "b": half}, 0.4)[0].overlap == pytest.approx(6 / 14)
    assert near_duplicates({"a": ARTICLE, "b": half}, 0.5) == []


def test_short_and_empty_texts() -> None:
    assert near_duplicates({"a": "بانک رفاه", "b": "بانک رفاه.", "c": "", "d": "", "e": ARTICLE}, 0.5)[0].names == (
        "a",
        "b",
    )


@given(TEXTS, st.floats(0.05, 1))
def test_groups_are_what_comparing_every_pair_gives(texts: dict[str, str], threshold: float) -> None:
    grams = {name: ngrams(text) for name, text in texts.items()}
    joined = {name: {name} for name in texts}
    for one, other in combinations(sorted(texts), 2):
        smaller = min(len(grams[one]), len(grams[other]))
        if smaller and len(grams[one] & grams[other]) / smaller >= threshold and joined[one] is not joined[other]:
            union = joined[one] | joined[other]
            joined |= dict.fromkeys(union, union)
    expected = {tuple(sorted(group)) for group in joined.values() if len(group) > 1}
    assert {g.names for g in near_duplicates(texts, threshold)} == expected


@given(st.permutations(NAMES), st.integers(0, 20), st.integers(0, 20))
def test_sizes_are_met_whatever_the_order(names: list[str], test: int, dev: int) -> None:
    splits = assign_splits(names, test=test, dev=dev)
    assert splits == assign_splits(NAMES, test=test, dev=dev)
    assert list(splits) == sorted(NAMES)
    assert Counter(splits.values()) == Counter({"train": 40 - test - dev, "dev": dev, "test": test})


@given(st.lists(st.sampled_from(NAMES), unique=True, max_size=12), st.integers(0, 20), st.integers(0, 20))
def test_groups_stay_on_one_side(together: list[str], test: int, dev: int) -> None:
    groups = [together[:5], together[5:]]
    splits = assign_splits(NAMES, [g for g in groups if g], test, dev)
    counts = Counter(splits.values())
    assert counts["test"] <= test and counts["dev"] <= dev
    for group in groups:
        assert len({splits[name] for name in group}) <= 1


def test_a_document_that_is_added_moves_few() -> None:
    before = assign_splits(NAMES, test=10, dev=10)
    after = assign_splits([*NAMES, "new"], test=10, dev=10)
    assert sum(after[name] != before[name] for name in NAMES) <= 2


@pytest.mark.parametrize(("amount", "size"), [("7", 7), ("10%", 4), ("0", 0), ("12.5%", 5)])
def test_amounts(amount: str, size: int) -> None:
    assert size_of(amount, 40) == size


@pytest.mark.parametrize("amount", ["-1", "ten", "", "5%%"])
def test_amounts_that_are_none(amount: str) -> None:
    with pytest.raises(SplitError, match="neither a number of documents nor a share"):
        size_of(amount, 40)


def test_more_documents_than_there_are() -> None:
    with pytest.raises(SplitError, match="30 test and 11 dev documents are more than the 40"):
        assign_splits(NAMES, test=30, dev=11)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    for name, text in (("a", ARTICLE), ("b", BRIEF), ("c", OTHER), ("d", "خبر دیگر این است")):
        (tmp_path / f"texts/{name}.txt").write_text(text, "utf-8")
    return tmp_path / "texts"


def test_the_command_writes_a_table_and_says_what_it_found(folder: Path) -> None:
    output = folder.parent / "split.tsv"
    result = CliRunner().invoke(corpus, ["split", str(folder), "--test", "1", "--dev", "25%", "-o", str(output)])
    assert result.exit_code == 0, result.output
    rows = [line.split("\t") for line in output.read_text("utf-8").splitlines()]
    assert rows[0] == ["document", "split"] and [r[0] for r in rows[1:]] == ["a", "b", "c", "d"]
    assert rows[1][1] == rows[2][1]
    assert "4 documents: train 2, dev 1, test 1" in result.output
    assert "1 groups of near-duplicates" in result.output and "overlap 1.00: a, b" in result.output


def test_a_split_that_no_group_fits_is_said(folder: Path) -> None:
    for name in "cd":
        (folder / f"{name}.txt").write_text(ARTICLE, "utf-8")
    result = CliRunner().invoke(corpus, ["split", str(folder), "--test", "2", "--dev", "0"])
    assert "test has 0 documents, not 2: what is left are larger groups of near-duplicates" in result.stderr


def test_the_split_depends_on_names_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["--test", "1", "--dev", "1"]
    one = CliRunner().invoke(corpus, ["split", str(folder), *wanted])
    monkeypatch.chdir(folder)
    other = CliRunner().invoke(corpus, ["split", "d.txt", "b.txt", "c.txt", "a.txt", *wanted])
    assert one.stdout == other.stdout and one.stdout.startswith("document\tsplit\n")


def test_input_that_cannot_be_read_is_told_and_the_rest_split(folder: Path) -> None:
    (folder / "e.txt").write_bytes("بانک".encode("cp1256"))
    result = CliRunner().invoke(corpus, ["split", str(folder), "--test", "1", "--dev", "1"])
    assert result.exit_code == 1 and "e.txt" in result.stderr and "4 documents:" in result.stderr


def test_documents_of_one_name_are_refused(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner/a.txt").write_text(OTHER, "utf-8")
    result = CliRunner().invoke(corpus, ["split", str(folder), "--test", "1", "--dev", "1"])
    assert result.exit_code == 1 and "two documents are called 'a'" in result.output


def test_a_size_that_cannot_be_met_is_one_line(folder: Path) -> None:
    result = CliRunner().invoke(corpus, ["split", str(folder), "--test", "9", "--dev", "1"])
    assert result.exit_code == 1 and "more than the 4 there are" in result.output
