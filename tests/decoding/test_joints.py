"""Places between words that no mention has an edge at."""

from __future__ import annotations

import pytest

from ssner.decoding.joints import inside_joints
from ssner.decoding.reader import DocumentReader
from ssner.document import Document
from ssner.text import fold, words_of

from .test_bare_heads import Sure


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("ارتش ج.ا.ا آمد", [0, 0, 1, 1, 1, 1, 0]),
        ("آقای Jean-Michel رفت", [0, 0, 1, 1, 0]),
        ("کتابخانه های شهر", [0, 1, 0]),
        ("یک میلیون و ۵۰۵ نفر", [0, 1, 1, 1, 0]),
        ("ساخت - بهره‌برداری", [0, 0, 0]),
        ("تهران-مشهد", [0, 0, 0]),
        ("بخش الف. ب بود", [0, 0, 0, 0, 0]),
        ("ج. ا", [0, 0, 0]),
        ("ها", [0]),
    ],
)
def test_joints(text: str, inside: list[int]) -> None:
    assert inside_joints(words_of(fold(text))) == [bool(i) for i in inside]


def test_a_text_is_read_with_joints() -> None:
    assert [e.text for e in DocumentReader(Sure()).read(Document("d", "ج.ا")).entities] == ["ج.ا"]
    assert [e.text for e in DocumentReader(Sure()).read(Document("d", "ج،ا")).entities] == ["ج", "ا"]
