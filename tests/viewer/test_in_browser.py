"""The page in a real browser: what a reader does, and what an article must not do."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from ssner.document import Document
from ssner.events import assemble

from .conftest import Opener
from .pages import HOSPITAL, HOSTILE, OPENING, hospital, hostile, opening

OPENS_WITHIN = 10.0
"""Seconds in which 500 articles must open; it takes about one on an idle machine of two cores."""
SWITCHES_WITHIN = 1.0
"""Seconds in which the next article must be there; it takes about 0.05."""


def texts(locator: Any) -> list[str]:
    found: list[str] = locator.evaluate_all("nodes => nodes.map((node) => node.textContent)")
    return found


def point_at(page: Any, locator: Any) -> None:
    """Move the mouse over the first line of a mention (the middle of its box may lie beside it)."""
    locator.scroll_into_view_if_needed()
    box = locator.evaluate(
        "(node) => { const r = node.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2] }"
    )
    page.mouse.move(*box)


def click_on(page: Any, locator: Any) -> None:
    point_at(page, locator)
    page.mouse.down()
    page.mouse.up()


def mark(page: Any, name: str) -> Any:
    return page.locator(f'mark[data-id="{name}"]')


def card(page: Any, kind: str) -> Any:
    return page.locator(f'.card[data-type="{kind}"]').first


def focused(page: Any, script: str) -> Any:
    return page.evaluate(f"document.activeElement.{script}")


def test_the_text_is_whole_right_to_left_and_every_mention_marked(opened: Opener) -> None:
    page = opened(opening())
    assert texts(page.locator(".text")) == [OPENING]
    assert texts(page.locator("mark")) == [e.text for e in opening().entities]
    assert page.locator(".text").evaluate("(node) => getComputedStyle(node).direction") == "rtl"


def test_mentions_differ_by_label_and_underline_too(opened: Opener) -> None:
    page = opened(opening())
    looks = page.locator("mark").evaluate_all(
        "nodes => nodes.map((n) => [n.dataset.type, getComputedStyle(n, '::before').content,"
        " getComputedStyle(n).textDecorationStyle, getComputedStyle(n).backgroundColor])"
    )
    by_type = {look[0]: look[1:] for look in looks}
    assert by_type["PERSON"][0] == '"شخص"' and len(by_type) == 5
    for column in zip(*by_type.values(), strict=True):
        assert len(set(column)) == 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(opened: Opener, scheme: str) -> None:
    page = opened(opening(), color_scheme=scheme)
    pairs = page.evaluate(
        """() => {
          const style = getComputedStyle(document.body);
          const rgb = (color) => {
            const probe = document.createElement("i");
            probe.style.color = color.startsWith("--") ? style.getPropertyValue(color) : color;
            document.body.append(probe);
            return getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
          };
          const types = ["ORG", "FACILITY", "MONEY", "QUANTITY", "PERSON"];
          return [["--ink", "--paper"], ["--dim", "--paper"], ["--dim", "--ground"], ["--lit-ink", "--lit"],
            ["--bad", "--bad-soft"], ["--warn", "--warn-soft"], ["--good", "--good-soft"],
            ["--accent", "--accent-soft"],
            ...types.flatMap((t) => [["--ink", `--${t}`], [`--${t}-ink`, `--${t}`], [`--${t}-ink`, "--paper"]]),
          ].map(([ink, paper]) => [ink, paper, rgb(ink), rgb(paper)]);
        }"""
    )

    def luminance(color: list[float]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for ink, paper, dark, bright in pairs:
        low, high = sorted((luminance(dark), luminance(bright)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{ink} on {paper}"
    assert (pairs[0][2] < pairs[0][3]) == (scheme == "light")


def test_pointing_at_a_mention_draws_its_relations(opened: Opener) -> None:
    page = opened(opening())
    wires = page.locator(".wires g")
    assert wires.count() == 0
    point_at(page, mark(page, "T1"))
    assert sorted(wires.evaluate_all("nodes => nodes.map((n) => n.dataset.type)")) == ["COSTS", "HAS_CAPACITY"]
    assert mark(page, "T3").get_attribute("data-callout") == "هزینه"
    assert texts(page.locator("mark.partner")) == ["۲۰ تخت", "۹۰ میلیارد ریال"]
    assert "درمانگاه نور نهاوند←هزینه←۹۰ میلیارد ریال" in page.locator("#inspector").text_content()
    page.mouse.move(1, 1)
    assert wires.count() == 0 and page.locator("mark.partner").count() == 0


def test_an_arrow_leads_from_the_head_to_the_tail(opened: Opener) -> None:
    page = opened(opening())
    point_at(page, mark(page, "T4"))
    sheet = page.locator(".wires").bounding_box()
    head, tail = mark(page, "T4").bounding_box(), mark(page, "T5").bounding_box()
    path = page.locator(".wires .line").get_attribute("d")
    start, end = float(path[1:].split(" ")[0]), float(path.split(" ")[-2])
    assert head["x"] <= start + sheet["x"] <= head["x"] + head["width"]
    assert tail["x"] <= end + sheet["x"] <= tail["x"] + tail["width"]


def test_a_mention_that_was_clicked_stays_until_escape(opened: Opener) -> None:
    page = opened(opening())
    click_on(page, mark(page, "T3"))
    page.mouse.move(1, 1)
    assert page.locator(".wires g").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".wires g").count() == 0


def test_a_card_says_all_of_its_event(opened: Opener) -> None:
    page = opened(opening())
    said = card(page, "CONSTRUCTION").inner_text()
    for words in (
        "ساخت",
        "CONSTRUCTION",
        "انجام‌شده",
        "COMPLETED",
        "هزینه",
        "۹۰٬۰۰۰٬۰۰۰٬۰۰۰ ریال",
        "۲۰ تخت",
        "1402-12-07",
        "همدان",
    ):
        assert words in said
    assert "٪" in card(page, "CONSTRUCTION").locator(".confidence").inner_text()


@pytest.mark.parametrize("way", ["hover", "focus", "click"])
def test_the_evidence_of_an_event_lights_up(opened: Opener, way: str) -> None:
    document = opening()
    page = opened(document)
    event = next(e for e in document.events if e.type == "CONSTRUCTION")
    if way == "focus":
        page.keyboard.press("n")
        while focused(page, "closest('.card').dataset.id") != event.id:
            page.keyboard.press("n")
    else:
        getattr(card(page, "CONSTRUCTION"), way)(**({"position": {"x": 60, "y": 5}} if way == "click" else {}))
    lit = page.locator(".text .lit")
    start, end = event.evidence[0]
    assert "".join(texts(lit)) == OPENING[start:end]
    assert mark(page, "T2").get_attribute("data-callout") == "ظرفیت"
    page.keyboard.press("Escape")
    page.mouse.move(1, 1)
    assert lit.count() == 0


def test_evidence_out_of_sight_is_brought_into_sight(opened: Opener) -> None:
    document = opening()
    far = "\n\n".join(["بند"] * 80) + "\n\n"
    moved = [replace(e, start=e.start + len(far), end=e.end + len(far)) for e in document.entities]
    page = opened(assemble(Document("far", far + OPENING, {}, tuple(moved), document.relations)))
    assert not _is_in_sight(page, mark(page, "T1"))
    card(page, "CONSTRUCTION").click()
    assert _is_in_sight(page, page.locator(".lit").first)


def _is_in_sight(page: Any, locator: Any) -> bool:
    seen: bool = locator.evaluate(
        "(node) => { const r = node.getBoundingClientRect();"
        " return node.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }"
    )
    return seen


def test_filters_by_entity_type_event_type_status_and_confidence(opened: Opener) -> None:
    document = opening()
    page = opened(document, hospital())
    marks, cards, listed = (
        page.locator("mark:not(.off)"),
        page.locator(".card:visible"),
        page.locator("#articles li:visible"),
    )
    page.uncheck('[data-filter="entity:MONEY"]')
    assert marks.count() == 6 and cards.count() == len(document.events)
    page.click("#reset")
    assert marks.count() == 8
    page.uncheck('[data-filter="event:CONSTRUCTION"]')
    assert cards.count() == len(document.events) - 1 and listed.count() == 1
    page.check('[data-filter="event:CONSTRUCTION"]')
    page.uncheck('[data-filter="status:PLANNED"]')
    assert cards.count() == sum(e.status != "PLANNED" for e in document.events) < len(document.events)
    page.click("#reset")
    page.fill("#least", "60")
    assert cards.count() == sum((e.confidence or 1) >= 0.6 for e in document.events) < len(document.events)
    assert mark(page, "T7").get_attribute("class") == "off"


@pytest.mark.parametrize("query", ["ميليارد", "90 میلیارد", "٩٠ ميليارد", "۹۰\u200cمیلیارد"])
def test_search_minds_neither_letters_nor_digits(opened: Opener, query: str) -> None:
    page = opened(hospital(), opening())
    page.fill("#search", query)
    page.locator("#articles li:first-child").wait_for(state="hidden")
    page.keyboard.press("Enter")
    found = texts(page.locator(".text .found"))
    assert found and "".join(found).startswith(
        "۹۰ میلیارد" if "0" in query or "۰" in query or "٠" in query else "میلیارد"
    )


@pytest.mark.parametrize("query", ["می‌شود", "می شود", "میشود", "کلنگ"])
def test_search_minds_no_half_spaces_and_no_arabic_letters_of_the_text(opened: Opener, query: str) -> None:
    page = opened(opening(), hospital())
    page.fill("#search", query)
    page.keyboard.press("Enter")
    assert "".join(texts(page.locator(".text .found"))) in HOSPITAL
    assert page.locator("#articles li:visible").count() == 1
    assert page.locator("main h2").text_content().startswith("hospital")


def test_search_knows_names_that_stand_in_no_text(opened: Opener) -> None:
    page = opened(opening(), hospital())
    for query, name in (("خبرگزاري ما", "افتتاح"), ("hospital", "hospital")):
        page.fill("#search", query)
        page.keyboard.press("Enter")
        assert page.locator("#articles li:visible").count() == 1
        assert page.locator("main h2").text_content().startswith(name)


def test_search_signs_are_no_pattern(opened: Opener) -> None:
    page = opened(opening())
    for query in (".*", "(", "[ا-ی]", "\\", "-"):
        page.fill("#search", query)
        page.keyboard.press("Enter")
        assert page.locator("#found").text_content() == "یافت نشد"


def test_the_keyboard_moves_between_articles(opened: Opener) -> None:
    page = opened(opening(), hospital(), hostile())
    current = page.locator("#articles [aria-current]")
    for key, index in (("j", "1"), ("j", "2"), ("j", "2"), ("k", "1")):
        page.keyboard.press(key)
        assert current.get_attribute("data-index") == index
    current.focus()
    page.keyboard.press("ArrowUp")
    assert current.get_attribute("data-index") == "0" == focused(page, "dataset.index")
    page.keyboard.press("End")
    assert current.get_attribute("data-index") == "2"


def test_letters_are_known_by_their_place_on_a_persian_keyboard(opened: Opener) -> None:
    page = opened(opening(), hospital())
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true}))")
    assert page.locator("#articles [aria-current]").get_attribute("data-index") == "1"


def test_arrows_move_between_mentions_with_a_visible_focus(opened: Opener) -> None:
    page = opened(opening())
    mark(page, "T1").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert focused(page, "dataset.id") == "T3"
    assert page.locator(".wires g").count() == 1
    outline = mark(page, "T3").evaluate(
        "(node) => getComputedStyle(node).outlineStyle + getComputedStyle(node).outlineWidth"
    )
    assert outline == "solid3px"
    page.keyboard.press("ArrowRight")
    assert focused(page, "dataset.id") == "T2"


def test_slash_searches_and_escape_clears_and_leaves(opened: Opener) -> None:
    page = opened(opening(), hospital())
    page.keyboard.press("/")
    assert focused(page, "id") == "search"
    page.keyboard.type("بعثت j")
    page.keyboard.press("Enter")
    assert page.locator("#articles li:visible").count() == 0
    page.keyboard.press("Escape")
    assert page.input_value("#search") == "" and focused(page, "tagName") == "BODY"
    assert page.locator("#articles li:visible").count() == 2


def test_the_help_opens_and_closes_by_keyboard(opened: Opener) -> None:
    page = opened(opening())
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_the_address_names_the_open_article(opened: Opener) -> None:
    page = opened(opening(), hospital(), hostile())
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.reload()
    assert texts(page.locator(".text")) == [HOSTILE]


def test_a_hostile_article_runs_nothing(opened: Opener) -> None:
    page = opened(hostile())
    assert texts(page.locator(".text")) == [HOSTILE]
    assert texts(page.locator("mark")) == [e.text for e in hostile().entities]
    point_at(page, mark(page, "T1"))
    click_on(page, mark(page, "T2"))
    page.fill("#search", "<script>")
    page.keyboard.press("Enter")
    assert page.locator(".found").count() > 0
    assert page.evaluate("window.broken") is None
    assert page.locator("img, b[onclick], [onerror]").count() == 0 and page.locator("script").count() == 2


def test_even_markup_that_got_in_would_not_run(opened: Opener) -> None:
    page = opened(opening())
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.append("window.broken = 1");
          document.body.append(script);
          try { document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.broken = 2'>"); } catch {}
        }"""
    )
    assert page.evaluate("window.broken") is None


