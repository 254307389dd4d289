"""The page in a real browser: what a reader does, and what an article must not do."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ssner.corpus.store import load_documents
from ssner.document import Document, Entity
from ssner.events import assemble
from ssner.viewer.page import render_page

from ..conftest import ROOT

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (apt-get install chromium)")
OPENS_WITHIN = 10.0
"""Seconds in which 500 articles must open; it takes about one on an idle machine."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        instance = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield instance
        instance.close()


@pytest.fixture(scope="module")
def gold() -> list[Document]:
    return [assemble(d) for d in load_documents(ROOT, ROOT, collections=("own",))][:12]


Opener = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    pages: list[Any] = []

    def open_page(documents: list[Document], width: int = 1366, **options: Any) -> Any:
        path = tmp_path / "page.html"
        path.write_text(render_page(documents, **options), "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 820})
        page.asked = []
        page.faults = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        assert page.faults == []
        assert all(url.startswith("file:") for url in page.asked)
        page.close()


def test_every_mention_is_marked_and_the_text_is_whole(opened: Opener, gold: list[Document]) -> None:
    page = opened(gold[:1])
    assert page.locator("mark").count() == len(gold[0].entities)
    shown = page.locator(".text").evaluate("node => node.textContent")
    assert "".join(shown.split()) == "".join(gold[0].text.split())
    assert page.evaluate("getComputedStyle(document.querySelector('.text')).direction") == "rtl"


def test_pointing_at_a_mention_draws_its_relations(opened: Opener, gold: list[Document]) -> None:
    document = gold[0]
    relation = document.relations[0]
    page = opened([document])
    assert page.locator("svg g[data-type]").count() == 0
    page.locator(f'mark[data-id="{relation.head}"]').first.hover()
    expected = sum(relation.head in (r.head, r.tail) for r in document.relations)
    assert page.locator("svg g[data-type]").count() == expected
    assert "partner" in page.locator(f'mark[data-id="{relation.tail}"]').first.get_attribute("class")
    page.mouse.move(1, 1)
    page.wait_for_function("document.querySelectorAll('svg g[data-type]').length === 0")


def test_the_evidence_of_an_event_lights_up(opened: Opener, gold: list[Document]) -> None:
    document = gold[0]
    page = opened([document])
    event = document.events[0]
    page.locator(f'.card[data-id="{event.id}"] .event-name').click()
    lit = page.locator(".text .lit").evaluate_all("nodes => nodes.map(n => n.textContent).join('')")
    start, end = event.evidence[0]
    assert "".join(document.text[start:end].split()) in "".join(lit.split())
    page.keyboard.press("Escape")


def test_filters_by_type_status_and_confidence(opened: Opener, gold: list[Document]) -> None:
    events = tuple(replace(e, confidence=0.2 if n else 0.9) for n, e in enumerate(gold[0].events))
    document = gold[0].with_(events=events)
    page = opened([document])
    marks = page.locator("mark:not(.off)")
    before = marks.count()
    page.locator('[data-filter="entity:MONEY"]').click()
    assert marks.count() == before - sum(e.type == "MONEY" for e in document.entities)
    page.locator("#reset").click()
    assert marks.count() == before
    cards = page.locator(".card:not([hidden])")
    assert cards.count() == len(events)
    page.locator('[data-filter="status:COMPLETED"]').click()
    assert cards.count() == sum(e.status != "COMPLETED" for e in events)
    page.locator("#reset").click()
    page.locator("#least").fill("50")
    assert cards.count() == 1


def test_search_knows_other_letters_and_digits(opened: Opener) -> None:
    texts = ("بيمارستان كوثر با ١٢ تخت باز شد.", "درمانگاه نور بسته ماند.")
    page = opened([Document(f"d{n}", text) for n, text in enumerate(texts)])
    page.locator("#search").fill("بیمارستان کوثر با ۱۲")
    page.wait_for_function("document.querySelectorAll('#articles li:not([hidden])').length === 1")
    assert page.locator(".text .found").count() >= 1
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelectorAll('#articles li:not([hidden])').length === 2")


def test_the_keyboard_leads_through_articles_events_and_search(opened: Opener, gold: list[Document]) -> None:
    page = opened(gold[:3])
    current = page.locator('#articles button[aria-current="true"]')
    assert current.get_attribute("data-index") == "0"
    page.keyboard.press("j")
    assert current.get_attribute("data-index") == "1"
    page.keyboard.press("k")
    assert current.get_attribute("data-index") == "0"
    page.keyboard.press("n")
    assert "event-name" in page.evaluate("document.activeElement.className")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_gold_and_prediction_stand_side_by_side_with_their_differences(opened: Opener, gold: list[Document]) -> None:
    document = gold[0]
    missed, *kept = document.entities
    wrong = replace(kept[0], type="ORG" if kept[0].type != "ORG" else "PERSON")
    relations = tuple(r for r in document.relations if missed.id not in (r.head, r.tail))
    predicted = assemble(document.with_(entities=(wrong, *kept[1:]), relations=relations, events=(), canonical=()))
    page = opened([predicted], gold=[document])
    assert page.locator(".side").count() == 2
    marked = page.locator("mark[data-mark]").evaluate_all("nodes => nodes.map(n => n.dataset.mark)")
    assert "missed" in marked and len(set(marked)) >= 3
    page.locator("#wrong-only").click()
    assert 0 < page.locator("mark:not(.off)").count() < 8


def test_a_hostile_article_runs_nothing(opened: Opener) -> None:
    evil = (
        '<img src=x onerror="window.pwned=1"></script><script>window.pwned=1</script><!-- <svg onload=window.pwned=1>'
    )
    text = f"بیمارستان نور {evil} باز شد."
    start = text.index("<img")
    entity = Entity("T1", "FACILITY", start, start + len(evil), evil, event="CONSTRUCTION", status="COMPLETED")
    document = assemble(Document(evil, text, {"title": evil}, entities=(entity,)))
    page = opened([document], title=evil)
    page.locator("mark").first.hover()
    page.locator(".card .event-name").first.click()
    page.locator("#search").fill("<img")
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img, main script, main svg[onload]").count() == 0
    assert evil in page.locator(".text").evaluate("node => node.textContent")


def test_five_hundred_articles_open_and_turn_fast_enough(opened: Opener, gold: list[Document]) -> None:
    many = [gold[n % len(gold)].with_(id=f"n{n}") for n in range(500)]
    started = time.perf_counter()
    page = opened(many)
    assert page.locator("#articles li").count() == 500
    for _ in range(20):
        page.keyboard.press("j")
    assert page.locator('#articles button[aria-current="true"]').get_attribute("data-index") == "20"
    assert time.perf_counter() - started < OPENS_WITHIN
    assert page.locator(".text").count() == 1
    assert len(json.dumps([d.to_json() for d in many], ensure_ascii=False)) > 1_000_000


def test_a_phone_is_not_scrolled_sideways(opened: Opener, gold: list[Document]) -> None:
    page = opened(gold[:2], width=390)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
