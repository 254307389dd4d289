"""Events being put together: what they rest on and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ..document import Entity, Relation, Value
from ..schema import EventFrame
from .counting import Counted

DONE: Final = "COMPLETED"


class Part(NamedTuple):
    """One thing that an event rests on.

    Attributes:
        rule: Why it belongs to the event: `event attribute`, `relation`, `relation of the value`, `size in the name`.
        role: The role that it fills, if any.
        mention: The mention.
        relation: The relation that brought it.
    """

    rule: str
    role: str | None
    mention: Entity
    relation: Relation | None = None


class InnerSize(NamedTuple):
    """A size that stands inside a facility's name.

    Attributes:
        mention: The mention whose name it is.
        words: Its words.
        value: What they say.
    """

    mention: Entity
    words: str
    value: Value


@dataclass
class Draft:
    """An event being put together.

    Attributes:
        frame: Its type.
        anchor: The canonical entity that it hangs on.
        core: The mention that tells it: the facility that is worked on, the amount, the quantity, the first party.
        statuses: What its mentions say.
        roles: Mentions that fill each role.
        inner_sizes: Sizes that stand inside the facility's names.
        counted: What its amount or quantity is a number of.
        parts: What it rests on, in order, for evidence, confidence and explanation.
    """

    frame: EventFrame
    anchor: str
    core: Entity
    statuses: set[str] = field(default_factory=set)
    roles: dict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))
    inner_sizes: list[InnerSize] = field(default_factory=list)
    counted: Counted | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether a mention says that it is completed."""
        return DONE in self.statuses

    @property
    def mentions(self) -> list[Entity]:
        """The mentions that it rests on."""
        return [part.mention for part in self.parts]

    @property
    def confidences(self) -> list[float]:
        """Of the mentions and relations that it rests on; none for gold."""
        found = [c for p in self.parts for c in (p.mention.confidence, p.relation.confidence if p.relation else None)]
        return [c for c in found if c is not None]

    def rest_on(self, rule: str, mention: Entity, relation: Relation | None = None, role: str | None = None) -> None:
        """Note what the event rests on."""
        self.parts.append(Part(rule, role, mention, relation))

    def fill(self, rule: str, role: str, mention: Entity, relation: Relation | None = None) -> None:
        """Fill a role with a mention."""
        if mention not in self.roles[role]:
            self.roles[role].append(mention)
        self.rest_on(rule, mention, relation, role)
