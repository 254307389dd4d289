"""Mentions of one thing, as they are gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ..document import Entity
from .heads import NEW
from .names import Name
from .shortening import is_full_beginning, is_given_name, is_loosely_short, is_person, is_short

_BEFORE_HEADS: Final = frozenset({"شرکت", "موسسه", "مجتمع", "مجموعه"})
"""Heads that stand before another head."""
_ORGANIZATIONS: Final = ("تامیناجتماعی", "بهزیستی", "ثبتاحوال", "نظامپزشکی", "غذاودارو", "فنیوحرفهای", "بیمهسلامت")
"""Bodies that are called `سازمان`, with or without the word."""
OFFICES: Final = frozenset({"اداره", "ادارهکل"})

LOOSE: Final = 1
SHORT: Final = 2
SPELLING: Final = 3
SAME: Final = 4


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
        is_office: Whether it is a branch that is called `اداره‌کل` without saying so (`بهزیستی یزد`).
    """

    kind: str
    members: list[Entity] = field(default_factory=list)
    longest: Name | None = None
    names: list[Name] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    is_source: bool = False
    touched: int = -1
    is_office: bool = False

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
            self.heads.add("سازمان")
            self.is_office |= name.is_branch
        if name.points:
            return
        if name not in self.names:
            self.names.append(name)
        if self.longest is None or name.fullness > self.longest.fullness:
            self.longest = name

    def likeness(self, name: Name) -> int:
        """How well a name fits: `SAME` words, another `SPELLING`, `SHORT`er or longer, `LOOSE`ly so, 0 not at all."""
        if self.longest is None:
            return 0
        if self.kind == "PERSON":
            if is_person(name, self.longest):
                return SAME
            return SHORT if is_given_name(name, self.longest) or is_full_beginning(self.longest, name) else 0
        if self._is_another_level(name):
            return 0
        if any(known.joined == name.joined for known in self.names):
            return SAME
        if any(known.is_spelling_of(name) for known in self.names):
            return SPELLING
        known_as = [self.longest] if self.kind == "FACILITY" else self.names
        if self.longest.is_elsewhere(name):
            return 0
        if any(is_short(name, known) or is_short(known, name) for known in known_as):
            return SHORT
        loosely = any(is_loosely_short(name, known) or is_loosely_short(known, name) for known in known_as)
        return LOOSE if loosely else 0

    def _is_another_level(self, name: Name) -> bool:
        """Whether one is the whole country's body and the other a branch."""
        if name.is_branch:
            return any(known.is_national for known in self.names)
        return name.is_national and any(known.is_branch for known in self.names)


def is_only_new(name: Name) -> bool:
    """Whether a name says only that a thing is new (`بیمارستان جدید`)."""
    return len(name.words) > 1 and NEW.issuperset(name.words[1:])


def latest(groups: Iterable[Group]) -> Group | None:
    """The group that was mentioned last."""
    return max(groups, key=lambda g: g.last, default=None)


def most_mentioned(groups: Iterable[Group]) -> Group | None:
    """The group of the most mentions; of several, the one that was mentioned last."""
    return max(groups, key=lambda g: (len(g.members), g.last), default=None)
