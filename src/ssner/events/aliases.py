"""Canonical entities: which mentions of a document name one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ..document import Canonical, Entity, Relation
from .groups import Group, Likeness, is_only_new, latest, most_mentioned
from .heads import DEMONSTRATIVES, FACILITY_HEADS, GENERIC_HEADS, PLURALS, WIDE_HEADS
from .names import Name, name_of
from .pointing import Pointer
from .spelling import is_plural, plain_words

_NAMED: Final = ("ORG", "FACILITY", "PERSON")
_SPACE: Final = r"[^\S\r\n\u0085\u2028\u2029]"
_BRACKET: Final = re.compile(rf'[»"”]?{_SPACE}*\({_SPACE}*')
_MARKS: Final = re.compile(rf'(?:[»"”(\[«]|{_SPACE})*')
_AND: Final = re.compile(r"\s*[،,]?\s*و?\s+|\s*[،,]\s*")


def _is_another(name: Name, home: Group) -> bool:
    """Whether a facility in brackets is called otherwise in its head and in all that follows."""
    if name.head not in FACILITY_HEADS or home.longest is None or home.longest.head not in FACILITY_HEADS:
        return False
    if name.head in home.heads or WIDE_HEADS & {name.head, home.longest.head}:
        return False
    return (frozenset(name.core) - FACILITY_HEADS).isdisjoint(home.longest.core)


class _Linker:
    """Puts mentions, in order of place, into groups."""

    def __init__(self, text: str, relations: Iterable[Relation], by_id: Mapping[str, Entity]) -> None:
        self.text = text
        self.parents: dict[str, Entity] = {}
        self.apart: dict[str, set[str]] = defaultdict(set)
        for relation in relations:
            if relation.type == "PART_OF":  # a thing is no part of itself
                self.parents[relation.head] = by_id[relation.tail]
                self.apart[relation.head].add(relation.tail)
                self.apart[relation.tail].add(relation.head)
        self.groups: list[Group] = []
        self.homes: dict[str, Group] = {}
        self.pointer = Pointer(self.groups)
        self.before: Entity | None = None
        self.before_words: tuple[str, ...] = ()

    def add(self, entity: Entity) -> None:
        words = plain_words(entity.text)
        if not words:
            return
        words = self._completed(entity, words)
        name = name_of(entity.type, self._resolved(entity, words))
        home = self._beside(entity, name) or self._home(entity, name)
        if home is None:
            home = Group(entity.type)
            self.groups.append(home)
        home.add(entity, name)
        self.homes[entity.id] = home
        self.pointer.note(entity.start, name)
        self.before, self.before_words = entity, words

    def _between(self, entity: Entity) -> str | None:
        """What stands between the mention before, of the same type, and this one."""
        if self.before is None or self.before.type != entity.type:
            return None
        return self.text[self.before.end : entity.start]

    def _completed(self, entity: Entity, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a conjunct with the head that it shares with the one before (`بیمارستان‌های شریعتی و غرضی`)."""
        between = self._between(entity)
        if between is None or not _AND.fullmatch(between):
            return words
        if entity.type == "PERSON" or not is_plural(self.before_words):
            return words
        if words[0] in DEMONSTRATIVES | FACILITY_HEADS | GENERIC_HEADS or is_plural(words):
            return words
        shared = self.before_words[: 1 if set(PLURALS).isdisjoint(self.before_words[1:2]) else 2]
        return (*shared, *words)

    def _resolved(self, entity: Entity, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with `… این بیمارستان` at their end replaced by the name that it points at."""
        for index in range(1, len(words) - 1):
            if words[index] in DEMONSTRATIVES:
                pointed = self._pointed(entity.type, words[index + 1])
                if pointed is not None and pointed.longest is not None:
                    pointed.touched = entity.start
                    return (*words[:index], *pointed.longest.words)
        parent = self.parents.get(entity.id)
        if parent is not None and words[0] not in DEMONSTRATIVES and entity.type == "FACILITY":
            home = self.homes.get(parent.id)
            named = home.longest.words if home is not None and home.longest is not None else plain_words(parent.text)
            if named and named[0] not in DEMONSTRATIVES and not set(named) <= set(words):
                return (*words, *named)  # a unit is another one in another hospital
        return words

    def _pointed(self, kind: str, head: str) -> Group | None:
        return self.pointer.pointed(kind, head) or self.pointer.pointed("ORG", head)

    def _beside(self, entity: Entity, name: Name) -> Group | None:
        """The group of the mention that this one explains: in brackets or in Latin letters."""
        between = self._between(entity)
        if between is None or self.before is None or self.before.id in self.apart.get(entity.id, ()):
            return None
        home = self.homes[self.before.id]
        if entity.type == "FACILITY" and not entity.text[0].isascii() and _is_another(name, home):
            return None  # `درمانگاه کاوش (بیمارستان رویش)`
        if _MARKS.fullmatch(between) and entity.text[0].isascii() and not self.before.text[0].isascii():
            return home
        if "(" in between and _BRACKET.fullmatch(between) and self.text[entity.end : entity.end + 2].strip()[:1] == ")":
            return home
        return None

    def _home(self, entity: Entity, name: Name) -> Group | None:
        """The group that a mention belongs to, if it is there already."""
        if name.points:
            return self.pointer.pointed(entity.type, name.head)
        open_to = [g for g in self.groups if g.kind == entity.type]
        apart = self.apart.get(entity.id, ())
        if apart:
            open_to = [g for g in open_to if not any(m.id in apart for m in g.members)]
        if is_only_new(name) and entity.event == "CONSTRUCTION":
            built = latest(g for g in open_to if name.head in g.heads and g.is_being_built)
            if built is not None:
                return built
        fits = [(g.likeness(name), g) for g in open_to]
        best = max((fit for fit, _ in fits), default=Likeness.NONE)
        if not best:
            return None
        if (
            best <= Likeness.SHORT and entity.type == "ORG" and not name.is_branch
        ):  # of several branches the one that it is about
            return most_mentioned(g for fit, g in fits if fit == best)
        return latest(g for fit, g in fits if fit == best)


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
    linker = _Linker(text, relations, by_id)
    for entity in entities:
        if entity.type in _NAMED:
            linker.add(entity)
    canonical: list[Canonical] = []
    names: dict[str, str] = {}
    for number, group in enumerate((g for g in linker.groups if g.members), 1):
        named = [m for m in group.members if plain_words(m.text)[0] not in DEMONSTRATIVES] or group.members
        longest = max(named, key=lambda m: (len(m.text), -m.start)).text
        canonical.append(Canonical(f"C{number}", group.kind, longest, tuple(m.id for m in group.members)))
        names.update((m.id, f"C{number}") for m in group.members)
    linked = (replace(e, canonical=names[e.id]) if e.id in names else e for e in entities)
    return tuple(linked), tuple(canonical)
