"""An event in words: what it rests on and by which rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..document import Document, Event
from ..events.drafts import Part
from .table import say_value

_RULES: Final = {
    "event attribute": "the mention's event attribute begins the event",
    "relation": "a relation of the event's anchor",
    "relation of the value": "a relation of a value that fills a role",
}


def _confidence(value: float | None) -> str:
    return f" ({value:.2f})" if value is not None else ""


def _line(document: Document, part: Part) -> str:
    mention = part.mention
    shown = f"{mention.id} {mention.type} «{' '.join(mention.text.split())}» {mention.start}-{mention.end}"
    shown += _confidence(mention.confidence)
    if part.rule == "event attribute":
        return f"{shown}: {mention.event}, {mention.status or 'no status'}; {_RULES[part.rule]}"
    relation = part.relation
    if relation is None:
        return f"{shown}: {part.rule}"
    head, tail = document.entity(relation.head), document.entity(relation.tail)
    role = f" as {part.role}" if part.role else ""
    return f"{shown}{role}: {head.id} {relation.type} {tail.id}{_confidence(relation.confidence)}; {_RULES[part.rule]}"


def explain_event(document: Document, event: Event, parts: Iterable[Part]) -> str:
    """Lines that tell an event and, below, the mentions, relations and rules that made it.

    Args:
        document: With canonical entities and events.
        event: One of its events.
        parts: What the event rests on (`ssner.events.explain`).
    """
    lines = [f"{document.id} {event.id} {event.type} {event.status or 'no status'}{_confidence(event.confidence)}"]
    for name, fillers in event.roles.items():
        for filler in fillers:
            said = f" = {say_value(filler.value)}" if filler.value is not None else f" [{filler.canonical}]"
            lines.append(f"  {name}: {' '.join(filler.text.split())}{said}")
    lines += [f"  official: {f.text} [{f.canonical}]" for f in event.officials]
    if event.date is not None:
        lines.append(f"  date: {event.date.text} = {event.date.jalali or '?'} = {event.date.iso or '?'}")
    if event.province is not None:
        lines.append(f"  province: {event.province}")
    lines.append("Rests on:")
    lines += [f"  {_line(document, part)}" for part in dict.fromkeys(parts)]
    things = {f.canonical for fillers in event.roles.values() for f in fillers if f.canonical}
    shared = [c for c in document.canonical if c.id in things and len(c.mentions) > 1]
    if shared:
        lines.append("One thing under several names:")
        lines += [f"  {c.id} {c.name}: {', '.join(c.mentions)}" for c in shared]
    lines.append("Evidence:")
    lines += [f"  {start}-{end} {' '.join(document.text[start:end].split())}" for start, end in event.evidence]
    return "\n".join(lines)
