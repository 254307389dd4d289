"""A real browser, where one is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ssner.document import Document
from ssner.viewer.page import render_page

Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium of the system. Of a module's life only: while it runs, no other test could start an event loop."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra dev)")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium is installed (apt-get install chromium)")
    with playwright.sync_playwright() as started:
        instance = started.chromium.launch(executable_path=found)
        yield instance
        instance.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens documents as a page; in the end no page may have had an error or asked for anything but itself."""
    contexts: list[Any] = []
    faults: list[str] = []
    asked: list[str] = []

    def open_page(*documents: Document, gold: list[Document] | None = None, width: int = 1366, **options: Any) -> Any:
        path = tmp_path / "page.html"
        path.write_text(render_page(documents, gold=gold), "utf-8")
        context = browser.new_context(viewport={"width": width, "height": 820}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    assert {url.partition("#")[0] for url in asked} == {(tmp_path / "page.html").as_uri()}
