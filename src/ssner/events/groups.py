"""Mentions of one thing, as they are gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ..document import Entity
from .heads import NEW
from .names import Name

_BEFORE_HEADS: Final = frozenset({"شرکت", "موسسه", "مجتمع", "مجموعه"})
"""Heads that stand before another head."""
_ORGANIZATIONS: Final = ("تامیناجتماعی", "بهزیستی", "ثبتاحوال", "نظامپزشکی", "غذاودارو", "فنیوحرفهای", "بیمهسلامت")
"""Bodies that are called `سازمان`, with or without the word."""
_OFFICES: Final = frozenset({"اداره", "ادارهکل"})


@dataclass
class Group:
    """Mentions of one thing.

    Attributes:
        kind: Their entity type.
        members: In order of place.
        longest: The longest name; `None` while only demonstratives are known.
        names: All its names.
        heads: First words of its names, and what `این` was followed by.
        is_source: Whether the text has its news from it.
        touched: Where it was named last within another name (`اورژانس این بیمارستان`).
    """

    kind: str
    members: list[Entity] = field(default_factory=list)
    longest: Name | None = None
    names: list[Name] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    is_source: bool = False
    touched: int = -1

    @property
    def last(self) -> int:
        """Where it was mentioned last."""
        return max(self.touched, self.members[-1].start if self.members else -1)

    @property
    def is_being_built(self) -> bool:
        """Whether a mention says that it is built and not finished."""
        return any(m.event == "CONSTRUCTION" and m.status != "COMPLETED" for m in self.members)

    def add(self, entity: Entity, name: Name) -> None:
        """Take in a mention."""
        self.members.append(entity)
        self.learn(name)

    def learn(self, name: Name) -> None:
        """Take in a name."""
        if not name.is_plural:
            self.heads.add(name.head)
        if name.head in _BEFORE_HEADS and len(name.words) > 1 and not name.points:
            self.heads.add(name.words[1])  # `شرکت تعاونی …` is meant by `این تعاونی`
        if self.kind == "ORG" and name.joined.startswith(_ORGANIZATIONS):
            self.heads |= _OFFICES | {"سازمان"} if name.is_branch else {"سازمان"}
        if name.points:
            return
        if name not in self.names:
            self.names.append(name)
        if self.longest is None or name.fullness > self.longest.fullness:
            self.longest = name

    def likeness(self, name: Name) -> int:
        """How well a name fits: 3 the same words, 2 another spelling, 1 shorter or longer, 0 not at all."""
        if self.longest is None:
            return 0
        if self.kind == "PERSON":
            if name.is_person(self.longest):
                return 3
            return int(name.is_given_name_of(self.longest) or self.longest.is_full_beginning_of(name))
        if any(known.joined == name.joined for known in self.names):
            return 3
        if any(known.is_spelling_of(name) for known in self.names):
            return 2
        if any(known.is_national for known in self.names) and name.is_branch:
            return 0
        known_as = [self.longest] if self.kind == "FACILITY" else self.names
        if self.longest.is_elsewhere(name):
            return 0
        return int(any(name.is_short_for(known) or known.is_short_for(name) for known in known_as))


def is_only_new(name: Name) -> bool:
    """Whether a name says only that a thing is new (`بیمارستان جدید`)."""
    return len(name.words) > 1 and NEW.issuperset(name.words[1:])


def latest(groups: Iterable[Group]) -> Group | None:
    """The group that was mentioned last."""
    return max(groups, key=lambda g: g.last, default=None)
