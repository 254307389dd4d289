from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

import pytest

from ssner.corpus.store import load_documents
from ssner.document import Document, Entity, Value
from ssner.events import assemble
from ssner.viewer.page import GoldError, render_page
from ssner.viewer.table import event_rows, format_table, say_value

from ..conftest import ROOT


def first() -> Document:
    return assemble(next(load_documents(ROOT, ROOT, collections=("own",))))


def embedded(page: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(data)
    return found


def test_a_page_is_right_to_left_and_asks_nothing_of_the_network() -> None:
    page = render_page([first()])
    assert '<html lang="fa" dir="rtl">' in page and "default-src &#39;none&#39;" in page
    assert not re.search(r"""\b(?:src|href|action)\s*=|url\(|@import|fetch\(|XMLHttpRequest""", page)
    assert set(re.findall(r"https?://[\w./]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_the_page_holds_the_whole_text_and_every_mention() -> None:
    document = first()
    (article,) = embedded(render_page([document]))["articles"]
    (side,) = article["sides"]
    assert article["text"] == document.text
    assert [(e["id"], e["type"]) for e in side["entities"]] == [(e.id, e.type) for e in document.entities]
    assert len(side["relations"]) == len(document.relations) and len(side["events"]) == len(document.events)


def test_offsets_count_as_a_browser_counts() -> None:
    text = "📲 بیمارستان نور"
    document = Document("d", text, entities=(Entity("T1", "FACILITY", 2, len(text), text[2:]),))
    (article,) = embedded(render_page([document]))["articles"]
    (entity,) = article["sides"][0]["entities"]
    assert (entity["start"], entity["end"]) == (3, len(text) + 1)


def test_markup_in_a_text_is_no_markup_of_the_page() -> None:
    text = "</script><script>alert(1)</script><!-- بیمارستان <b onclick='x'>نور</b>"
    start = text.index("<b")
    document = Document("<img src=x>", text, entities=(Entity("T1", "ORG", start, len(text), text[start:]),))
    page = render_page([document], title="<i>")
    assert "alert(1)</script>" not in page and "<b onclick" not in page and "<img" not in page and "<i>" not in page
    assert embedded(page)["articles"][0]["text"] == text


def test_gold_of_another_text_or_of_no_shown_document_is_refused() -> None:
    document = first()
    with pytest.raises(GoldError, match="texts differ"):
        render_page([document], gold=[Document(document.id, "متنی دیگر")])
    with pytest.raises(GoldError, match="no document has the id"):
        render_page([document], gold=[document.with_(id="another")])
    with pytest.raises(GoldError, match="two documents"):
        render_page([document], gold=[document, document])


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
