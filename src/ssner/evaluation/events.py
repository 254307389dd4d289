"""Scores of events: which roles are filled rightly, with values compared as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..document import Document, Event, Filler, Value
from .matching import Score


class RoleFact(NamedTuple):
    """One filler of one role.

    Attributes:
        event: Type of the event.
        role: Name of the role (`official` for officials).
        filler: What fills it, so that equal fillers are equal: a number with its measure, or the mentions of a thing.
    """

    event: str
    role: str
    filler: object


def value_key(value: Value | None, text: str) -> tuple[object, ...]:
    """What makes two values equal: their numbers and currency; unread ones are equal by their words.

    The unit is left out: where a text understands it (`از ۱۳ به ۲۳ تخت`), what it is called is a matter of taste.
    """
    if value is None or value.reason is not None:
        return ("unread", "".join(text.split()))
    return (value.number, value.low, value.high, value.currency)


def _spans(document: Document) -> dict[str, frozenset[tuple[int, int]]]:
    """Canonical entity → spans of its mentions."""
    places = {e.id: (e.start, e.end) for e in document.entities}
    return {c.id: frozenset(places[m] for m in c.mentions) for c in document.canonical}


def _key(filler: Filler, things: Mapping[str, object]) -> object:
    if filler.canonical is not None:
        return things[filler.canonical]
    return value_key(filler.value, filler.text)


def role_facts(event: Event, things: Mapping[str, object]) -> Counter[RoleFact]:
    """The filled roles of an event, officials among them."""
    out: Counter[RoleFact] = Counter()
    for role, fillers in (*event.roles.items(), ("official", event.officials)):
        for filler in fillers:
            out[RoleFact(event.type, role, _key(filler, things))] += 1
    return out


def _shared_names(gold: Document, predicted: Document) -> tuple[dict[str, object], dict[str, object]]:
    """Names for the things of both documents, alike where they share most mentions (one to one, greatest first)."""
    ours, theirs = _spans(gold), _spans(predicted)
    pairs = sorted(
        ((len(a & b), i, j) for i, a in ours.items() for j, b in theirs.items() if a & b),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    names: dict[str, object] = {}
    guesses: dict[str, object] = {}
    for _, i, j in pairs:
        if i not in names and j not in guesses:
            names[i] = guesses[j] = ("thing", i)
    return (
        {i: names.get(i, ("gold only", i)) for i in ours},
        {j: guesses.get(j, ("predicted only", j)) for j in theirs},
    )


def _attached(gold: list[Counter[RoleFact]], predicted: list[Counter[RoleFact]]) -> list[tuple[int, int]]:
    """Events of both matched one to one by the fillers that they share, the best sum of them."""
    if not gold or not predicted:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    shared = np.array([[(g & p).total() for p in predicted] for g in gold])
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if shared[r, c]]


def score_events(pairs: Iterable[tuple[Document, Document]]) -> dict[str, Score]:
    """Scores of events over documents, each gold with its prediction.

    Returns:
        `roles_attached`: fillers, within events matched one to one; `roles_unattached`: fillers, wherever they stand;
        `events_whole`: events of which every filler is right; `status`: statuses of matched events. By type of event
        as well, as `roles_attached/CONSTRUCTION`.
    """
    totals: dict[str, Score] = {
        name: Score() for name in ("roles_attached", "roles_unattached", "events_whole", "status")
    }

    def add(name: str, kind: str, score: Score) -> None:
        for key in (name, f"{name}/{kind}"):
            totals[key] = totals.get(key, Score()) + score

    for gold, predicted in pairs:
        ours_named, theirs_named = _shared_names(gold, predicted)
        for kind in sorted({e.type for e in (*gold.events, *predicted.events)}):
            ours = [e for e in gold.events if e.type == kind]
            theirs = [e for e in predicted.events if e.type == kind]
            facts = [role_facts(e, ours_named) for e in ours]
            guesses = [role_facts(e, theirs_named) for e in theirs]
            all_facts, all_guesses = sum(facts, Counter()), sum(guesses, Counter())
            sizes = all_guesses.total(), all_facts.total()
            add("roles_unattached", kind, Score((all_facts & all_guesses).total(), *sizes))
            matched = _attached(facts, guesses)
            add("roles_attached", kind, Score(sum((facts[i] & guesses[j]).total() for i, j in matched), *sizes))
            whole = sum(facts[i] == guesses[j] for i, j in matched)
            add("events_whole", kind, Score(whole, len(theirs), len(ours)))
            right = sum(ours[i].status == theirs[j].status for i, j in matched)
            add("status", kind, Score(right, len(matched), len(matched)))
    return totals
