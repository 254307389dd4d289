"""A document as another tool's file states it, before it is held to the schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ... import schema
from ...document import Document, DocumentError, Entity, Relation
from ..brat import quoted
from .base import FormatError, Loss

ATTRIBUTE_VALUES: Final = {"event": schema.MENTION_EVENTS, "status": schema.STATUSES}


@dataclass(frozen=True)
class Span:
    """A labelled span; `words` are those that the file quotes, where it does."""

    id: str
    type: str
    start: int
    end: int
    words: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Link:
    """A relation between two spans, named by their ids."""

    type: str
    head: str
    tail: str
    confidence: float | None = None


@dataclass(frozen=True)
class Attribute:
    """An attribute of a span, named by its id; `name` is that of the entity's field."""

    target: str
    name: str
    value: str


@dataclass
class Draft:
    """What a file says of one document.

    Attributes:
        place: Where it stands, for messages.
        id: Name of the document.
        text: Its text.
        meta: What else the file gives.
        spans: Labelled spans, in any order.
        links: Relations.
        attributes: Attributes of spans.
    """

    place: str
    id: str
    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)

    def document(self) -> tuple[Document, Loss]:
        """The document, and what of the draft the schema has no place for: other labels, and what hangs on them.

        Raises:
            FormatError: A span is over the text or quotes other words, or something names a span that is not there.
        """
        if any("\ud800" <= c <= "\udfff" for c in self.text):
            raise FormatError(f"{self.place}: the text holds half of a character (a lone surrogate); mend the file")
        lost: Counter[str] = Counter()
        kept = self._spans(lost)
        values = self._values(kept, lost)
        try:
            entities = tuple(
                Entity(
                    s.id, s.type, s.start, s.end, self.text[s.start : s.end], s.confidence,
                    event=values.get((s.id, "event")), status=values.get((s.id, "status")),
                )
                for s in sorted(kept.values(), key=lambda s: (s.start, s.end))
            )  # fmt: skip
            return Document(self.id, self.text, self.meta, entities, self._relations(kept, lost)), Loss(lost)
        except DocumentError as error:
            raise FormatError(f"{self.place}: {error}") from error

    def _spans(self, lost: Counter[str]) -> dict[str, Span]:
        kept: dict[str, Span] = {}
        for span in self.spans:
            where = f"{self.place}: span {span.id} {span.start}..{span.end}"
            if not 0 <= span.start < span.end <= len(self.text):
                raise FormatError(f"{where} is empty or over its text of {len(self.text)} characters")
            words = self.text[span.start : span.end]
            if span.words not in (None, words, quoted(words)):
                raise FormatError(f"{where} quotes {span.words!r}, the text has {words!r}; mend its offsets")
            if span.id in kept:
                raise FormatError(f"{where}: another span has that id")
            if span.type in schema.ENTITY_NAMES:
                kept[span.id] = span
            else:
                lost[f"entities of type {span.type}"] += 1
        return kept

    def _known(self, span_id: str, kept: dict[str, Span], what: str) -> bool:
        if span_id not in kept and all(s.id != span_id for s in self.spans):
            raise FormatError(f"{self.place}: {what} names a span {span_id}, which is not there")
        return span_id in kept

    def _relations(self, kept: dict[str, Span], lost: Counter[str]) -> tuple[Relation, ...]:
        out: list[Relation] = []
        for link in self.links:
            known = [self._known(end, kept, f"relation {link.type}") for end in (link.head, link.tail)]
            if link.type not in schema.RELATION_NAMES:
                lost[f"relations of type {link.type}"] += 1
            elif not all(known):
                lost["relations of entities that are lost"] += 1
            else:
                out.append(Relation(link.type, link.head, link.tail, link.confidence))
        return tuple(out)

    def _values(self, kept: dict[str, Span], lost: Counter[str]) -> dict[tuple[str, str], str]:
        out: dict[tuple[str, str], str] = {}
        for attribute in self.attributes:
            key = (attribute.target, attribute.name)
            if attribute.value not in ATTRIBUTE_VALUES.get(attribute.name, ()):
                lost[f"attributes {attribute.name}={attribute.value}"] += 1
            elif not self._known(attribute.target, kept, f"attribute {attribute.name}"):
                lost["attributes of entities that are lost"] += 1
            elif key in out:
                lost[f"second values of {attribute.name}"] += 1
            else:
                out[key] = attribute.value
        return out
