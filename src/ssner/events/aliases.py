"""Canonical entities: which mentions of a document name one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..document import Canonical, Entity, Relation
from .names import DEMONSTRATIVES, Name, name_of, plain_words

_NAMED: Final = ("ORG", "FACILITY", "PERSON")
_ANY_HEADS: Final = {
    "ORG": frozenset(
        ["سازمان", "اداره", "ادارهکل", "شرکت", "نهاد", "مجموعه", "ستاد", "مرکز", "واحد", "دستگاه", "تشکل", "هلدینگ",
         "وزارت", "معاونت", "مدیریت", "تشکیلات", "موسسه"]
    ),
    "FACILITY": frozenset(["مرکز", "مجموعه", "واحد", "ساختمان", "بنا", "مکان", "محل", "مجتمع", "کارگاه", "پایگاه"]),
}  # fmt: skip
"""Head nouns by which `این` points at things of other names."""
_BEFORE_HEADS: Final = frozenset({"شرکت", "موسسه", "مجتمع", "مجموعه"})
"""Heads that stand before another head."""
_ORGANIZATIONS: Final = ("تامیناجتماعی", "بهزیستی", "ثبتاحوال", "نظامپزشکی", "غذاودارو", "فنیوحرفهای", "بیمهسلامت")
"""Bodies that are called `سازمان`, with or without the word."""
_BRACKET: Final = re.compile(r"\s*[(«\[]\s*")


@dataclass
class _Group:
    """Mentions of one thing.

    Attributes:
        kind: Their entity type.
        members: In order of place.
        longest: The longest name; `None` while only demonstratives are known.
        names: All its names.
        heads: First words of its names, and what `این` was followed by.
    """

    kind: str
    members: list[Entity] = field(default_factory=list)
    longest: Name | None = None
    names: list[Name] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)

    @property
    def last(self) -> int:
        """Where it was mentioned last."""
        return self.members[-1].start

    def add(self, entity: Entity, name: Name) -> None:
        self.members.append(entity)
        self.heads.add(name.head)
        if name.head in _BEFORE_HEADS and len(name.words) > 1 and not name.points:
            self.heads.add(name.words[1])  # `شرکت تعاونی …` is meant by `این تعاونی`
        if entity.type == "ORG" and name.joined.startswith(_ORGANIZATIONS):
            self.heads.add("سازمان")
        if name.points:
            return
        if name not in self.names:
            self.names.append(name)
        if self.longest is None or len(name.joined) > len(self.longest.joined):
            self.longest = name

    def likeness(self, name: Name) -> int:
        """How well a name fits: 3 the same words, 2 another spelling, 1 shorter or longer, 0 not at all."""
        if self.longest is None:
            return 0
        if self.kind == "PERSON":
            return 3 if name.is_person(self.longest) else int(name.is_given_name_of(self.longest))
        if any(known.joined == name.joined for known in self.names):
            return 3
        if any(known.is_spelling_of(name) for known in self.names):
            return 2
        if any(known.is_national for known in self.names) and name.is_branch:
            return 0
        return 1 if name.is_short_for(self.longest) or self.longest.is_short_for(name) else 0


def _latest(groups: Iterable[_Group]) -> _Group | None:
    """The group that was mentioned last."""
    return max(groups, key=lambda g: g.last, default=None)


class _Linker:
    """Puts mentions, in order of place, into groups."""

    def __init__(self, text: str, parents: Mapping[str, Entity]) -> None:
        self.text = text
        self.parents = parents
        self.groups: list[_Group] = []
        self.homes: dict[str, _Group] = {}
        self.before: Entity | None = None

    def add(self, entity: Entity) -> None:
        words = plain_words(entity.text)
        if not words:
            return
        name = name_of(entity.type, self._resolved(entity, words))
        home = self._gloss_of(entity) or self._home(entity, name)
        if home is None:
            home = _Group(entity.type)
            self.groups.append(home)
        home.add(entity, name)
        self.homes[entity.id] = home
        self.before = entity

    def _resolved(self, entity: Entity, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with `… این بیمارستان` at their end replaced by the name that it points at."""
        for index in range(1, len(words) - 1):
            if words[index] in DEMONSTRATIVES:
                pointed = self._pointed(entity.type, words[index + 1]) or self._pointed("ORG", words[index + 1])
                if pointed is not None and pointed.longest is not None:
                    return (*words[:index], *pointed.longest.words)
        parent = self.parents.get(entity.id)
        if parent is not None and words[0] not in DEMONSTRATIVES and entity.type == "FACILITY":
            home = self.homes.get(parent.id)
            named = home.longest.words if home is not None and home.longest is not None else plain_words(parent.text)
            if named[0] not in DEMONSTRATIVES and not set(named) <= set(words):
                return (*words, *named)  # a unit is another one in another hospital
        return words

    def _pointed(self, kind: str, head: str) -> _Group | None:
        """What `این` with a head noun points at."""
        same_kind = [g for g in self.groups if g.kind == kind]
        found = _latest(g for g in same_kind if head in g.heads)
        if found is not None or head not in _ANY_HEADS.get(kind, ()):
            return found
        return _latest(g for g in same_kind if g.longest is not None)

    def _gloss_of(self, entity: Entity) -> _Group | None:
        """The group of the mention that this one explains in brackets (`… تأمین اجتماعی (شستا)`)."""
        if self.before is None or self.before.type != entity.type or entity.type == "PERSON":
            return None
        between = self.text[self.before.end : entity.start]
        if "(" in between and _BRACKET.fullmatch(between) and self.text[entity.end : entity.end + 2].strip()[:1] == ")":
            return self.homes.get(self.before.id)
        return None

    def _home(self, entity: Entity, name: Name) -> _Group | None:
        """The group that a mention belongs to, if it is there already."""
        if name.points:
            return self._pointed(entity.type, name.head)
        fits = [(g.likeness(name), g) for g in self.groups if g.kind == entity.type]
        best = max((fit for fit, _ in fits), default=0)
        return _latest(g for fit, g in fits if fit == best) if best else None


