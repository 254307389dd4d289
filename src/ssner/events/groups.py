"""Mentions of one thing, as they are gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from ..document import Entity
from .heads import NEW
from .names import Name
from .shortening import is_full_name, is_given_name, is_loosely_short, is_person, is_short

_BEFORE_HEADS: Final = frozenset({"شرکت", "موسسه", "مجتمع", "مجموعه"})
"""Heads that stand before another head."""
_ORGANIZATIONS: Final = ("تامیناجتماعی", "بهزیستی", "ثبتاحوال", "نظامپزشکی", "غذاودارو", "فنیوحرفهای", "بیمهسلامت")
"""Bodies that are called `سازمان`, with or without the word."""
OFFICES: Final = frozenset({"اداره", "ادارهکل"})


class Likeness(IntEnum):
    """How well a name fits those of a group."""

    NONE = 0
    LOOSE = 1
    SHORT = 2
    SPELLING = 3
    SAME = 4


@dataclass
class Group:
    """Mentions of one thing.

    Attributes:
        kind: Their entity type.
        members: In order of place.
        longest: The longest name; `None` while only demonstratives are known.
        names: All its names.
        heads: First words of its names, and what `این` was followed by.
        touched: Where it was named last within another name (`اورژانس این بیمارستان`).
        is_office: Whether it is a branch that is called `اداره‌کل` without saying so (`بهزیستی یزد`).
    """

    kind: str
    members: list[Entity] = field(default_factory=list)
    longest: Name | None = None
    names: list[Name] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
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

    def likeness(self, name: Name) -> Likeness:
        """How well a name fits: the `SAME` words, another `SPELLING`, `SHORT`er or longer, `LOOSE`ly so, or not."""
        if self.longest is None:
            return Likeness.NONE
        if self.kind == "PERSON":
            if is_person(name, self.longest):
                return Likeness.SAME
            is_part = is_given_name(name, self.longest) or is_full_name(self.longest, name)
            return Likeness.SHORT if is_part else Likeness.NONE
        if self._is_another_level(name):
            return Likeness.NONE
        if any(known.joined == name.joined for known in self.names):
            return Likeness.SAME
        if any(known.is_spelling_of(name) for known in self.names):
            return Likeness.SPELLING
        known_as = [self.longest] if self.kind == "FACILITY" else self.names
        if self.longest.is_elsewhere(name):
            return Likeness.NONE
        if any(is_short(name, known) or is_short(known, name) for known in known_as) and not self._bridges(name):
            return Likeness.SHORT
        loosely = any(is_loosely_short(name, known) or is_loosely_short(known, name) for known in known_as)
        return Likeness.LOOSE if loosely else Likeness.NONE

    def _bridges(self, name: Name) -> bool:
        """Whether only a short name joins an organisation's name to the longest (`پلیس` in `پلیس راه`, `پلیس فتا`)."""
        if self.kind != "ORG" or self.longest is None:
            return False
        return not (is_short(name, self.longest) or is_short(self.longest, name))

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
