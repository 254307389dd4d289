"""What `این` with a head noun points at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .groups import OFFICES, Group, Likeness, latest
from .heads import FREE_HEADS, UNIT_HEADS
from .names import Name, name_of

_ANY_HEADS: Final = {
    "ORG": frozenset(
        ["سازمان", "اداره", "ادارهکل", "شرکت", "نهاد", "مجموعه", "ستاد", "مرکز", "واحد", "دستگاه", "تشکل", "هلدینگ",
         "وزارت", "معاونت", "مدیریت", "تشکیلات", "موسسه"]
    ),
    "FACILITY": frozenset(
        ["مرکز", "مجموعه", "واحد", "ساختمان", "بنا", "مکان", "محل", "مجتمع", "کارگاه", "پایگاه", "پروژه", "طرح", "بخش"]
    ),
}  # fmt: skip
"""Head nouns by which `این` points at things of other names."""
_PROJECTS: Final = frozenset({"پروژه", "طرح"})
_PARTS: Final = frozenset({"بخش", "واحد"})
"""Head nouns by which `این` points at a part of a building as well."""


def _is_unit(group: Group) -> bool:
    return group.longest is not None and group.longest.head in UNIT_HEADS


class Pointer:
    """Finds the antecedents of demonstratives among the groups of a document."""

    def __init__(self, groups: list[Group]) -> None:
        self._groups = groups
        self._within: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}

    def note(self, start: int, name: Name) -> None:
        """Note the names that stand inside a mention's name (`اورژانس بیمارستان …`)."""
        if not name.points:
            for at in range(1, len(name.words) - 1):
                self._within[name.kind, name.words[at]] = start, name.words[at:]

    def pointed(self, kind: str, head: str) -> Group | None:
        """What `این` with a head noun points at: the nearest with that head, else, for wide nouns, the nearest."""
        same_kind = [g for g in self._groups if g.kind == kind]
        found = latest(g for g in same_kind if head in g.heads)
        if found is None and kind == "ORG" and head in OFFICES:
            found = latest(g for g in same_kind if g.is_office)
        inner = self._inner(kind, head, found.last if found is not None else -1, same_kind)
        if inner is not None:
            return inner
        if found is not None or head not in _ANY_HEADS.get(kind, ()):
            return found
        named = [g for g in same_kind if g.longest is not None]
        for choice in self._choices(kind, head, named):
            if choice:
                return latest(choice)
        return None

    def _choices(self, kind: str, head: str, named: Sequence[Group]) -> tuple[list[Group], ...]:
        """Antecedents of a wide noun, the likelier ones first."""
        if kind == "ORG":
            return (list(named),)
        if head in _PROJECTS:
            return [g for g in named if any(m.event for m in g.members)], list(named)
        if head in _PARTS:
            return (list(named),)
        return [g for g in named if not _is_unit(g)], list(named)

    def _inner(self, kind: str, head: str, after: int, same_kind: Sequence[Group]) -> Group | None:
        """What a name mentioned later than `after` holds within (`این بیمارستان` after `اورژانس بیمارستان …`)."""
        start, words = self._within.get((kind, head), (-1, ()))
        if start <= after:
            return None
        name = name_of(kind, words)
        fits = [(g.likeness(name), g) for g in same_kind]
        houses = [(fit, g) for fit, g in fits if g.longest is not None and g.longest.head in FREE_HEADS["FACILITY"]]
        known: Group | None = None
        others = [(fit, g) for fit, g in fits if g.last != start]
        for choice in ([(fit, g) for fit, g in fits if head in g.heads], houses, others):
            best = max((fit for fit, _ in choice), default=Likeness.NONE)
            known = known or (latest(g for fit, g in choice if fit == best) if best else None)
        if known is None:
            known = Group(kind)
            known.learn(name)
            self._groups.append(known)
        return known
