"""What the page knows of each article, ready for its script: the text, and one or two sides of what was read from it.

Offsets here count UTF-16 units, as the strings of a browser do. What is absent is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..document import Document, Entity, Event, Filler
from .differences import RIGHT, Alignment, Mark, align
from .event_differences import EventMark, align_events
from .wording import persian_value

OFFICIALS: Final = "officials"

Json = dict[str, Any]


def _known(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value not in (None, "", (), [])}


def _rounded(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 3)


def utf16_offsets(text: str) -> Callable[[int], int]:
    """The way from an offset in code points of `text` to one in UTF-16 units."""
    wide = [index for index, char in enumerate(text) if char > "\uffff"] if text and max(text) > "\uffff" else []
    return lambda offset: offset + bisect_left(wide, offset)


@dataclass(frozen=True)
class _Side:
    """One reading of a text, and how it stands against the other.

    Attributes:
        name: `gold` or `predicted`.
        document: The reading.
        mentions: Marks of its mentions, by id.
        relations: Marks of its relations, in order (empty: nothing to compare with).
        events: Marks of its events, by id.
    """

    name: str
    document: Document
    mentions: Mapping[str, Mark] = field(default_factory=dict)
    relations: tuple[Mark, ...] = ()
    events: Mapping[str, EventMark] = field(default_factory=dict)

    def to_json(self) -> Json:
        document = self.document
        place = utf16_offsets(document.text)
        mentions = {c.id: list(c.mentions) for c in document.canonical}
        names = {c.id: c.name for c in document.canonical}
        relations: list[Json] = [
            _known(type=r.type, head=r.head, tail=r.tail, confidence=_rounded(r.confidence)) for r in document.relations
        ]
        for row, mark in zip(relations, self.relations, strict=False):
            row["mark"] = mark.kind
        return {
            "name": self.name,
            "entities": [self._entity(e, place, names) for e in sorted(document.entities, key=lambda e: e.start)],
            "relations": relations,
            "events": [self._event(e, place, mentions) for e in document.events],
        }

    def _entity(self, entity: Entity, place: Callable[[int], int], names: Mapping[str, str]) -> Json:
        mark = self.mentions.get(entity.id)
        name = names.get(entity.canonical or "")
        return _known(
            id=entity.id, type=entity.type, start=place(entity.start), end=place(entity.end),
            confidence=_rounded(entity.confidence), event=entity.event, status=entity.status,
            value=persian_value(entity.value) if entity.value is not None else None,
            reason=entity.value.reason if entity.value is not None else None,
            thing=name if name != entity.text else None,
            mark=mark.kind if mark else None, other=mark.other if mark else None,
        )  # fmt: skip

    def _event(self, event: Event, place: Callable[[int], int], mentions: Mapping[str, list[str]]) -> Json:
        mark = self.events.get(event.id)

        def filled(role: str, fillers: Iterable[Filler]) -> Json:
            return {
                "role": role,
                "fillers": [
                    _known(
                        text=f.text, value=persian_value(f.value) if f.value is not None else None,
                        mentions=[f.entity] if f.entity is not None else mentions.get(f.canonical or "", []),
                        alone=(mark is not None and (role, index) in mark.alone) or None,
                    )
                    for index, f in enumerate(fillers)
                ],
            }  # fmt: skip

        roles = [filled(name, fillers) for name, fillers in event.roles.items()]
        if event.officials:
            roles.append(filled(OFFICIALS, event.officials))
        date = event.date
        return _known(
            id=event.id, type=event.type, status=event.status, confidence=_rounded(event.confidence), roles=roles,
            evidence=[[place(start), place(end)] for start, end in event.evidence],
            date=_known(text=date.text, jalali=date.jalali, iso=date.iso, span=[place(date.start), place(date.end)])
            if date is not None else None,
            province=event.province,
            mark=mark.kind if mark else None, other=mark.other if mark else None,
            unlike=list(mark.unlike) if mark else None,
        )  # fmt: skip


def _sides(document: Document, gold: Document | None) -> list[_Side]:
    if gold is None:
        return [_Side("predicted", document)]
    alignment: Alignment = align(gold, document)
    ours, theirs = align_events(gold, document, alignment)
    return [
        _Side("gold", gold, alignment.gold, alignment.gold_relations, ours),
        _Side("predicted", document, alignment.predicted, alignment.predicted_relations, theirs),
    ]


def _differences(sides: list[Json]) -> int:
    """How many mentions, relations and events are not right; what both sides have otherwise counts once."""
    rows = [(side["name"], row) for side in sides for kind in ("entities", "relations", "events") for row in side[kind]]
    wrong = [(name, row) for name, row in rows if row.get("mark", RIGHT) != RIGHT]
    return sum(name == "gold" or "other" not in row for name, row in wrong)


def article_json(document: Document, gold: Document | None = None) -> Json:
    """One article for the page.

    Args:
        document: What is shown; alone, or beside `gold`.
        gold: The gold of the same text.

    Returns:
        `id`, `text`, `about` (the strings of its metadata), `names` (what a search also looks at), `sides`, and with
        `gold` the number of `differences`.
    """
    shown = _sides(document, gold)
    sides = [side.to_json() for side in shown]
    names = dict.fromkeys(
        name
        for side in shown
        for name in (*(c.name for c in side.document.canonical), *(e.province for e in side.document.events))
        if name
    )
    about = {k: v for k, v in document.meta.items() if isinstance(v, str) and v and len(v) <= 300}
    out: Json = {"id": document.id, "text": document.text, "about": about, "names": list(names), "sides": sides}
    if gold is not None:
        out["differences"] = _differences(sides)
    return out