def test_a_page_of_no_documents_says_so(opened: Opener) -> None:
    page = opened()
    page.keyboard.press("j")
    assert page.locator("main").inner_text() == "خبری در این صفحه نیست."


def many(count: int) -> list[Document]:
    """Articles of about 1,300 characters, 40 mentions and 15 events."""
    one = opening()
    entities, relations = [], []
    for part in range(5):
        names = {e.id: f"{e.id}P{part}" for e in one.entities}
        shift = part * (len(OPENING) + 1)
        entities += [
            replace(e, id=names[e.id], start=e.start + shift, end=e.end + shift, canonical=None) for e in one.entities
        ]
        relations += [replace(r, head=names[r.head], tail=names[r.tail]) for r in one.relations]
    whole = assemble(Document("", "\n".join([OPENING] * 5), {}, tuple(entities), tuple(relations)))
    return [whole.with_(id=f"n{index}") for index in range(count)]


def test_five_hundred_articles_open_and_switch_fast_enough(opened: Opener) -> None:
    documents = many(500)
    page = opened(documents[0])
    elements = page.locator("*").count()
    page = opened(*documents)
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].domComplete") / 1000
    assert loaded < OPENS_WITHIN
    assert page.locator("#articles li").count() == 500
    assert page.locator(".text").count() == 1 and page.locator("*").count() < elements + 500 * 10
    began = time.perf_counter()
    for _ in range(10):
        page.keyboard.press("j")
    assert page.locator("main h2").text_content().startswith("n10")
    assert (time.perf_counter() - began) / 10 < SWITCHES_WITHIN


def test_a_phone_has_one_column_and_no_sideways_scrolling(opened: Opener) -> None:
    page = opened(opening(), hospital(), width=390)
    text, cards = page.locator(".text").bounding_box(), page.locator(".cards").bounding_box()
    assert cards["y"] >= text["y"] + text["height"] and not page.locator("#list").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("#list-button")
    page.locator("#articles button").nth(1).click()
    assert texts(page.locator(".text")) == [HOSPITAL] and not page.locator("#list").is_visible()
    card(page, "CONSTRUCTION").click()
    page.click(".back")
    assert focused(page, "className") == "event-name"


def test_only_the_article_is_printed(opened: Opener) -> None:
    page = opened(opening())
    page.emulate_media(media="print")
    assert page.locator(".text").is_visible() and card(page, "CONSTRUCTION").is_visible()
    for hidden in ("#bar", "#filters", "#list", "#inspector"):
        assert not page.locator(hidden).is_visible()
