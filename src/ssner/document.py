"""The document: a text with its entities, relations, events and canonical entities, and its JSON.

Gold annotation and predictions are the same type. JSON in and out is lossless: `Document.from_json(d.to_json()) == d`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from . import schema


class DocumentError(ValueError):
    """A document, or its JSON, does not hold together."""


def format_number(number: Fraction) -> str:
    """The exact decimal of a number as a string; a fraction without a finite decimal as `1/3`."""
    denominator = number.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    places = 0
    scaled = number
    while scaled.denominator != 1:
        scaled *= 10
        places += 1
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _number(value: object) -> Fraction:
    if not isinstance(value, str):
        raise DocumentError(f"a number must be a string in JSON, not {value!r}")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError) as error:
        raise DocumentError(f"not a number: {value!r}") from error


@dataclass(frozen=True)
class Value:
    """What a MONEY or QUANTITY mention amounts to.

    Attributes:
        bound: One of `schema.BOUNDS`.
        number: The exact number (rials for Iranian money); `None` for a range or where it can't be read.
        low: Lower end of a range.
        high: Upper end of a range.
        currency: ISO 4217 code of money (`IRR`), else `None`.
        written_as: The currency as the text has it.
        unit: Unit or counted noun of a quantity, else `None`.
        kind: One of `schema.QUANTITY_KINDS`, else `None`.
        reason: Why no number could be read.
    """

    bound: str = "exact"
    number: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    currency: str | None = None
    written_as: str | None = None
    unit: str | None = None
    kind: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.bound not in schema.BOUNDS:
            raise DocumentError(f"unknown bound {self.bound!r}; one of {', '.join(schema.BOUNDS)}")
        if self.kind is not None and self.kind not in schema.QUANTITY_KINDS:
            raise DocumentError(f"unknown kind {self.kind!r}; one of {', '.join(schema.QUANTITY_KINDS)}")
        if (self.low is None) != (self.high is None):
            raise DocumentError("a range needs both of its ends")
        if self.number is None and self.low is None and self.reason is None:
            raise DocumentError("a value without a number needs a reason")

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.kind is None

    def to_json(self) -> dict[str, Any]:
        """The JSON object of SCHEMA section 5."""
        key = "amount" if self.is_money else "number"
        out: dict[str, Any] = {}
        if self.low is not None and self.high is not None:
            out["low"], out["high"] = format_number(self.low), format_number(self.high)
        else:
            out[key] = None if self.number is None else format_number(self.number)
        if self.is_money:
            out["currency"], out["written_as"] = self.currency, self.written_as
        else:
            out["unit"], out["kind"] = self.unit, self.kind
        out["bound"] = self.bound
        if self.reason is not None:
            out["reason"] = self.reason
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Value:
        """Read what `to_json` wrote.

        Raises:
            DocumentError: A field is missing or not of its kind.
        """
        exact = data.get("number", data.get("amount"))
        return cls(
            bound=data.get("bound", "exact"),
            number=None if exact is None else _number(exact),
            low=_number(data["low"]) if "low" in data else None,
            high=_number(data["high"]) if "high" in data else None,
            currency=data.get("currency"),
            written_as=data.get("written_as"),
            unit=data.get("unit"),
            kind=data.get("kind"),
            reason=data.get("reason"),
        )


@dataclass(frozen=True)
class Entity:
    """A mention: a typed span of the raw text, with its attributes."""

    id: str
    type: str
    start: int
    end: int
    text: str
    confidence: float | None = None
    canonical: str | None = None
    event: str | None = None
    status: str | None = None
    value: Value | None = None

    def __post_init__(self) -> None:
        if self.type not in schema.ENTITY_NAMES:
            raise DocumentError(f"{self.id}: unknown entity type {self.type!r}")
        if not 0 <= self.start < self.end:
            raise DocumentError(f"{self.id}: span {self.start}..{self.end} is empty or negative")
        if self.event not in (None, *schema.MENTION_EVENTS) or self.status not in (None, *schema.STATUSES):
            raise DocumentError(f"{self.id}: unknown event {self.event!r} or status {self.status!r}")

    def to_json(self) -> dict[str, Any]:
        """The JSON object of SCHEMA section 5; absent attributes are left out."""
        out: dict[str, Any] = {
            "id": self.id, "type": self.type, "start": self.start, "end": self.end, "text": self.text,
        }  # fmt: skip
        for name in ("confidence", "canonical", "event", "status"):
            if getattr(self, name) is not None:
                out[name] = getattr(self, name)
        if self.value is not None:
            out["value"] = self.value.to_json()
        return out


@dataclass(frozen=True)
class Relation:
    """A directed relation between two mentions, named by their ids."""

    type: str
    head: str
    tail: str
    confidence: float | None = None

    def __post_init__(self) -> None:
        if self.type not in schema.RELATION_NAMES:
            raise DocumentError(f"unknown relation type {self.type!r}")

    def to_json(self) -> dict[str, Any]:
        """The JSON object of SCHEMA section 5."""
        out: dict[str, Any] = {"type": self.type, "head": self.head, "tail": self.tail}
        if self.confidence is not None:
            out["confidence"] = self.confidence
        return out


@dataclass(frozen=True)
class Filler:
    """What fills a role: a canonical entity (by `canonical`) or a mention with a value (by `entity`)."""

    text: str
    canonical: str | None = None
    entity: str | None = None
    value: Value | None = None

    def __post_init__(self) -> None:
        if (self.canonical is None) == (self.entity is None):
            raise DocumentError("a filler names either a canonical entity or a mention")

    def to_json(self) -> dict[str, Any]:
        """The JSON object of SCHEMA section 5."""
        out: dict[str, Any] = {}
        if self.canonical is not None:
            out["canonical"] = self.canonical
        if self.entity is not None:
            out["entity"] = self.entity
        out["text"] = self.text
        if self.value is not None:
            out["value"] = self.value.to_json()
        return out


@dataclass(frozen=True)
class EventDate:
    """When an event was, as its sentence says it.

    Attributes:
        text: The words.
        start: First character of the words.
        end: After their last character.
        jalali: The date (`1402-12-07`, `1402-12`, `1402`; `--12-07` without a year), where it can be told.
        iso: The same in the Gregorian calendar, a day or `first/last`, where the year is known.
    """

    text: str
    start: int
    end: int
    jalali: str | None = None
    iso: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The JSON object; what is not known is left out."""
        known = {"jalali": self.jalali, "iso": self.iso}
        return {"text": self.text, "start": self.start, "end": self.end} | {k: v for k, v in known.items() if v}


