"""Gold values, canonical entities and events of dev and test: `annotations/gold/<document>.json`.

Stand-off like the rest: a file names mentions of the document's `.ann` by id, with the words that they had when it was
written, so that a change of the one without the other is found. See `annotations/README.md` for the form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ..document import Canonical, Document, DocumentError, Entity, Event, Filler, Value
from ..schema import event_frame
from .brat import elided
from .store import CorpusError

FOLDER: Final = "gold"
_NAMED: Final = ("ORG", "FACILITY", "PERSON")


def gold_path(annotations: Path, document: str) -> Path:
    """Where the gold of a document lies."""
    return annotations / FOLDER / f"{document}.json"


class _Reader:
    """Reads one file against its document."""

    def __init__(self, path: Path, document: Document) -> None:
        self.path = path
        self.entities = {e.id: e for e in document.entities}
        try:
            self.data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise CorpusError(f"{path}: is not JSON ({error})") from error

    def fault(self, what: str) -> CorpusError:
        return CorpusError(f"{self.path}: {what}; mend it, or write the gold of this document anew")

    def mention(self, named: Mapping[str, Any]) -> Entity:
        """The mention of a reference `{"entity": "T1", "text": "…"}`."""
        entity = self.entities.get(str(named.get("entity")))
        if entity is None:
            raise self.fault(f"names a mention {named.get('entity')} that the annotation does not have")
        if named.get("text") not in (None, entity.text, elided(entity.text)):
            raise self.fault(f"says that {entity.id} is {named['text']!r}, but the annotation says {entity.text!r}")
        return entity

    def values(self) -> dict[str, Value]:
        out: dict[str, Value] = {}
        for row in self.data.get("values", ()):
            entity = self.mention(row)
            if entity.type not in ("MONEY", "QUANTITY"):
                raise self.fault(f"gives a value to {entity.id}, which is {entity.type}")
            try:
                out[entity.id] = Value.from_json(row["value"])
            except (DocumentError, KeyError) as error:
                raise self.fault(f"{entity.id}: {error}") from error
        return out

    def canonical(self) -> tuple[Canonical, ...]:
        groups: list[list[Entity]] = [[self.mention(m) for m in group] for group in self.data.get("canonical", ())]
        grouped = {m.id for group in groups for m in group}
        if sum(map(len, groups)) != len(grouped):
            raise self.fault("puts a mention into two canonical entities")
        groups += [[e] for e in self.entities.values() if e.type in _NAMED and e.id not in grouped]
        groups.sort(key=lambda group: min(m.start for m in group))
        out: list[Canonical] = []
        for number, group in enumerate(groups, 1):
            kinds = {m.type for m in group}
            if len(kinds) != 1 or not kinds <= set(_NAMED):
                raise self.fault(f"puts mentions of {', '.join(sorted(kinds))} into one canonical entity")
            ordered = sorted(group, key=lambda m: m.start)
            name = max(ordered, key=lambda m: (len(m.text), -m.start)).text
            out.append(Canonical(f"C{number}", kinds.pop(), name, tuple(m.id for m in ordered)))
        return tuple(out)

    def events(self, canonical: tuple[Canonical, ...], values: Mapping[str, Value]) -> tuple[Event, ...]:
        home = {mention: c for c in canonical for mention in c.mentions}

        def filler(role_has_value: bool, named: Mapping[str, Any]) -> Filler:
            mention = self.mention({k: v for k, v in named.items() if k != "size"})
            if role_has_value:
                size = named.get("size")
                value = Value.from_json(size["value"]) if size else values.get(mention.id)
                return Filler(size["text"] if size else mention.text, entity=mention.id, value=value)
            if mention.id not in home:
                raise self.fault(f"{mention.id} ({mention.type}) can't fill a role that takes names")
            return Filler(home[mention.id].name, canonical=home[mention.id].id)

        out: list[Event] = []
        for number, row in enumerate(self.data.get("events", ()), 1):
            try:
                frame = event_frame(row["type"])
                roles = {
                    name: tuple(dict.fromkeys(filler(frame.role(name).has_value, named) for named in fillers))
                    for name, fillers in row["roles"].items()
                }
                officials = tuple(dict.fromkeys(filler(False, named) for named in row.get("officials", ())))
                out.append(Event(f"E{number}", frame.name, roles, row.get("status"), officials))
            except (KeyError, DocumentError) as error:
                raise self.fault(f"event {number}: {error}") from error
        return tuple(out)


def with_gold(document: Document, annotations: Path) -> Document | None:
    """The document with its gold values, canonical entities and events; `None` where it has no gold file.

    Args:
        document: Gold mentions, relations and attributes.
        annotations: The folder `annotations/`.

    Raises:
        CorpusError: The file and the annotation do not go together.
    """
    path = gold_path(annotations, document.id)
    if not path.is_file():
        return None
    reader = _Reader(path, document)
    values = reader.values()
    canonical = reader.canonical()
    home = {mention: c.id for c in canonical for mention in c.mentions}
    entities = tuple(replace(e, canonical=home.get(e.id), value=values.get(e.id)) for e in document.entities)
    return document.with_(entities=entities, canonical=canonical, events=reader.events(canonical, values))
