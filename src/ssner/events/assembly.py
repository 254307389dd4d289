"""Events of a document out of its mentions, relations and attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from ..document import Canonical, Document, Entity, Event, Filler, Relation, Value
from ..schema import EVENT_FRAMES, MENTION_EVENTS, STATUSES, EventFrame
from ..text import Segmented, fold, segment, words_of
from ..values import numerals_of, read_money, read_quantity
from .aliases import link_mentions

_WORKS_RELATIONS: Final = frozenset({"COSTS", "HAS_CAPACITY", "PROGRESS", "OPERATED_BY", "PART_OF"})


@dataclass
class _Draft:
    """An event being put together.

    Attributes:
        frame: Its type.
        anchor: The canonical entity that it hangs on.
        statuses: What its mentions say.
        roles: Mentions that fill each role.
        inner_sizes: Sizes that stand inside the facility's own name, with their words.
        mentions: Mentions that it rests on, for evidence.
        confidences: Of its parts.
    """

    frame: EventFrame
    anchor: str
    statuses: set[str] = field(default_factory=set)
    roles: dict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))
    inner_sizes: list[tuple[str, Value]] = field(default_factory=list)
    mentions: list[Entity] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)

    def rest_on(self, mention: Entity, relation: Relation | None = None) -> None:
        self.mentions.append(mention)
        parts = (mention.confidence, relation.confidence if relation is not None else None)
        self.confidences += [c for c in parts if c is not None]

    def fill(self, role: str, mention: Entity, relation: Relation | None = None) -> None:
        if mention not in self.roles[role]:
            self.roles[role].append(mention)
        self.rest_on(mention, relation)


def with_values(document: Document, segmented: Segmented | None = None) -> Document:
    """The document with the value of every MONEY and QUANTITY mention."""
    segmented = segmented or segment(document.text)
    words = segmented.words
    starts = {w.start: i for i, w in enumerate(words)}
    ends = {w.end: i + 1 for i, w in enumerate(words)}
    entities: list[Entity] = []
    for index, entity in enumerate(document.entities):
        if entity.type not in ("MONEY", "QUANTITY"):
            entities.append(entity)
            continue
        sentence = segmented.sentence_of(entity.start)
        following: list[tuple[int, int]] = []
        for later in islice(document.entities, index + 1, None):
            if segmented.sentence_of(later.start) != sentence:
                break
            if later.type == entity.type:
                following.append((starts[later.start], ends[later.end]))
        read = read_money if entity.type == "MONEY" else read_quantity
        value = read(words, starts[entity.start], ends[entity.end], following)
        entities.append(replace(entity, value=value))
    return document.with_(entities=tuple(entities))


def assemble(document: Document) -> Document:
    """The document with values, canonical entities and events (SCHEMA section 4).

    Deterministic. An event's confidence is the smallest among the mentions and relations that it rests on.
    """
    segmented = segment(document.text)
    document = with_values(document, segmented)
    entities, canonical = link_mentions(document.entities)
    document = document.with_(entities=entities, canonical=canonical)
    drafts = [d for d in _merge([*_works(document), *_by_relation(document)]) if not _lone_party(d)]
    names = {c.id: c for c in canonical}
    officials = _officials(document)
    order = {status: i for i, status in enumerate(STATUSES)}
    events: list[Event] = []
    for draft in sorted(drafts, key=lambda d: (min(m.start for m in d.mentions), EVENT_FRAMES.index(d.frame))):
        things = {m.canonical for mentions in draft.roles.values() for m in mentions if m.canonical}
        people = [person for thing in sorted(things) for person in officials[thing]]
        events.append(
            Event(
                id=f"E{len(events) + 1}",
                type=draft.frame.name,
                status=min(draft.statuses, key=order.__getitem__) if draft.statuses else None,
                confidence=round(min(draft.confidences), 4) if draft.confidences else None,
                evidence=_evidence(draft.mentions, segmented),
                roles=_fillers(draft, names),
                officials=tuple(_named(names[p]) for p in dict.fromkeys(people)),
            )
        )
    return document.with_(events=tuple(events))


def _lone_party(draft: _Draft) -> bool:
    """Whether an agreement's parties turned out to be one thing under two names."""
    return draft.frame.name == "AGREEMENT" and len({m.canonical for m in draft.roles["party"]}) < 2