@dataclass(frozen=True)
class Event:
    """An event of the document: type, status, roles, officials, evidence; date and province where the text has them."""

    id: str
    type: str
    roles: Mapping[str, tuple[Filler, ...]]
    status: str | None = None
    officials: tuple[Filler, ...] = ()
    evidence: tuple[tuple[int, int], ...] = ()
    confidence: float | None = None
    date: EventDate | None = None
    province: str | None = None

    def __post_init__(self) -> None:
        if self.type not in schema.EVENT_NAMES:
            raise DocumentError(f"{self.id}: unknown event type {self.type!r}")
        frame = schema.event_frame(self.type)
        for name in self.roles:
            try:
                frame.role(name)
            except KeyError as error:
                raise DocumentError(f"{self.id}: {error.args[0]}") from error

    def to_json(self) -> dict[str, Any]:
        """The JSON object of SCHEMA section 5."""
        out: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.status is not None:
            out["status"] = self.status
        if self.confidence is not None:
            out["confidence"] = self.confidence
        out["evidence"] = [list(span) for span in self.evidence]
        out["roles"] = {name: [f.to_json() for f in fillers] for name, fillers in self.roles.items()}
        if self.officials:
            out["officials"] = [f.to_json() for f in self.officials]
        if self.date is not None:
            out["date"] = self.date.to_json()
        if self.province is not None:
            out["province"] = self.province
        return out


