"""A self-contained right-to-left page: articles with coloured entities and their events as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from ..document import Document
from ..schema import ENTITY_TYPES, STATUS_PERSIAN, entity_type, event_frame
from .table import say_value


def _pieces(document: Document) -> list[dict[str, Any]]:
    """The text in order: plain runs, and mentions with what is known of them."""
    out: list[dict[str, Any]] = []
    at = 0
    for entity in document.entities:
        if entity.start > at:
            out.append({"text": document.text[at : entity.start]})
        notes = [entity_type(entity.type).persian]
        if entity.event:
            notes.append(event_frame(entity.event).persian)
        if entity.status:
            notes.append(STATUS_PERSIAN[entity.status])
        if entity.value is not None:
            notes.append(say_value(entity.value))
        if entity.confidence is not None:
            notes.append(f"{entity.confidence:.0%}")
        out.append({"text": entity.text, "type": entity.type, "note": " · ".join(notes), "id": entity.id})
        at = entity.end
    if at < len(document.text):
        out.append({"text": document.text[at:]})
    return out


def _events(document: Document) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for event in document.events:
        frame = event_frame(event.type)
        roles = [
            {
                "name": frame.role(name).persian,
                "fillers": [
                    {"text": f.text, "value": say_value(f.value) if f.value is not None else ""} for f in fillers
                ],
            }
            for name, fillers in event.roles.items()
        ]
        if event.officials:
            roles.append({"name": "مسئولان", "fillers": [{"text": f.text, "value": ""} for f in event.officials]})
        out.append(
            {
                "name": frame.persian, "type": event.type, "roles": roles,
                "status": STATUS_PERSIAN.get(event.status or "", ""),
                "confidence": "" if event.confidence is None else f"{event.confidence:.0%}",
            }
        )  # fmt: skip
    return out


def render_page(documents: Iterable[Document], title: str = "رویدادهای استخراج‌شده") -> str:
    """The page as one HTML string; everything that comes from a document is escaped."""
    environment = Environment(
        loader=PackageLoader("ssner.viewer"), autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    articles = [{"id": d.id, "pieces": _pieces(d), "events": _events(d)} for d in documents]
    return environment.get_template("page.html.j2").render(title=title, articles=articles, types=ENTITY_TYPES)
