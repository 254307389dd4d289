from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssner.text import segment


def sentences(raw: str) -> list[str]:
    return [raw[s.start : s.end] for s in segment(raw).sentences]


@pytest.mark.parametrize(
    "one",
    [
        "این رقم ۷۴.۲۵ درصد است.",
        "بیمارستان امام رضا(ع) و حرم حضرت معصومه (س) شلوغ بود.",
        "بخش آی.سی.یو و دستگاه ام.آر.آی آماده شد.",
        "نشانی www.example.ir را ببینید.",
        "او گفت: «شش تخت داریم.»",
        "1. خرید دستگاه",
        "ه. ش. نوری آمد.",
        "(!) شگفت‌آور بود.",
        "نرخ (۵۰۰.۰۰۰ ریال) ثابت ماند.",
    ],
)
def test_does_not_break(one: str) -> None:
    assert sentences(one) == [one]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("بخش باز شد. مدیر آمد.", ["بخش باز شد.", "مدیر آمد."]),
        ("بخش باز شد.مدیر آمد.", ["بخش باز شد.", "مدیر آمد."]),
        ("چرا؟ چون دیر شد!", ["چرا؟", "چون دیر شد!"]),
        ("تیتر خبر\n\nمتن خبر", ["تیتر خبر", "متن خبر"]),
        ("- یکم\n- دوم", ["- یکم", "- دوم"]),
        ("«آمدیم.» او رفت.", ["«آمدیم.»", "او رفت."]),
        ("سال ۱۴۰۲. پایان", ["سال ۱۴۰۲.", "پایان"]),
        ("🔹\nنخست\n🔹\nدوم", ["🔹\nنخست", "🔹\nدوم"]),
        ("رئیس اورژانس در\n#گفتگو\nبا ما:\nگفت", ["رئیس اورژانس در\n#گفتگو\nبا ما:", "گفت"]),
        ("الف\r\nب", ["الف", "ب"]),
        ("شد…\nبعد", ["شد…", "بعد"]),
        ("او گفت: «شش تخت داریم». و رفت.", ["او گفت: «شش تخت داریم».", "و رفت."]),
    ],
)
def test_breaks(raw: str, expected: list[str]) -> None:
    assert sentences(raw) == expected


def test_a_bare_label_does_not_count_between_sentences() -> None:
    segmented = segment("تیتر بلند خبر\nگزارش\nمتن خبر این است.")
    assert [s.is_label for s in segmented.sentences] == [False, True, False]
    assert segmented.distance(0, 2) == 1
    assert segmented.distance(2, 0) == 1
    assert segmented.distance(1, 1) == 0


def test_sentence_of_an_offset() -> None:
    segmented = segment("یک دو.\n\nسه")
    assert [segmented.sentence_of(i) for i in (0, 5, 6, 7, 8, 9, 10)] == [0, 0, -1, -1, 1, 1, -1]


@given(st.text(st.sampled_from("اب۱2 .!؟…«»()\n#🔹،؛:")))
def test_sentences_hold_every_word_once(raw: str) -> None:
    segmented = segment(raw)
    covered = [i for s in segmented.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(segmented.words)))


@given(st.text())
def test_any_text_is_segmented(raw: str) -> None:
    for sentence in segment(raw).sentences:
        assert 0 <= sentence.start < sentence.end <= len(raw)


@pytest.mark.parametrize("raw", ["سلام\n" + "-\n" * 20_000, "سلام" + "!" * 20_000 + "-", "# " * 20_000, "(" * 20_000])
def test_time_does_not_grow_with_the_square(raw: str) -> None:
    import time

    began = time.process_time()
    segment(raw)
    assert time.process_time() - began < 5, "the square would take minutes"


def test_line_breaks_of_every_kind_make_the_same_sentences() -> None:
    text = "#خبر_فوری\n\nبیمارستان شریعتی باز شد\nگزارش\nمدیر آمد."
    for other in ("\r\n", "\r", "\u2028"):
        changed = text.replace("\n", other)
        assert [changed[s.start : s.end] for s in segment(changed).sentences] == sentences(text)
        assert [s.is_label for s in segment(changed).sentences] == [s.is_label for s in segment(text).sentences]
