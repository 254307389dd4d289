"""A self-contained right-to-left page of documents: one HTML file that asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from ..document import Document
from ..schema import ENTITY_TYPES, EVENT_FRAMES, RELATION_TYPES, STATUS_PERSIAN
from ..text.folding import FOLDING_TABLE
from .articles import OFFICIALS, article_json

TITLE: Final = "رویدادهای استخراج‌شده"
_SCRIPTS: Final = (
    "elements.js", "state.js", "folding.js", "differences.js", "text.js", "wires.js", "cards.js", "inspector.js",
    "pointing.js", "article.js", "list.js", "controls.js", "keys.js", "start.js",
)  # fmt: skip
"""The page's script in pieces, in the order in which they are joined."""


class GoldError(ValueError):
    """Gold and what is shown do not belong together."""


def _labels() -> dict[str, Any]:
    """The schema's names as readers of Persian have them."""
    return {
        "entities": {t.name: t.persian for t in ENTITY_TYPES},
        "relations": {t.name: t.persian for t in RELATION_TYPES},
        "events": {f.name: f.persian for f in EVENT_FRAMES},
        "roles": {f.name: {r.name: r.persian for r in f.roles} | {OFFICIALS: "مسئولان"} for f in EVENT_FRAMES},
        "statuses": STATUS_PERSIAN,
    }


def _embedded(data: Any) -> Markup:
    """JSON that may stand in a script element: `<`, `>`, `&` and halves of surrogate pairs are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text))


def _source(text: str) -> str:
    """A source as the content security policy names it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


@cache
def _assets() -> tuple[str, str]:
    """The style and the script."""
    folder = files("ssner.viewer") / "templates"
    pieces = [(folder / name).read_text("utf-8") for name in _SCRIPTS]
    style = (folder / "page.css").read_text("utf-8")
    return "\n" + style, '\n(() => {\n"use strict";\n' + "\n".join(pieces) + "})();\n"


def _policy(style: str, script: str) -> str:
    """Only this very style and script; nothing from the network, no markup made from strings."""
    return (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(style)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _gold_by_id(gold: Iterable[Document]) -> dict[str, Document]:
    by_id: dict[str, Document] = {}
    for document in gold:
        if document.id in by_id:
            raise GoldError(f"two documents are called {document.id}; keep one")
        by_id[document.id] = document
    return by_id


def render_page(documents: Iterable[Document], title: str = TITLE, gold: Iterable[Document] | None = None) -> str:
    """The page as one HTML string.

    Nothing that comes from a document can run: it is escaped JSON, which the script sets as text alone.

    Args:
        documents: What is shown, in order.
        title: Of the page.
        gold: Gold to set beside it, by id; what has no counterpart is shown alone, or not at all if it is gold.

    Raises:
        GoldError: Two gold documents have one id, a text is not that of its counterpart, or no id is in both.
    """
    known = _gold_by_id(gold) if gold is not None else {}
    articles, paired = [], 0
    for document in documents:
        counterpart = known.get(document.id)
        if counterpart is not None and counterpart.text != document.text:
            raise GoldError(f"{document.id}: the texts differ; extract from the very text that was annotated")
        paired += counterpart is not None
        articles.append(article_json(document, counterpart))
    if gold is not None and not paired:
        raise GoldError("no document has the id of one that is shown; ids must be the same in both")
    style, script = _assets()
    environment = Environment(loader=PackageLoader("ssner.viewer"), autoescape=True, trim_blocks=True)
    return environment.get_template("page.html.j2").render(
        title=title,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        compared=paired > 0,
        data=_embedded({"articles": articles, "labels": _labels(), "folding": FOLDING_TABLE}),
    )