def _named(canonical: Canonical) -> Filler:
    return Filler(canonical.name, canonical=canonical.id)


def _fillers(draft: _Draft, names: dict[str, Canonical]) -> dict[str, tuple[Filler, ...]]:
    out: dict[str, tuple[Filler, ...]] = {}
    for role in draft.frame.roles:
        mentions = draft.roles.get(role.name, [])
        sizes = draft.inner_sizes if role.name == "capacity" else []
        if not mentions and not sizes:
            continue
        if role.has_value:
            fillers = [Filler(m.text, entity=m.id, value=m.value) for m in mentions]
            anchor = draft.roles[draft.frame.roles[0].name][0].id
            for words, value in sizes:
                if not any(_same_value(value, f.value) for f in fillers):
                    fillers.append(Filler(words, entity=anchor, value=value))
            out[role.name] = tuple(fillers)
        else:
            ids = dict.fromkeys(m.canonical for m in mentions if m.canonical)
            out[role.name] = tuple(_named(names[i]) for i in ids)
    return out


def _evidence(mentions: Iterable[Entity], segmented: Segmented) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences that hold the mentions."""
    numbers = sorted({segmented.sentence_of(m.start) for m in mentions})
    return tuple((segmented.sentences[n].start, segmented.sentences[n].end) for n in numbers if n >= 0)


def _officials(document: Document) -> dict[str, list[str]]:
    by_id = {e.id: e for e in document.entities}
    out: dict[str, list[str]] = defaultdict(list)
    for relation in document.relations:
        if relation.type == "AFFILIATED_WITH":
            person, thing = by_id[relation.head].canonical, by_id[relation.tail].canonical
            if person and thing:
                out[thing].append(person)
    return out


def _changes(document: Document) -> dict[str, list[Relation]]:
    out: dict[str, list[Relation]] = defaultdict(list)
    for relation in document.relations:
        out[relation.head].append(relation)
    return out


def _follow(
    draft: _Draft, value_role: str, value: Entity, outgoing: dict[str, list[Relation]], by_id: dict[str, Entity]
) -> None:
    """Fill the roles that start from a value: what it was before, by how much it changed."""
    for role in draft.frame.roles:
        if role.via == value_role:
            for relation in outgoing[value.id]:
                if relation.type == role.relation:
                    draft.fill(role.name, by_id[relation.tail], relation)


_SIZES: Final = frozenset(["تخت", "تختخواب", "طبقه", "هکتار", "مترمربع", "متر", "واحد", "نفر"])


def sizes_within(name: str) -> list[tuple[str, Value]]:
    """Sizes that stand inside a facility's name (`بیمارستان ۵۰۰ تختخوابی …`): their words and values."""
    words = words_of(fold(name))
    out: list[tuple[str, Value]] = []
    for numeral in numerals_of(words):
        for last in (numeral.last + 2, numeral.last + 1):
            value = read_quantity(words, numeral.first, min(last, len(words)))
            if value.unit in _SIZES and value.reason is None:
                out.append((name[words[numeral.first].start : words[min(last, len(words)) - 1].end], value))
                break
    return out


