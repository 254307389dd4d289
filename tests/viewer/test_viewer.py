from __future__ import annotations

from fractions import Fraction

import pytest

from ssner.corpus.store import load_documents
from ssner.document import Document, Entity, Value
from ssner.events import assemble
from ssner.viewer.page import render_page
from ssner.viewer.table import event_rows, format_table, say_value

from ..conftest import ROOT


def first() -> Document:
    return assemble(next(load_documents(ROOT, ROOT, collections=("own",))))


def test_a_page_is_right_to_left_and_self_contained() -> None:
    page = render_page([first()])
    assert '<html lang="fa" dir="rtl">' in page
    assert "http://" not in page and "https://" not in page and "<script" not in page


def test_every_mention_is_marked_once_and_the_text_is_whole() -> None:
    import html
    import re

    document = first()
    page = render_page([document])
    (shown,) = re.findall(r'<p class="text" dir="rtl">(.*?)</p>', page, re.DOTALL)
    assert shown.count("<mark") == len(document.entities)
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", shown)) == document.text


def test_markup_in_a_text_is_shown_not_run() -> None:
    text = "<script>alert(1)</script> بیمارستان <b onclick='x'>نور</b>"
    start = text.index("<b")
    document = Document("<img src=x>", text, entities=(Entity("T1", "ORG", start, len(text), text[start:]),))
    page = render_page([document], title="<i>")
    assert "<script>" not in page and "<b onclick" not in page and "<img" not in page and "<i>" not in page


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Value(bound="at_least", number=Fraction(90_000), currency="IRR", written_as="ریال"), "≥90,000 IRR"),
        (Value(bound="range", low=Fraction(2), high=Fraction(3), unit="نفر", kind="count"), "2-3 نفر"),
        (Value(bound="about", number=Fraction(63, 5), unit="درصد", kind="percent"), "~12.6 درصد"),
        (Value(reason="no number can be read", currency="IRR"), "? (no number can be read)"),
    ],
)
def test_values_in_short(value: Value, said: str) -> None:
    assert say_value(value) == said


def test_the_table_has_a_line_for_each_event() -> None:
    document = first()
    table = format_table(event_rows([document]))
    assert len(table.split("\n")) == 2 + len(document.events)
    assert max(map(len, table.split("\n"))) <= 152
