"""Copies of documents with other names: what is annotated stays right."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

pytest.importorskip("datasets")

from ssner.corpus.store import CorpusError
from ssner.document import Document, Entity, Relation
from ssner.training.renaming import listed_names, names_of, renamed, renamed_copies


def document(name: str, *pieces: tuple[str, str | None]) -> Document:
    """From pieces of text with the type of each, or none."""
    text, entities = "", []
    for words, kind in pieces:
        if kind:
            entities.append(Entity(f"T{len(entities) + 1}", kind, len(text), len(text) + len(words), words))
        text += words
    return Document(name, text, entities=tuple(entities), relations=(Relation("OPERATED_BY", "T1", "T2"),))


FIRST = document(
    "a", ("درمانگاه نور", "FACILITY"), (" از ", None), ("صندوق تعاون", "ORG"), (" است. ", None),
    ("این درمانگاه", "FACILITY"), (" با ", None), ("۵ تخت", "QUANTITY"), (" به ", None), ("صندوق تعاون", "ORG"),
    (" رسید.", None),
)  # fmt: skip
SECOND = document(
    "b", ("بیمارستان آفتاب", "FACILITY"), (" با ", None), ("سازمان امداد", "ORG"), (" کار می‌کند؛ ", None),
    ("موسسه «سپید»", "ORG"), (" نه.", None),
)  # fmt: skip
OTHERS = names_of([SECOND])


def test_names_give_way_to_others_of_their_type_and_all_else_stays() -> None:
    other = renamed(FIRST, OTHERS, 1.0, random.Random(0))
    pattern = "بیمارستان آفتاب از سازمان امداد است. این درمانگاه با [۱-۹] تخت به سازمان امداد رسید."
    assert re.fullmatch(pattern, other.text)
    assert [other.text[e.start : e.end] for e in other.entities] == [e.text for e in other.entities]
    assert [(e.id, e.type) for e in other.entities] == [(e.id, e.type) for e in FIRST.entities]
    assert other.relations == FIRST.relations


def test_a_name_with_marks_in_it_neither_goes_nor_comes() -> None:
    assert "موسسه «سپید»" in renamed(SECOND, names_of([FIRST]), 1.0, random.Random(0)).text
    assert all("«" not in name for names in OTHERS.values() for name in names)


def test_figures_get_other_digits_of_their_script_and_keep_their_form() -> None:
    counted = document(
        "e", ("۴۰٬۵۰۷ میلیارد ریال", "MONEY"), (" و ", None), ("12.5 درصد", "QUANTITY"), (" و ", None),
        ("سه تخت", "QUANTITY"), (" و ", None), ("۴۰٬۵۰۷ میلیارد ریال", "MONEY"),
    )  # fmt: skip
    texts = {renamed(counted, OTHERS, 1.0, random.Random(seed)).text for seed in range(30)}
    pattern = r"([۱-۹]۰٬[۱-۹]۰[۱-۹] میلیارد ریال) و [1-9]{2}\.[1-9] درصد و سه تخت و \1"
    assert len(texts) > 20 and all(re.fullmatch(pattern, text) for text in texts)
    assert renamed(counted, OTHERS, 0.0, random.Random(0)).text == counted.text


def test_a_name_is_replaced_by_one_of_its_length() -> None:
    one = document("c", ("بهزیستی", "ORG"), (" و ", None), ("هلال‌احمر", "ORG"))
    assert renamed(one, OTHERS, 1.0, random.Random(0)).text == one.text


def test_a_name_that_touches_a_word_stays() -> None:
    glued = document("d", ("صندوق (تعاون)", "ORG"), ("برای ", None), ("صندوق تعاون", "ORG"), (" است.", None))
    assert renamed(glued, OTHERS, 1.0, random.Random(0)).text == "صندوق (تعاون)برای سازمان امداد است."


def test_copies_are_drawn_by_the_seed() -> None:
    small = [[(f"درمانگاه شماره{i}", "FACILITY"), ("،", None), ("اداره کار", "ORG")] for i in range(8)]
    documents = [FIRST, SECOND, *(document(str(i), *pieces) for i, pieces in enumerate(small))]
    copies = renamed_copies(documents, 0.5, 7)
    assert len(copies) == 5 and copies == renamed_copies(documents, 0.5, 7)
    originals = {d.id: d for d in documents}
    assert any(copy.text != originals[copy.id].text for copy in copies)
    assert renamed_copies(documents, 0.0, 7) == []


def test_names_of_a_list_come_too(tmp_path: Path) -> None:
    for kind, names in {"ORG": "بنیاد نیکان\nموسسه «سپید»\n", "FACILITY": "سد کرخه\n\n", "PERSON": ""}.items():
        (tmp_path / f"{kind}.txt").write_text(names, "utf-8")
    listed = listed_names(tmp_path)
    assert listed == {("ORG", 2): ["بنیاد نیکان"], ("FACILITY", 2): ["سد کرخه"]}
    texts = [renamed_copies([FIRST], 1.0, seed, 1.0, listed)[0].text for seed in range(20)]
    assert any("بنیاد نیکان" in text for text in texts) and any("سد کرخه" in text for text in texts)
    (tmp_path / "ORG.txt").unlink()
    with pytest.raises(CorpusError, match=r"ORG\.txt cannot be read"):
        listed_names(tmp_path)
