"""Scores of events: which roles are filled rightly, with values compared as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from ..document import Document, Event, Filler
from .matching import Score
from .spans import best_pairs
from .things import shared_names, value_key


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


def _attached(gold: list[Counter[RoleFact]], predicted: list[Counter[RoleFact]]) -> list[tuple[int, int]]:
    """Events of both matched one to one by the fillers that they share, the best sum of them."""
    if not gold or not predicted:
        return []
    return best_pairs(np.array([[(g & p).total() for p in predicted] for g in gold], dtype=np.float64))


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
        ours_named, theirs_named = shared_names(gold, predicted)
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
