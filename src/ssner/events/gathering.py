"""Drafts of events out of a document's mentions, relations and attributes, one for each statement."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from ..document import Document, Entity, Relation, Value
from ..schema import EVENT_FRAMES, MENTION_EVENTS
from ..text import Segmented, fold, words_of
from ..values import numerals_of, read_quantity
from ..values.reading import split_glued
from .counting import counted
from .drafts import Draft

_WORKS_RELATIONS: Final = frozenset({"COSTS", "HAS_CAPACITY", "PROGRESS", "OPERATED_BY", "PART_OF"})


def _changes(document: Document) -> dict[str, list[Relation]]:
    out: dict[str, list[Relation]] = defaultdict(list)
    for relation in document.relations:
        out[relation.head].append(relation)
    return out


def _follow(
    draft: Draft, value_role: str, value: Entity, outgoing: dict[str, list[Relation]], by_id: dict[str, Entity]
) -> None:
    """Fill the roles that start from a value: what it was before, by how much it changed."""
    for role in draft.frame.roles:
        if role.via == value_role:
            for relation in outgoing[value.id]:
                if relation.type == role.relation:
                    draft.fill("relation of the value", role.name, by_id[relation.tail], relation)


_SIZES: Final = frozenset(["تخت", "تختخواب", "طبقه", "هکتار", "مترمربع", "متر", "واحد", "نفر"])


def sizes_within(name: str) -> list[tuple[str, Value]]:
    """Sizes that stand inside a facility's name (`بیمارستان ۵۰۰ تختخوابی …`): their words and values."""
    words = split_glued(words_of(fold(name)))
    out: list[tuple[str, Value]] = []
    for numeral in numerals_of(words):
        for last in (numeral.last + 2, numeral.last + 1):
            value = read_quantity(words, numeral.first, min(last, len(words)))
            if value.unit in _SIZES and value.reason is None:
                out.append((name[words[numeral.first].start : words[min(last, len(words)) - 1].end], value))
                break
    return out


def _nearest(mention: Entity, drafts: dict[str, Draft]) -> Draft | None:
    """The draft about the mention's thing whose own mention stands nearest."""
    candidates = [d for d in drafts.values() if d.anchor == mention.canonical]
    return min(candidates, key=lambda d: (abs(d.core.start - mention.start), d.core.start), default=None)


def works(document: Document) -> list[Draft]:
    """One draft for each FACILITY mention that is worked on, with what hangs on it and on the mentions near it."""
    by_id = {e.id: e for e in document.entities}
    outgoing = _changes(document)
    frames = {f.name: f for f in EVENT_FRAMES if f.name in MENTION_EVENTS}
    drafts: dict[str, Draft] = {}
    for entity in document.entities:
        if entity.event is not None and entity.canonical is not None:
            draft = Draft(frames[entity.event], entity.canonical, entity)
            draft.fill("event attribute", "facility", entity)
            draft.inner_sizes += sizes_within(entity.text)
            if entity.status:
                draft.statuses.add(entity.status)
            drafts[entity.id] = draft
    for entity in document.entities:
        about = _nearest(entity, drafts) if entity.type == "FACILITY" and entity.id not in drafts else None
        if about is not None:
            about.inner_sizes += sizes_within(entity.text)
    for relation in document.relations:
        if relation.type not in _WORKS_RELATIONS:
            continue
        head, tail = by_id[relation.head], by_id[relation.tail]
        home = _nearest(head, drafts) if head.type == "FACILITY" else None
        if home is None:
            continue
        draft = home
        role = next(r for r in draft.frame.roles if r.relation == relation.type and r.via is None)
        draft.rest_on("relation", head, relation)
        draft.fill("relation", role.name, tail, relation)
        _follow(draft, role.name, tail, outgoing, by_id)
    return list(drafts.values())


def statements(document: Document, segmented: Segmented) -> list[Draft]:
    """One draft for each FUNDS, REPORTS and COOPERATES_WITH."""
    starts = {word.start: index for index, word in enumerate(segmented.words)}
    by_id = {e.id: e for e in document.entities}
    outgoing = _changes(document)
    out: list[Draft] = []
    for frame in EVENT_FRAMES:
        if frame.trigger is None:
            continue
        for relation in document.relations:
            head = by_id[relation.head]
            if relation.type != frame.trigger or head.canonical is None:
                continue
            tail = by_id[relation.tail]
            role = next(r for r in frame.roles if r.relation == frame.trigger)
            draft = Draft(frame, head.canonical, tail if role.has_value else head)
            if head.status:
                draft.statuses.add(head.status)
            draft.fill("relation", frame.roles[0].name, head, relation)
            draft.fill("relation", role.name, tail, relation)
            if role.has_value:
                _follow(draft, role.name, tail, outgoing, by_id)
            if tail.type == "QUANTITY":
                draft.counted = counted(tail, segmented, starts)
            out.append(draft)
    return out