@dataclass(frozen=True)
class Canonical:
    """One thing of the document and the mentions that name it."""

    id: str
    type: str
    name: str
    mentions: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON object of SCHEMA section 5."""
        return {"id": self.id, "type": self.type, "name": self.name, "mentions": list(self.mentions)}


@dataclass(frozen=True)
class Document:
    """A text and what was read from it.

    Attributes:
        id: Name of the document, unique in its collection.
        text: The raw text; every offset points into it.
        meta: Whatever the source gave along (JSON values).
        entities: Mentions in order of their place.
        relations: Relations between them.
        events: Events of the whole document.
        canonical: Canonical entities.
    """

    id: str
    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    canonical: tuple[Canonical, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not isinstance(self.text, str):
            raise DocumentError(f"id and text must be strings, not {self.id!r} and {type(self.text).__name__}")
        known: set[str] = set()
        for entity in self.entities:
            if self.text[entity.start : entity.end] != entity.text:
                raise DocumentError(
                    f"{self.id}: {entity.id} says {entity.text!r}, but the text holds "
                    f"{self.text[entity.start : entity.end]!r} at {entity.start}..{entity.end}"
                )
            if entity.id in known:
                raise DocumentError(f"{self.id}: two entities are called {entity.id}")
            known.add(entity.id)
        for relation in self.relations:
            for end in (relation.head, relation.tail):
                if end not in known:
                    raise DocumentError(f"{self.id}: {relation.type} names an entity {end} that is not there")

    def entity(self, entity_id: str) -> Entity:
        """The mention of that id.

        Raises:
            KeyError: There is none.
        """
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(f"{self.id} has no entity {entity_id!r}")

    def with_(self, **changes: Any) -> Document:
        """A copy with some fields replaced."""
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """The JSON object of SCHEMA section 5."""
        return {
            "id": self.id,
            "text": self.text,
            "meta": dict(self.meta),
            "entities": [e.to_json() for e in self.entities],
            "relations": [r.to_json() for r in self.relations],
            "events": [e.to_json() for e in self.events],
            "canonical": [c.to_json() for c in self.canonical],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Document:
        """Read what `to_json` wrote.

        Raises:
            DocumentError: A field is missing or not of its kind.
        """
        try:
            return cls(
                id=data["id"],
                text=data["text"],
                meta=dict(data.get("meta", {})),
                entities=tuple(_entity(e) for e in data.get("entities", ())),
                relations=tuple(Relation(**r) for r in data.get("relations", ())),
                events=tuple(_event(e) for e in data.get("events", ())),
                canonical=tuple(
                    Canonical(c["id"], c["type"], c["name"], tuple(c["mentions"])) for c in data.get("canonical", ())
                ),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise DocumentError(f"not a document: {type(error).__name__}: {error}") from error


def _value(data: Mapping[str, Any]) -> Value | None:
    return Value.from_json(data["value"]) if data.get("value") is not None else None


def _entity(data: Mapping[str, Any]) -> Entity:
    return Entity(**{**data, "value": _value(data)})


def _filler(data: Mapping[str, Any]) -> Filler:
    return Filler(**{**data, "value": _value(data)})


def _event(data: Mapping[str, Any]) -> Event:
    return Event(
        id=data["id"],
        type=data["type"],
        status=data.get("status"),
        confidence=data.get("confidence"),
        evidence=tuple((int(a), int(b)) for a, b in data.get("evidence", ())),
        roles={name: tuple(_filler(f) for f in fillers) for name, fillers in data["roles"].items()},
        officials=tuple(_filler(f) for f in data.get("officials", ())),
        date=EventDate(**data["date"]) if data.get("date") is not None else None,
        province=data.get("province"),
    )


def dump_jsonl(documents: Iterable[Document]) -> Iterator[str]:
    """One line of JSON for each document, without the line break."""
    for document in documents:
        yield json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