def _works(document: Document) -> list[_Draft]:
    """One draft for each FACILITY mention that is worked on, with what hangs on it and on the mentions near it."""
    by_id = {e.id: e for e in document.entities}
    outgoing = _changes(document)
    frames = {f.name: f for f in EVENT_FRAMES if f.name in MENTION_EVENTS}
    drafts: dict[str, _Draft] = {}
    for entity in document.entities:
        if entity.event is not None and entity.canonical is not None:
            draft = _Draft(frames[entity.event], entity.canonical)
            draft.fill("facility", entity)
            draft.inner_sizes += sizes_within(entity.text)
            if entity.status:
                draft.statuses.add(entity.status)
            drafts[entity.id] = draft
    for relation in document.relations:
        if relation.type not in _WORKS_RELATIONS:
            continue
        head, tail = by_id[relation.head], by_id[relation.tail]
        if head.type != "FACILITY":
            continue
        candidates = [by_id[i] for i, d in drafts.items() if d.anchor == head.canonical]
        if not candidates:
            continue
        nearest = min(candidates, key=lambda e: (abs(e.start - head.start), e.start))
        draft = drafts[nearest.id]
        role = next(r for r in draft.frame.roles if r.relation == relation.type and r.via is None)
        draft.rest_on(head, relation)
        draft.fill(role.name, tail, relation)
        _follow(draft, role.name, tail, outgoing, by_id)
    return list(drafts.values())


def _by_relation(document: Document) -> list[_Draft]:
    """One draft for each FUNDS, REPORTS and COOPERATES_WITH."""
    by_id = {e.id: e for e in document.entities}
    outgoing = _changes(document)
    out: list[_Draft] = []
    for frame in EVENT_FRAMES:
        if frame.trigger is None:
            continue
        for relation in document.relations:
            head = by_id[relation.head]
            if relation.type != frame.trigger or head.canonical is None:
                continue
            draft = _Draft(frame, head.canonical)
            if head.status:
                draft.statuses.add(head.status)
            draft.fill(frame.roles[0].name, head, relation)
            role = next(r for r in frame.roles if r.relation == frame.trigger)
            draft.fill(role.name, by_id[relation.tail], relation)
            if role.has_value:
                _follow(draft, role.name, by_id[relation.tail], outgoing, by_id)
            out.append(draft)
    return out


def _same_value(one: Value | None, other: Value | None) -> bool:
    if one is None or other is None:
        return one is other
    fields = ("number", "low", "high", "currency", "unit", "kind")
    return all(getattr(one, f) == getattr(other, f) for f in fields) and one.reason is None


def _agree(one: _Draft, other: _Draft) -> bool:
    """Whether two drafts tell one event: same type and anchor, and no role in which both have values that differ."""
    if one.frame is not other.frame:
        return False
    if one.frame.name == "AGREEMENT":
        parties = [{m.canonical for m in d.roles["party"]} for d in (one, other)]
        return parties[0] <= parties[1] or parties[1] <= parties[0]
    if one.anchor != other.anchor:
        return False
    trigger = next((r.name for r in one.frame.roles if r.relation == one.frame.trigger and r.via is None), None)
    if one.frame.trigger is not None and trigger is not None:  # one event for each amount or quantity
        pairs = ((a, b) for a in one.roles[trigger] for b in other.roles[trigger])
        return any(a is b or _same_value(a.value, b.value) for a, b in pairs)
    return not any(
        _contradict([m.value for m in one.roles.get(role.name, [])], [m.value for m in other.roles.get(role.name, [])])
        for role in one.frame.roles
        if role.has_value
    )


def _contradict(ours: Sequence[Value | None], theirs: Sequence[Value | None]) -> bool:
    """Whether values of one role, of the same unit and kind, are all different (beds and an area do not contradict)."""
    alike = [(a, b) for a in ours for b in theirs if a is None or b is None or _measure(a) == _measure(b)]
    return bool(alike) and not any(_same_value(a, b) for a, b in alike)


def _measure(value: Value) -> tuple[str | None, str | None, str | None]:
    return value.currency, value.unit, value.kind


def _merge(drafts: Sequence[_Draft]) -> list[_Draft]:
    out: list[_Draft] = []
    for draft in drafts:
        home = next((d for d in out if _agree(d, draft)), None)
        if home is None:
            out.append(draft)
            continue
        home.statuses |= draft.statuses
        home.inner_sizes += draft.inner_sizes
        home.mentions += draft.mentions
        home.confidences += draft.confidences
        for role, mentions in draft.roles.items():
            has_value = home.frame.role(role).has_value
            for mention in mentions:
                known = home.roles[role]
                if not (has_value and any(_same_value(mention.value, k.value) for k in known)) and mention not in known:
                    known.append(mention)
    return out
