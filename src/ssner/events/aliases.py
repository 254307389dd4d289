"""Canonical entities: which mentions of a document name one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..document import Canonical, Entity
from ..text import ZWNJ, fold_string

_NAMED: Final = ("ORG", "FACILITY", "PERSON")
_DEMONSTRATIVES: Final = frozenset({"این", "آن", "همین", "همان"})
_EMPTY_HEADS: Final = frozenset({"سازمان", "اداره", "ادارهکل", "شرکت", "استان"})
"""Head nouns that a name is said with or without."""
_ANY_HEADS: Final = _EMPTY_HEADS | {"نهاد", "مجموعه", "ستاد", "مرکز", "واحد"}
"""Head nouns by which `این` points at things of other names."""
_SAYYID: Final = frozenset({"سید", "سیده"})

_Words = tuple[str, ...]


def _words(text: str) -> _Words:
    """Words of a name for matching: folded, without half-spaces, `اداره کل` as one."""
    return tuple(fold_string(text).replace(ZWNJ, "").replace("اداره کل", "ادارهکل").split())


def _core(words: _Words) -> str:
    """A name in one piece, without the head nouns that are left out at will."""
    return "".join(w for w in words if w not in _EMPTY_HEADS) or "".join(words)


def _same_person(one: _Words, other: _Words) -> bool:
    """Whether one name is the end of the other, wherever spaces stand (`سعدی‌نژاد`, `شاپور سعدی نژاد`)."""
    names = [tuple(w for w in name if w not in _SAYYID) or name for name in (one, other)]
    short, long = sorted(names, key=lambda name: len("".join(name)))
    return any("".join(long[start:]) == "".join(short) for start in range(len(long)))


@dataclass
class _Group:
    """Mentions of one thing.

    Attributes:
        kind: Their entity type.
        members: In order of place.
        longest: Words of the longest name; empty while only demonstratives are known.
        cores: See `_core`.
        heads: First words of its names, and what `این` was followed by.
    """

    kind: str
    members: list[Entity] = field(default_factory=list)
    longest: _Words = ()
    cores: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)

    def add(self, entity: Entity, words: _Words) -> None:
        self.members.append(entity)
        if words[0] in _DEMONSTRATIVES:
            self.heads.update(words[1:2])
            return
        self.heads.add(words[0])
        self.cores.add(_core(words))
        if len("".join(words)) > len("".join(self.longest)):
            self.longest = words

    def is_named(self, words: _Words) -> bool:
        """Whether a name is one of this thing's."""
        if not self.longest:
            return False
        if self.kind == "PERSON":
            return _same_person(words, self.longest)
        return _core(words) in self.cores


def _latest(groups: Iterable[_Group]) -> _Group | None:
    """The group that was mentioned last."""
    return max(groups, key=lambda g: g.members[-1].start, default=None)


def _home(entity: Entity, words: _Words, groups: Sequence[_Group]) -> _Group | None:
    """The group that a mention belongs to, if it is there already."""
    same_kind = [g for g in groups if g.kind == entity.type]
    if words[0] not in _DEMONSTRATIVES:
        return _latest(g for g in same_kind if g.is_named(words))
    head = words[1] if len(words) > 1 else ""
    found = _latest(g for g in same_kind if head in g.heads)
    return found if found is not None or head not in _ANY_HEADS else _latest(g for g in same_kind if g.longest)


def link_mentions(entities: Sequence[Entity]) -> tuple[tuple[Entity, ...], tuple[Canonical, ...]]:
    """Give every ORG, FACILITY and PERSON mention its canonical entity.

    Mentions are one thing where their folded names agree (head nouns such as `سازمان` may be left out), where a surname
    ends the full name that was mentioned last, or where `این`/`آن` with a head noun points back to the nearest mention
    with that head.

    Args:
        entities: Mentions in order of place.

    Returns:
        The mentions with `canonical` set, and the canonical entities, named by their longest mention.
    """
    groups: list[_Group] = []
    for entity in entities:
        words = _words(entity.text)
        if entity.type not in _NAMED or not words:
            continue
        home = _home(entity, words, groups)
        if home is None:
            home = _Group(entity.type)
            groups.append(home)
        home.add(entity, words)
    canonical: list[Canonical] = []
    names: dict[str, str] = {}
    for number, group in enumerate(groups, 1):
        named = [m for m in group.members if _words(m.text)[0] not in _DEMONSTRATIVES] or group.members
        name = max(named, key=lambda m: (len(m.text), -m.start)).text
        canonical.append(Canonical(f"C{number}", group.kind, name, tuple(m.id for m in group.members)))
        names.update((m.id, f"C{number}") for m in group.members)
    return tuple(replace(e, canonical=names.get(e.id)) for e in entities), tuple(canonical)
