from __future__ import annotations

import base64
import hashlib
import json
import re
from fractions import Fraction
from typing import Any

import pytest

from ssner.document import Document, Value
from ssner.schema import EVENT_FRAMES, RELATION_NAMES
from ssner.viewer.articles import article_json, utf16_offsets
from ssner.viewer.page import GoldError, render_page
from ssner.viewer.table import event_rows, format_table, say_value
from ssner.viewer.wording import persian_value

from .pages import HOSTILE, OPENING, gold_of_opening, hostile, opening


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_page_is_right_to_left_and_self_contained() -> None:
    page = render_page([opening()])
    assert '<html lang="fa" dir="rtl">' in page
    assert not re.search(r"(src|href)=|url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


def test_the_policy_allows_just_the_style_and_the_script_of_the_page() -> None:
    page = render_page([opening()])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{directive} &#39;sha256-{digest}&#39;;" in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;") and "unsafe" not in policy[1]


def test_the_text_of_an_article_cannot_end_its_script_element() -> None:
    page = render_page([hostile()], title="<i>")
    assert page.count("<script") == page.count("</script>") == 2
    assert "<img" not in page and "<i>" not in page and "<!--" not in page
    assert data_of(page)["articles"][0]["text"] == HOSTILE


def test_half_of_a_surrogate_pair_can_be_written() -> None:
    page = render_page([Document("a", "نیمه \ud83d اینجا")])
    assert data_of(page)["articles"][0]["text"] == "نیمه \ud83d اینجا" and page.encode("utf-8")


def test_offsets_count_utf16_units() -> None:
    assert [utf16_offsets("آ😀ب😀")(n) for n in range(5)] == [0, 1, 3, 4, 6]
    (side,) = article_json(hostile())["sides"]
    wide = HOSTILE.encode("utf-16-le")
    spans = [wide[e["start"] * 2 : e["end"] * 2].decode("utf-16-le") for e in side["entities"]]
    assert spans == [e.text for e in hostile().entities]


def test_the_page_knows_the_persian_names_of_the_schema() -> None:
    labels = data_of(render_page([opening()]))["labels"]
    assert set(labels["relations"]) == set(RELATION_NAMES)
    for frame in EVENT_FRAMES:
        assert set(labels["roles"][frame.name]) == {r.name for r in frame.roles} | {"officials"}


def test_an_event_has_all_that_is_known_of_it() -> None:
    (side,) = article_json(opening())["sides"]
    works = next(e for e in side["events"] if e["type"] == "CONSTRUCTION")
    assert {r["role"] for r in works["roles"]} == {"facility", "cost", "capacity"}
    assert works["date"]["jalali"] == "1402-12-07" and works["province"] == "همدان" and 0 < works["confidence"] < 1
    start, end = works["date"]["span"]
    assert OPENING[start:end] == "هفتم اسفند ۱۴۰۲"
    cost = next(r for r in works["roles"] if r["role"] == "cost")["fillers"][0]
    assert cost == {"text": "۹۰ میلیارد ریال", "value": "۹۰٬۰۰۰٬۰۰۰٬۰۰۰ ریال", "mentions": ["T3"]}


def test_gold_stands_beside_the_prediction_with_the_differences() -> None:
    article = article_json(opening(), gold_of_opening())
    gold, predicted = article["sides"]
    assert [gold["name"], predicted["name"]] == ["gold", "predicted"]
    marks = {e["id"]: e["mark"] for e in gold["entities"]}
    assert marks == {
        "T1": "right", "T2": "right", "T3": "right", "T4": "boundary", "T5": "type", "T7": "right", "T8": "right",
        "T9": "missed",
    }  # fmt: skip
    assert next(e for e in predicted["entities"] if e["id"] == "T6")["mark"] == "spurious"
    wrong = [row for kind in ("entities", "relations", "events") for row in gold[kind] if row["mark"] != "right"]
    alone = [
        row
        for kind in ("entities", "relations", "events")
        for row in predicted[kind]
        if row["mark"] != "right" and "other" not in row
    ]
    assert article["differences"] == len(wrong) + len(alone)


def test_a_document_that_is_its_own_gold_has_no_differences() -> None:
    assert article_json(opening(), opening())["differences"] == 0


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        ([opening().with_(id="other")], "no document has the id"),
        ([opening(), opening()], "two documents are called درمان/افتتاح"),
        ([Document("درمان/افتتاح", "متن دیگر")], "the texts differ"),
    ],
)
def test_gold_of_other_documents_is_refused(gold: list[Document], said: str) -> None:
    with pytest.raises(GoldError, match=said):
        render_page([opening()], gold=gold)


@pytest.mark.parametrize(
    ("value", "said", "persian"),
    [
        (
            Value(bound="at_least", number=Fraction(90_000), currency="IRR", written_as="ریال"),
            "≥90,000 IRR", "دست‌کم ۹۰٬۰۰۰ ریال",
        ),
        (Value(bound="range", low=Fraction(2), high=Fraction(3), unit="نفر", kind="count"), "2-3 نفر", "۲ تا ۳ نفر"),
        (Value(bound="about", number=Fraction(63, 5), unit="درصد", kind="percent"), "~12.6 درصد", "حدود ۱۲٫۶ درصد"),
        (Value(number=Fraction(1, 3), kind="ratio"), "1/3", "۱/۳"),
        (Value(bound="at_most", number=Fraction(7, 2), currency="SEK"), "≤3.5 SEK", "حداکثر ۳٫۵ SEK"),
        (Value(reason="no number can be read", currency="IRR"), "? (no number can be read)", "خوانده نشد"),
    ],
)  # fmt: skip
def test_values_in_short(value: Value, said: str, persian: str) -> None:
    assert say_value(value) == said
    assert persian_value(value) == persian


def test_the_table_has_a_line_for_each_event() -> None:
    document = opening()
    table = format_table(event_rows([document]))
    assert len(table.split("\n")) == 2 + len(document.events)
    assert max(map(len, table.split("\n"))) <= 152
