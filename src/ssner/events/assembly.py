"""Events of a document out of its mentions, relations and attributes (SCHEMA section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from ..document import Canonical, Document, Event, Filler
from ..schema import EVENT_FRAMES, STATUSES
from ..text import Segmented, segment
from .aliases import link_mentions
from .dates import DateFinder
from .drafts import Draft, Part
from .gathering import statements, works
from .merging import merge_drafts, same_value
from .places import ProvinceFinder
from .valuing import with_values

_RANK: Final = {status: rank for rank, status in enumerate(STATUSES)}


class Explained(NamedTuple):
    """A document with its events, and for each of them what it rests on."""

    document: Document
    parts: dict[str, tuple[Part, ...]]


def assemble(document: Document) -> Document:
    """The document with values, canonical entities and events.

    Deterministic. An event's confidence is the smallest among the mentions and relations that it rests on. Its date and
    province are given where the text states them; dates without a year are resolved against `meta["date"]` (the
    article's own, ISO or Jalali), where that is known.
    """
    return explain(document).document


def explain(document: Document) -> Explained:
    """What `assemble` makes of a document, with the mentions, relations and rules behind each event."""
    segmented = segment(document.text)
    document = with_values(document, segmented)
    entities, canonical = link_mentions(document.entities, document.text, document.relations)
    document = document.with_(entities=entities, canonical=canonical)
    told = [*works(document, segmented), *statements(document, segmented)]
    drafts = [d for d in merge_drafts(told) if not _lone_party(d)]
    names = {c.id: c for c in canonical}
    officials = _officials(document)
    dates = DateFinder(segmented, document)
    provinces = ProvinceFinder(segmented, document)
    events: list[Event] = []
    parts: dict[str, tuple[Part, ...]] = {}
    for draft in sorted(drafts, key=lambda d: (min(m.start for m in d.mentions), EVENT_FRAMES.index(d.frame))):
        things = {m.canonical for mentions in draft.roles.values() for m in mentions if m.canonical}
        people = [person for thing in sorted(things) for person in officials[thing]]
        evidence = _evidence(draft, segmented)
        confidences = draft.confidences
        event = Event(
            id=f"E{len(events) + 1}",
            type=draft.frame.name,
            status=min(draft.statuses, key=_RANK.__getitem__) if draft.statuses else None,
            confidence=round(min(confidences), 4) if confidences else None,
            evidence=evidence,
            roles=_fillers(draft, names),
            officials=tuple(_named(names[p]) for p in dict.fromkeys(people)),
            date=dates.of_event(draft.core),
            province=provinces.of_event(things, evidence),
        )
        events.append(event)
        parts[event.id] = tuple(draft.parts)
    return Explained(document.with_(events=tuple(events)), parts)


def _lone_party(draft: Draft) -> bool:
    """Whether an agreement's parties turned out to be one thing under two names."""
    return draft.frame.name == "AGREEMENT" and len({m.canonical for m in draft.roles["party"]}) < 2


def _named(canonical: Canonical) -> Filler:
    return Filler(canonical.name, canonical=canonical.id)


def _fillers(draft: Draft, names: dict[str, Canonical]) -> dict[str, tuple[Filler, ...]]:
    out: dict[str, tuple[Filler, ...]] = {}
    for role in draft.frame.roles:
        mentions = draft.roles.get(role.name, [])
        sizes = draft.inner_sizes if role.name == "capacity" else []
        if not mentions and not sizes:
            continue
        if role.has_value:
            fillers = [Filler(m.text, entity=m.id, value=m.value) for m in mentions]
            for size in sizes:
                if not any(same_value(size.value, f.value) for f in fillers):
                    fillers.append(Filler(size.words, entity=size.mention.id, value=size.value))
            out[role.name] = tuple(fillers)
        else:
            ids = dict.fromkeys(m.canonical for m in mentions if m.canonical)
            out[role.name] = tuple(_named(names[i]) for i in ids)
    return out


def _evidence(draft: Draft, segmented: Segmented) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences that hold its mentions."""
    numbers: Iterable[int] = sorted({segmented.sentence_of(m.start) for m in draft.mentions})
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
