"""Drafts of events out of a document's mentions, relations and attributes, one for each statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ..document import Document, Entity, Relation, Value
from ..schema import EVENT_FRAMES, MENTION_EVENTS
from ..text import Segmented, fold, words_of
from ..values import numerals_of, read_quantity
from ..values.numerals import SHARES, number_prefix
from ..values.reading import split_glued
from ..values.units import UNITS
from .counting import counted
from .doings import Doings
from .drafts import DONE, Draft, InnerSize
from .sizes import size_unit
from .spelling import plain_words

_WORKS_RELATIONS: Final = frozenset({"COSTS", "HAS_CAPACITY", "PROGRESS", "OPERATED_BY", "PART_OF"})


def _outgoing(document: Document) -> dict[str, list[Relation]]:
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


def sizes_within(name: str) -> list[tuple[str, Value]]:
    """Sizes that stand inside a facility's name (`بیمارستان ۵۰۰ تختخوابی …`): their words and values."""
    if not any(map(str.isdecimal, name)) and not any(number_prefix(w) or w in SHARES for w in plain_words(name)):
        return []
    words = split_glued(words_of(fold(name)))
    out: list[tuple[str, Value]] = []
    for numeral in numerals_of(words):
        for last in (numeral.last + 2, numeral.last + 1):
            value = read_quantity(words, numeral.first, min(last, len(words)))
            if value.unit is not None and size_unit(value.unit) and value.reason is None:
                unit = value.unit if value.unit in UNITS else size_unit(value.unit)
                value = replace(value, unit=unit)
                out.append((name[words[numeral.first].start : words[min(last, len(words)) - 1].end], value))
                break
    return out


def _about(mention: Entity, drafts: Mapping[str, Draft]) -> list[Draft]:
    """The drafts about the mention's thing, those whose own mention stands nearest first.

    A figure of works that are still to come is not of works that are done.
    """
    found = [d for d in drafts.values() if d.anchor == mention.canonical]
    if mention.status is not None and mention.event is None:
        found = [d for d in found if d.is_done == (mention.status == DONE)] or found
    return sorted(found, key=lambda d: (abs(d.core.start - mention.start), d.core.start))


def _home(head: Entity, tail: Entity, drafts: Mapping[str, Draft], doings: Doings) -> Draft | None:
    """The draft that a relation of a facility belongs to: of works of several kinds the one that its words speak of."""
    about = _about(head, drafts)
    kinds = frozenset(d.frame.name for d in about)
    if len(kinds) > 1 and tail.type in ("MONEY", "QUANTITY"):
        kind = doings.between(head, tail, kinds)
        about = [d for d in about if kind in (None, d.frame.name)]
    return next(iter(about), None)


def works(document: Document, segmented: Segmented) -> list[Draft]:
    """One draft for each FACILITY mention that is worked on, with what hangs on it and on the mentions near it."""
    by_id = {e.id: e for e in document.entities}
    outgoing = _outgoing(document)
    frames = {f.name: f for f in EVENT_FRAMES if f.name in MENTION_EVENTS}
    drafts: dict[str, Draft] = {}
    for entity in document.entities:
        if entity.event is not None and entity.canonical is not None:
            draft = Draft(frames[entity.event], entity.canonical, entity)
            draft.fill("event attribute", "facility", entity)
            draft.inner_sizes += [InnerSize(entity, *size) for size in sizes_within(entity.text)]
            if entity.status:
                draft.statuses.add(entity.status)
            drafts[entity.id] = draft
    for entity in document.entities:
        if entity.type == "FACILITY" and entity.id not in drafts:
            sizes = [InnerSize(entity, *size) for size in sizes_within(entity.text)]
            for about in _about(entity, drafts)[:1] if sizes else ():
                about.inner_sizes += sizes
                about.rest_on("size in the name", entity, role="capacity")
    doings = Doings(segmented, document)
    for relation in document.relations:
        if relation.type not in _WORKS_RELATIONS:
            continue
        head, tail = by_id[relation.head], by_id[relation.tail]
        home = _home(head, tail, drafts, doings) if head.type == "FACILITY" else None
        if home is None:
            continue
        role = next(r for r in home.frame.roles if r.relation == relation.type and r.via is None)
        home.rest_on("relation", head, relation)
        home.fill("relation", role.name, tail, relation)
        _follow(home, role.name, tail, outgoing, by_id)
    return list(drafts.values())


def statements(document: Document, segmented: Segmented) -> list[Draft]:
    """One draft for each FUNDS, REPORTS and COOPERATES_WITH."""
    starts = {word.start: index for index, word in enumerate(segmented.words)}
    by_id = {e.id: e for e in document.entities}
    outgoing = _outgoing(document)
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
            if tail.type in ("MONEY", "QUANTITY"):
                draft.counted = counted(tail, segmented, starts)
            out.append(draft)
    return out
