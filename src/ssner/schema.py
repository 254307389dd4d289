"""The annotation schema: entity types, relation signatures, attributes and event frames.

This is the one place in code that states it. Every table is made of frozen dataclasses that check themselves when they
are made, so that a typo in a name or a signature fails at import.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SCHEMA_VERSION: Final = 2


class SchemaError(ValueError):
    """A table of the schema contradicts itself."""


@dataclass(frozen=True)
class EntityType:
    """A type of span.

    Attributes:
        name: Name in data files, upper case.
        persian: Name shown to readers of Persian.
        gloss: What it is, in one line.
    """

    name: str
    persian: str
    gloss: str

    def __post_init__(self) -> None:
        if not self.name.isupper() or not self.persian or not self.gloss:
            raise SchemaError(f"entity type {self.name!r}: needs an upper-case name, a Persian name and a gloss")


ENTITY_TYPES: Final[tuple[EntityType, ...]] = (
    EntityType("ORG", "سازمان", "a named organisation, body, office, company, university or fund"),
    EntityType("FACILITY", "مکان خدمت", "a building, site, ward, branch or centre that the text singles out"),
    EntityType("MONEY", "مبلغ", "an amount with its currency, said or understood"),
    EntityType("QUANTITY", "مقدار", "a count, measure, rate or share with the one word after it"),
    EntityType("PERSON", "شخص", "a person's name, whole or in part, without titles"),
)
ENTITY_NAMES: Final[tuple[str, ...]] = tuple(t.name for t in ENTITY_TYPES)
_ENTITIES: Final[dict[str, EntityType]] = {t.name: t for t in ENTITY_TYPES}

OUTSIDE: Final = "O"
BIO_LABELS: Final[tuple[str, ...]] = (OUTSIDE, *(f"{p}-{n}" for n in ENTITY_NAMES for p in "BI"))


@dataclass(frozen=True)
class RelationType:
    """A directed relation.

    Attributes:
        name: Name in data files.
        persian: Name shown to readers of Persian.
        signatures: The pairs (head type, tail type) that it may join.
        gloss: When it holds, in one line.
        head_has_status: Whether the head mention carries a `status` attribute.
    """

    name: str
    persian: str
    signatures: frozenset[tuple[str, str]]
    gloss: str
    head_has_status: bool = False

    def __post_init__(self) -> None:
        if not self.signatures:
            raise SchemaError(f"relation {self.name}: no signature")
        for pair in self.signatures:
            for name in pair:
                if name not in _ENTITIES:
                    raise SchemaError(f"relation {self.name}: unknown entity type {name!r}")

    def allows(self, head: str, tail: str) -> bool:
        """Whether a `head`-typed mention may stand before a `tail`-typed one."""
        return (head, tail) in self.signatures


def _pairs(heads: str, tails: str) -> frozenset[tuple[str, str]]:
    return frozenset((h, t) for h in heads.split() for t in tails.split())


def _same(names: str) -> frozenset[tuple[str, str]]:
    return frozenset((n, n) for n in names.split())


RELATION_TYPES: Final[tuple[RelationType, ...]] = (
    RelationType("AFFILIATED_WITH", "سمت در", _pairs("PERSON", "ORG FACILITY"), "holds a post in it or speaks for it"),
    RelationType("PART_OF", "بخشی از", _same("FACILITY ORG"), "is a unit or subsidiary of it"),
    RelationType(
        "OPERATED_BY", "بهره‌بردار", _pairs("FACILITY", "ORG"), "is owned or run, or will be taken over, by it"
    ),
    RelationType("COSTS", "هزینه", _pairs("FACILITY", "MONEY"), "cost, is budgeted or is valued at it", True),
    RelationType("HAS_CAPACITY", "ظرفیت", _pairs("FACILITY", "QUANTITY"), "has, or is enlarged by, this physical size"),
    RelationType("PROGRESS", "پیشرفت", _pairs("FACILITY", "QUANTITY"), "this share of its works is done", True),
    RelationType(
        "FUNDS", "پرداخت یا دریافت", _pairs("ORG", "MONEY"), "spends, pays, allocates, receives or owes it", True
    ),
    RelationType(
        "REPORTS", "آمار", _pairs("ORG FACILITY", "QUANTITY"), "has this statistic of itself or its work", True
    ),
    RelationType("COOPERATES_WITH", "همکاری با", _same("ORG"), "has an agreement or joint work with it", True),
    RelationType("CHANGED_FROM", "پیش از این", _same("QUANTITY MONEY"), "is the new value of what was it"),
    RelationType(
        "CHANGE_BY", "تغییر", _pairs("QUANTITY MONEY", "QUANTITY MONEY"), "has changed by this amount or rate"
    ),
)
RELATION_NAMES: Final[tuple[str, ...]] = tuple(r.name for r in RELATION_TYPES)
_RELATIONS: Final[dict[str, RelationType]] = {r.name: r for r in RELATION_TYPES}

MENTION_EVENTS: Final[tuple[str, ...]] = ("CONSTRUCTION", "EXPANSION", "EQUIPMENT")
"""Values of the `event` attribute, which only a FACILITY mention carries."""
EVENT_ANCHOR: Final = "FACILITY"

STATUSES: Final[tuple[str, ...]] = ("COMPLETED", "ONGOING", "PLANNED")
"""Values of the `status` attribute, the furthest stage first (the order of precedence when events are merged)."""

STATUS_PERSIAN: Final[dict[str, str]] = {"COMPLETED": "انجام‌شده", "ONGOING": "در جریان", "PLANNED": "در برنامه"}
STATUS_HEADS: Final[frozenset[str]] = frozenset(
    head for r in RELATION_TYPES if r.head_has_status for head, _ in r.signatures
)
"""Entity types that can carry a `status`."""

QUANTITY_KINDS: Final[tuple[str, ...]] = (
    "count", "percent", "area", "length", "mass", "volume", "duration", "ratio", "other",
)  # fmt: skip
BOUNDS: Final[tuple[str, ...]] = ("exact", "about", "at_least", "at_most", "range")


@dataclass(frozen=True)
class Role:
    """A role of an event frame.

    Attributes:
        name: Name in data files.
        persian: Name shown to readers of Persian.
        relation: The relation whose tail fills the role (`None`: the anchor itself, or a part of its span).
        via: Where given, the relation starts from the filler of that role rather than from the anchor.
        has_value: Whether the filler carries a value (money or quantity) rather than a canonical entity.
    """

    name: str
    persian: str
    relation: str | None = None
    via: str | None = None
    has_value: bool = False

    def __post_init__(self) -> None:
        if self.relation is not None and self.relation not in _RELATIONS:
            raise SchemaError(f"role {self.name}: unknown relation {self.relation!r}")
        if self.via is not None and self.relation is None:
            raise SchemaError(f"role {self.name}: `via` needs a relation")


@dataclass(frozen=True)
class EventFrame:
    """A type of event and its roles.

    Attributes:
        name: Name in data files.
        persian: Name shown to readers of Persian.
        anchors: Entity types of the mention that the event hangs on.
        roles: The roles, the anchor's own role first.
        trigger: The relation that makes one event each time it holds (`None`: the anchor's `event` attribute does).
    """

    name: str
    persian: str
    anchors: frozenset[str]
    roles: tuple[Role, ...]
    trigger: str | None = None

    def __post_init__(self) -> None:
        names = [r.name for r in self.roles]
        if len(set(names)) != len(names):
            raise SchemaError(f"event {self.name}: a role stands twice")
        if not self.anchors <= set(ENTITY_NAMES):
            raise SchemaError(f"event {self.name}: unknown anchor type")
        if self.trigger is None and (self.name not in MENTION_EVENTS or self.anchors != {EVENT_ANCHOR}):
            raise SchemaError(f"event {self.name}: without a trigger it must be a value of the `event` attribute")
        for role in self.roles:
            if role.via is not None and role.via not in names:
                raise SchemaError(f"event {self.name}: role {role.name} goes via unknown role {role.via!r}")
            if role.relation and role.via is None:
                heads = {h for h, _ in _RELATIONS[role.relation].signatures}
                if not heads & self.anchors:
                    raise SchemaError(f"event {self.name}: {role.relation} cannot start from its anchor")

    def role(self, name: str) -> Role:
        """The role of that name.

        Raises:
            KeyError: The frame has no such role.
        """
        for role in self.roles:
            if role.name == name:
                return role
        raise KeyError(f"{self.name} has no role {name!r}")


_WORKS_ROLES: Final = (
    Role("facility", "مکان"),
    Role("operator", "بهره‌بردار", "OPERATED_BY"),
    Role("parent", "زیرمجموعه", "PART_OF"),
    Role("cost", "هزینه", "COSTS", has_value=True),
    Role("capacity", "ظرفیت", "HAS_CAPACITY", has_value=True),
    Role("previous_capacity", "ظرفیت پیشین", "CHANGED_FROM", via="capacity", has_value=True),
    Role("progress", "پیشرفت", "PROGRESS", has_value=True),
)

EVENT_FRAMES: Final[tuple[EventFrame, ...]] = (
    EventFrame("CONSTRUCTION", "ساخت", frozenset({"FACILITY"}), _WORKS_ROLES),
    EventFrame("EXPANSION", "توسعه", frozenset({"FACILITY"}), _WORKS_ROLES),
    EventFrame("EQUIPMENT", "تجهیز", frozenset({"FACILITY"}), _WORKS_ROLES),
    EventFrame(
        "EXPENDITURE", "پرداخت", frozenset({"ORG"}),
        (
            Role("organization", "سازمان"),
            Role("amount", "مبلغ", "FUNDS", has_value=True),
            Role("previous_amount", "مبلغ پیشین", "CHANGED_FROM", via="amount", has_value=True),
            Role("change", "تغییر", "CHANGE_BY", via="amount", has_value=True),
        ),
        trigger="FUNDS",
    ),
    EventFrame(
        "SERVICE", "خدمت", frozenset({"ORG", "FACILITY"}),
        (
            Role("provider", "ارائه‌دهنده"),
            Role("quantity", "مقدار", "REPORTS", has_value=True),
            Role("previous_quantity", "مقدار پیشین", "CHANGED_FROM", via="quantity", has_value=True),
            Role("change", "تغییر", "CHANGE_BY", via="quantity", has_value=True),
        ),
        trigger="REPORTS",
    ),
    EventFrame(
        "AGREEMENT", "توافق", frozenset({"ORG"}),
        (Role("party", "طرف", "COOPERATES_WITH"),),
        trigger="COOPERATES_WITH",
    ),
)  # fmt: skip
EVENT_NAMES: Final[tuple[str, ...]] = tuple(f.name for f in EVENT_FRAMES)
_FRAMES: Final[dict[str, EventFrame]] = {f.name: f for f in EVENT_FRAMES}


def _check_tables() -> None:
    for table in (ENTITY_NAMES, RELATION_NAMES, EVENT_NAMES):
        if len(set(table)) != len(table):
            raise SchemaError(f"a name stands twice in {table}")
    if set(STATUS_PERSIAN) != set(STATUSES) or not set(MENTION_EVENTS) <= set(EVENT_NAMES):
        raise SchemaError("statuses and mention events must be named in every table")


_check_tables()


def entity_type(name: str) -> EntityType:
    """The entity type of that name.

    Raises:
        KeyError: The schema has no such type.
    """
    return _ENTITIES[name]


def relation_type(name: str) -> RelationType:
    """The relation type of that name.

    Raises:
        KeyError: The schema has no such type.
    """
    return _RELATIONS[name]


def event_frame(name: str) -> EventFrame:
    """The event frame of that name.

    Raises:
        KeyError: The schema has no such frame.
    """
    return _FRAMES[name]


def relations_between(head: str, tail: str) -> tuple[str, ...]:
    """Names of the relations whose signature allows `head` → `tail`, in the schema's order."""
    return tuple(r.name for r in RELATION_TYPES if r.allows(head, tail))
