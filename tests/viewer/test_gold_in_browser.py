"""Gold and prediction side by side in a real browser."""

from __future__ import annotations

from typing import Any

from .conftest import Opener
from .pages import gold_of_opening, hospital, opening


def marked(page: Any, side: str) -> dict[str, str]:
    rows: list[tuple[str, str]] = page.locator(f'[data-side="{side}"] mark[data-mark]').evaluate_all(
        "nodes => nodes.map((node) => [node.dataset.id, node.dataset.mark])"
    )
    return dict(rows)


def test_both_sides_stand_at_one_height_with_their_differences(opened: Opener) -> None:
    page = opened(opening(), gold=[gold_of_opening()])
    gold, predicted = (page.locator(f'[data-side="{side}"] .text') for side in ("gold", "predicted"))
    assert gold.bounding_box()["y"] == predicted.bounding_box()["y"]
    assert gold.bounding_box()["x"] > predicted.bounding_box()["x"]
    assert marked(page, "gold") == {"T4": "boundary", "T5": "type", "T9": "missed"}
    assert marked(page, "predicted") == {"T4": "boundary", "T5": "type", "T6": "spurious"}
    assert page.locator('mark[data-mark="missed"]').get_attribute("data-label") == "مقدار · جاافتاده"


def test_relations_and_events_that_differ_are_named(opened: Opener) -> None:
    page = opened(opening(), gold=[gold_of_opening()])
    missed = page.locator('[data-side="gold"] button.relation', has_text="پیشرفت")
    assert "جاافتاده" in missed.inner_text()
    missed.click()
    assert page.locator('[data-side="gold"] .wires g[data-mark="missed"]').count() == 1
    assert page.locator('[data-side="predicted"] .card[data-mark="spurious"]').count() > 0
    works = page.locator('[data-side="gold"] .card[data-type="CONSTRUCTION"]')
    assert works.get_attribute("data-mark") == "differs"
    assert "تنها این‌جا" in works.inner_text()


def test_pointing_at_one_side_shows_the_counterpart_on_the_other(opened: Opener) -> None:
    page = opened(opening(), gold=[gold_of_opening()])
    page.locator('[data-side="gold"] mark[data-id="T5"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.locator('[data-side="predicted"] mark.twin').get_attribute("data-id") == "T5"


def test_only_the_differences_are_shown_on_demand(opened: Opener) -> None:
    page = opened(opening(), hospital(), gold=[gold_of_opening(), hospital()])
    page.keyboard.press("d")
    assert page.locator("mark:not(.off)").count() == 6
    assert page.locator('.card[data-mark="right"]:visible').count() == 0
    assert page.locator("#articles li:visible").count() == 1
    page.keyboard.press("d")
    assert page.locator("#articles li:visible").count() == 2


def test_one_side_alone_has_its_cards_beside_it(opened: Opener) -> None:
    page = opened(opening(), gold=[gold_of_opening()])
    page.check("[name=sides][value=predicted]")
    assert page.locator(".side").count() == 1
    text, cards = page.locator(".text").bounding_box(), page.locator(".cards").bounding_box()
    assert cards["x"] + cards["width"] <= text["x"]


def test_the_list_counts_differences_and_sorts_by_them(opened: Opener) -> None:
    page = opened(hospital(), opening(), gold=[hospital(), gold_of_opening()])
    assert page.locator("#articles li").nth(0).locator(".difference-count").text_content() == "بی‌تفاوت"
    page.select_option("#order", "differences")
    assert "تفاوت" in page.locator("#articles li").nth(0).text_content()
    assert page.locator("#articles button").nth(0).get_attribute("data-index") == "1"
