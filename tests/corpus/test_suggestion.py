"""What is suggested for annotation next."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssner.cli.corpus import corpus
from ssner.corpus.suggestion import CRITERIA, SuggestionError, Wanted, doubt_of, relations_of, suggest
from ssner.document import Document, Entity, Relation

WARD = "بیمارستان کوثر با ۱۲ تخت در شهر سنندج گشایش یافت و پزشکان آن از فردا بیماران را می‌پذیرند"
LOAN = "صندوق مهر به کارگران معدن وام می‌دهد و سود آن را اداره تعاون کرمان می‌پردازد تا پایان سال"


def document(name: str, text: str, confidence: float) -> Document:
    end = text.index(" ")
    entities = (Entity("T1", "ORG", 0, end, text[:end], confidence=confidence),)
    return Document(name, text, entities=entities)


def test_doubt_is_greatest_where_the_model_is_in_two_minds() -> None:
    doubts = [doubt_of(document("a", WARD, confidence)) for confidence in (0.5, 0.75, 1.0)]
    assert doubts == pytest.approx([1.0, 0.5, 0.0])


def test_relations_count_too() -> None:
    one = document("a", WARD, 1.0)
    other = Entity("T2", "QUANTITY", 18, 25, WARD[18:25], confidence=1.0)
    both = one.with_(entities=(*one.entities, other), relations=(Relation("HAS_CAPACITY", "T1", "T2", confidence=0.5),))
    assert doubt_of(both) == pytest.approx(1.0)


def test_different_mentions_of_a_type_count_once_each() -> None:
    kinds = [("FACILITY", "بیمارستان مهر"), ("FACILITY", "بیمارستان مهر"), ("FACILITY", "پل نو"), ("ORG", "بهزیستی")]
    text, entities = "", []
    for number, (kind, name) in enumerate(kinds):
        entities.append(Entity(f"T{number}", kind, len(text), len(text) + len(name), name))
        text += name + " "
    read = Document("x", text, entities=tuple(entities))
    assert [CRITERIA[kind](read) for kind in ("FACILITY", "ORG", "MONEY")] == [2, 1, 0]


def test_the_more_doubtful_comes_first() -> None:
    found = suggest([document("sure", WARD, 0.9), document("doubtful", LOAN, 0.6)], 2)
    assert [s.document.id for s in found] == ["doubtful", "sure"]


def test_words_that_stand_in_a_taken_document_count_no_more() -> None:
    alike = WARD.replace("کوثر", "توحید").replace("سنندج", "سقز").replace("فردا", "امروز").replace("پزشکان", "پرستاران")
    found = suggest([document("first", WARD, 0.5), document("alike", alike, 0.55), document("other", LOAN, 0.7)], 3)
    assert [s.document.id for s in found] == ["first", "other", "alike"]
    assert found[0].new_words == 1 and found[2].new_words < 0.5


def test_copies_of_known_and_of_taken_texts_are_left_out() -> None:
    documents = [document("copy", LOAN + " .", 0.5), document("one", WARD, 0.6), document("two", WARD, 0.7)]
    assert [s.document.id for s in suggest(documents, 3, known=[LOAN])] == ["one"]


def test_a_long_text_that_holds_a_known_brief_is_left_out() -> None:
    rest = " ".join(f"در شهر {i} امروز {i + 3} کارگاه گشوده شد و {i * 7} تن به کار رفتند." for i in range(30))
    long = document("long", f"{rest} {WARD}. {rest}", 0.5)
    assert suggest([long], 1, known=[WARD]) == []
    assert [s.document.id for s in suggest([long], 1, known=[LOAN])] == ["long"]


def test_length_and_subject_are_asked_for() -> None:
    documents = [document("ward", WARD, 0.5), document("loan", LOAN, 0.5)]

    def chosen(wanted: Wanted) -> list[str]:
        return [s.document.id for s in suggest(documents, 3, wanted=wanted)]

    assert chosen(Wanted(about=("بيمارستان",))) == ["ward"]
    assert chosen(Wanted(about=("وام", "کارگر"), least_about=2)) == ["loan"]
    assert chosen(Wanted(about=("شهر سنندج",))) == ["ward"]
    assert chosen(Wanted(about=("تا",))) == ["loan"]
    assert chosen(Wanted(about=("ارستان",))) == []
    assert chosen(Wanted(lengths=(200, 300))) == []


def test_two_documents_of_one_id_are_two() -> None:
    found = suggest([document("1", WARD, 0.5), document("1", LOAN, 0.6)], 2)
    assert [s.document.text for s in found] == [WARD, LOAN]


def test_what_has_no_score_is_not_suggested() -> None:
    assert suggest([document("sure", WARD, 1.0)], 2) == []
    assert suggest([document("single", WARD, 0.5)], 2, criterion=relations_of) == []


def test_what_no_document_can_be_is_refused() -> None:
    with pytest.raises(SuggestionError, match="longer than the longest"):
        Wanted(lengths=(500, 100))
    with pytest.raises(SuggestionError, match="is empty"):
        Wanted(about=("",))
    with pytest.raises(SuggestionError, match="ask for fewer"):
        Wanted(about=("وام",), least_about=2)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "annotations").mkdir()
    header = "document\tcollection\tsource\tid\tsha256\tsplit\n"
    (tmp_path / "annotations/index.tsv").write_text(header, "utf-8")
    lines = [json.dumps(document(n, t, 0.5).to_json(), ensure_ascii=False) for n, t in (("a", WARD), ("b", LOAN))]
    (tmp_path / "read.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_the_command_writes_a_table(repository: Path) -> None:
    arguments = ["suggest", str(repository / "read.jsonl"), "--root", str(repository), "--shortest", "10", "-n", "1"]
    result = CliRunner().invoke(corpus, arguments)
    assert result.exit_code == 0
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert rows[0] == ["source", "document", "doubt", "new_words"]
    assert len(rows) == 2 and rows[1][3] == "1.000"


def test_the_command_says_that_nothing_fits(repository: Path) -> None:
    result = CliRunner().invoke(corpus, ["suggest", str(repository / "read.jsonl"), "--root", str(repository)])
    assert result.exit_code == 1
    assert "ask for less" in result.output


def test_a_damaged_file_is_told(repository: Path) -> None:
    whole = lzma.compress((repository / "read.jsonl").read_bytes() * 50)
    (repository / "read.jsonl.xz").write_bytes(whole[: len(whole) // 2])
    result = CliRunner().invoke(corpus, ["suggest", str(repository / "read.jsonl.xz"), "--root", str(repository)])
    assert result.exit_code == 1
    assert "read.jsonl.xz: can't be read to its end" in result.output