def link_mentions(
    entities: Sequence[Entity], text: str = "", relations: Iterable[Relation] = ()
) -> tuple[tuple[Entity, ...], tuple[Canonical, ...]]:
    """Give every ORG, FACILITY and PERSON mention its canonical entity.

    Mentions are one thing where their folded names agree (free head nouns such as `سازمان` and sizes left out; a slip
    of the pen allowed), where one is the other with words left out (a place, an owner, the end of a long name), where a
    surname ends a full name, where one stands in brackets after the other, or where `این`/`آن` with a head noun points
    back to the nearest mention with that head. Of several that fit, the best fit, then the latest mentioned, is taken.

    Args:
        entities: Mentions in order of place.
        text: Of the document, for what stands between mentions.
        relations: Of the document: a unit that is PART_OF a facility is named by that too.

    Returns:
        The mentions with `canonical` set, and the canonical entities, named by their longest mention.
    """
    by_id = {e.id: e for e in entities}
    linker = _Linker(text, {r.head: by_id[r.tail] for r in relations if r.type == "PART_OF"})
    for entity in entities:
        if entity.type in _NAMED:
            linker.add(entity)
    canonical: list[Canonical] = []
    names: dict[str, str] = {}
    for number, group in enumerate(linker.groups, 1):
        named = [m for m in group.members if plain_words(m.text)[0] not in DEMONSTRATIVES] or group.members
        longest = max(named, key=lambda m: (len(m.text), -m.start)).text
        canonical.append(Canonical(f"C{number}", group.kind, longest, tuple(m.id for m in group.members)))
        names.update((m.id, f"C{number}") for m in group.members)
    return tuple(replace(e, canonical=names.get(e.id)) for e in entities), tuple(canonical)
