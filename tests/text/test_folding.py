from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.text import ZWNJ, fold, fold_string

from ..conftest import needs_hazm

MESSY = st.text(
    st.one_of(
        st.sampled_from("يكةأإؤئ٣۳3\u200c\u200d\u200f\u200e\u064b\u0651ـ\u00a0\ufeff\r\n ﻻﷲ،.«»بپتسمن"), st.characters()
    )
)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("علي كريمي", "علی کریمی"),
        ("تأمين إجتماعي", "تامین اجتماعی"),
        ("مدرسة", "مدرسه"),
        ("٣۳3", "۳۳۳"),
        ("بیمارستان\u200cها", "بیمارستان\u200cها"),
        ("بیمارستان\u200c\u200cها", "بیمارستان\u200cها"),
        ("بیمارستان\u00acها", "بیمارستان\u200cها"),
        ("بیمارستان\u200c ها", "بیمارستان ها"),
        ("بیمارستان \u200cها", "بیمارستان ها"),
        ("ها\u200c", "ها"),
        ("۵۰۰\u00a0تخت", "۵۰۰ تخت"),
        ("مُدیرِ", "مدیر"),
        ("بیمــارستان", "بیمارستان"),
        ("\ufeffخبر", "خبر"),
        ("\u200fخبر\u200e", "خبر"),
        ("الف\r\nب", "الف\nب"),
        ("الف\rب", "الف\nب"),
        ("ﻻ", "لا"),
    ],
)
def test_folds_to(raw: str, folded: str) -> None:
    assert fold_string(raw) == folded


@given(MESSY)
def test_every_folded_character_comes_from_a_raw_one_in_order(raw: str) -> None:
    text = fold(raw)
    assert len(text.offsets) == len(text.folded) + 1
    assert text.offsets[-1] == len(raw)
    assert all(a <= b for a, b in zip(text.offsets, text.offsets[1:], strict=False))
    for index, char in enumerate(text.folded):
        source = raw[text.offsets[index]]
        assert char in (source, "\n") or char in fold_string(source) or char == ZWNJ or char == " "


@given(MESSY)
def test_positions_are_the_inverse_of_offsets(raw: str) -> None:
    text = fold(raw)
    assert len(text.positions) == len(raw) + 1
    for raw_index, position in enumerate(text.positions):
        assert text.offsets[position] >= raw_index
        assert position == 0 or text.offsets[position - 1] < raw_index


@given(MESSY)
def test_folding_is_idempotent(raw: str) -> None:
    once = fold_string(raw)
    assert fold_string(once) == once


def test_raw_span_holds_the_diacritics_of_its_last_letter_but_no_direction_mark() -> None:
    raw = "دکترِ\u200f علی"
    start, end = fold(raw).raw_span(0, 4)
    assert raw[start:end] == "دکترِ"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 9)])
def test_raw_span_refuses_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span"):
        fold("متن").raw_span(start, end)


@needs_hazm
def test_folding_agrees_with_the_character_tables_of_hazm() -> None:
    from hazm import Normalizer

    reference = Normalizer(
        correct_spacing=False, remove_diacritics=True, remove_specials_chars=False, decrease_repeated_chars=False,
        persian_style=False, persian_numbers=True, unicodes_replacement=False, seperate_mi=False,
    )  # fmt: skip
    letters = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءآئ"
    differing = {
        char: (fold_string(char), reference.normalize(char))
        for char in letters + "يكىةأإؤۀ" + "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
        if fold_string(char) != reference.normalize(char)
    }
    # hazm keeps the hamza and the closed ta; we fold them, since pages write each of these words both ways.
    assert set(differing) <= set("ةأإؤۀ")


def test_a_ligature_and_a_tatweel_do_not_cancel_each_other() -> None:
    text = fold("ﻻله بهـ بیمارستان")
    assert text.folded == "لاله به بیمارستان"
    assert text.raw_span(0, 4) == (0, 3) and text.raw_span(5, 7) == (4, 7)
