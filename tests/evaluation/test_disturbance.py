"""Disturbed texts: every mention is found where it stands then."""

from __future__ import annotations

import pytest

from ssner.document import Document, Entity, Relation
from ssner.evaluation.disturbance import DISTURBANCES, disturbed

TEXT = "مدیرعامل «صندوق کارگشا» گفت:\nدرمانگاه حضرت مهدی(عج) با ۱۲٫۵ میلیارد تومان، ۳۰ تخت می‌گیرد."
MENTIONS = (
    ("ORG", "صندوق کارگشا"),
    ("FACILITY", "درمانگاه حضرت مهدی(عج)"),
    ("MONEY", "۱۲٫۵ میلیارد تومان"),
    ("QUANTITY", "۳۰ تخت"),
)
BY_NAME = {disturbance.name: disturbance for disturbance in DISTURBANCES}


def document() -> Document:
    entities = tuple(
        Entity(f"T{n}", kind, TEXT.index(words), TEXT.index(words) + len(words), words)
        for n, (kind, words) in enumerate(MENTIONS, 1)
    )
    return Document("d", TEXT, entities=entities)


@pytest.mark.parametrize(
    ("name", "text", "mentions"),
    [
        ("half_spaces", TEXT.replace("\u200c", ""), [words for _, words in MENTIONS]),
        (
            "arabic_letters", TEXT.replace("ی", "ي").replace("ک", "ك"),
            ["صندوق كارگشا", "درمانگاه حضرت مهدي(عج)", "۱۲٫۵ ميليارد تومان", "۳۰ تخت"],
        ),
        (
            "latin_digits", TEXT.replace("۱۲٫۵", "12٫5").replace("۳۰", "30"),
            ["صندوق کارگشا", "درمانگاه حضرت مهدی(عج)", "12٫5 میلیارد تومان", "30 تخت"],
        ),
        (
            "punctuation",
            "مدیرعامل  صندوق کارگشا  گفت \nدرمانگاه حضرت مهدی عج  با ۱۲٫۵ میلیارد تومان  ۳۰ تخت می‌گیرد ",
            ["صندوق کارگشا", "درمانگاه حضرت مهدی عج", "۱۲٫۵ میلیارد تومان", "۳۰ تخت"],
        ),
        ("line_breaks", TEXT.replace("\n", " "), [words for _, words in MENTIONS]),
    ],
)  # fmt: skip
def test_text_and_mentions(name: str, text: str, mentions: list[str]) -> None:
    found = disturbed(document(), BY_NAME[name])
    assert found.text == text
    assert [e.text for e in found.entities] == mentions
    assert [found.text[e.start : e.end] for e in found.entities] == mentions


def test_a_mention_of_marks_alone_goes_with_the_marks() -> None:
    text = "مبلغ - تومان"
    entities = (Entity("T1", "ORG", 0, 4, "مبلغ"), Entity("T2", "MONEY", 5, 6, "-"))
    found = disturbed(
        Document("d", text, entities=entities, relations=(Relation("FUNDS", "T1", "T2"),)), BY_NAME["punctuation"]
    )
    assert [e.id for e in found.entities] == ["T1"]
    assert found.relations == ()
