"""Documents for tests, and what their events are."""

from __future__ import annotations

from ssner.document import Document, Entity, Event, Relation
from ssner.events import assemble


def assembled(text: str, mentions: list[tuple], relations: list[tuple[str, str, str]]) -> tuple[Event, ...]:
    """Events of a text; mentions are (type, words, fields), in order of place, and have the ids T1, T2, …"""
    entities, at = [], 0
    for number, (kind, words, *rest) in enumerate(mentions, 1):
        start = text.index(words, at)
        at = start + len(words)
        entities.append(Entity(f"T{number}", kind, start, at, words, **(rest[0] if rest else {})))
    made = Document("d", text, entities=tuple(entities), relations=tuple(Relation(*r) for r in relations))
    return assemble(made).events
