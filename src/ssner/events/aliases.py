"""Canonical entities: which mentions of a document name one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..document import Canonical, Entity
from ..text import ZWNJ, fold_string

_NAMED: Final = ("ORG", "FACILITY", "PERSON")
_DEMONSTRATIVES: Final = ("این", "آن", "همین", "همان")
_EMPTY_HEADS: Final = frozenset({"سازمان", "اداره", "اداره‌کل", "ادارهکل", "شرکت", "استان"})
_SAYYID: Final = frozenset({"سید", "سیده"})


def _key(text: str) -> tuple[str, ...]:
    """Words of a name for matching: folded, without half-spaces."""
    return tuple(fold_string(text).replace(ZWNJ, "").split())


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the head nouns that are left out at will (`سازمان تأمین اجتماعی` is `تأمین اجتماعی`)."""
    return tuple(w for w in words if w not in _EMPTY_HEADS) or words


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((tuple(w for w in n if w not in _SAYYID) or n for n in (one, other)), key=len)
    return long[-len(short) :] == short


def _antecedent(words: tuple[str, ...], groups: Sequence[tuple[str, list[Entity]]], kind: str) -> list[Entity] | None:
    """The group whose latest mention a demonstrative points back to: the nearest of its type with that head noun."""
    head = words[1] if len(words) > 1 else ""
    best: list[Entity] | None = None
    for group_kind, members in groups:
        named = [m for m in members if _key(m.text)[0] not in _DEMONSTRATIVES]
        fits = group_kind == kind and any(head in _key(m.text)[:1] for m in named)
        if fits and (best is None or members[-1].start > best[-1].start):
            best = members
    if best is None and head in _EMPTY_HEADS | {"نهاد", "مجموعه", "ستاد", "مرکز", "واحد"}:
        for group_kind, members in groups:
            if group_kind == kind and (best is None or members[-1].start > best[-1].start):
                best = members
    return best


def link_mentions(entities: Sequence[Entity]) -> tuple[tuple[Entity, ...], tuple[Canonical, ...]]:
    """Give every ORG, FACILITY and PERSON mention its canonical entity.

    Mentions are one thing where their folded names agree (head nouns such as `سازمان` may be left out), where a surname
    ends an earlier or later full name, or where `این`/`آن` with a head noun points back to the nearest mention with
    that head.

    Args:
        entities: Mentions in order of place.

    Returns:
        The mentions with `canonical` set, and the canonical entities, named by their longest mention.
    """
    groups: list[tuple[str, list[Entity]]] = []
    for entity in entities:
        if entity.type not in _NAMED:
            continue
        words = _key(entity.text)
        home: list[Entity] | None = None
        if words[0] in _DEMONSTRATIVES:
            home = _antecedent(words, groups, entity.type)
        else:
            for kind, members in reversed(groups):
                if kind == entity.type and any(_matches(kind, words, _key(m.text)) for m in members):
                    home = members
                    break
        if home is None:
            home = []
            groups.append((entity.type, home))
        home.append(entity)
    canonical: list[Canonical] = []
    names: dict[str, str] = {}
    for number, (kind, members) in enumerate(groups, 1):
        named = [m for m in members if _key(m.text)[0] not in _DEMONSTRATIVES] or members
        name = max(named, key=lambda m: (len(m.text), -m.start)).text
        canonical.append(Canonical(f"C{number}", kind, name, tuple(m.id for m in members)))
        names.update((m.id, f"C{number}") for m in members)
    linked = tuple(_with_canonical(e, names.get(e.id)) for e in entities)
    return linked, tuple(canonical)


def _matches(kind: str, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if other[0] in _DEMONSTRATIVES:
        return False
    if kind == "PERSON":
        return _same_person(one, other)
    return "".join(_core(one)) == "".join(_core(other))


def _with_canonical(entity: Entity, name: str | None) -> Entity:
    return replace(entity, canonical=name)
