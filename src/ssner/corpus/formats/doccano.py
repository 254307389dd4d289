"""doccano: the JSON lines of a sequence labelling project with relations (import and export as «JSONL(Relation)»).

A line has `text`, `entities` (`id`, `label`, `start_offset`, `end_offset`) and `relations` (`id`, `from_id`, `to_id`,
`type`); ids are integers, which doccano gives anew. A project without relations exports `label`, a list of
`[start, end, label]`, which is read too.

Any other field of a line doccano keeps as metadata of the text and writes back on export; nobody sees it on a span. So
`document` holds the id, `meta` the metadata, and `attributes` those of entities, found again by `start_offset`,
`end_offset` and `label`: they survive doccano, but not a change of their span, which is counted when reading.

Held: text, entities, relations, attributes (as said), names of documents, metadata. Not held: ids of entities,
confidences, values, canonical entities, events.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any, Final

from ...document import Document
from .base import ATTRIBUTES, METADATA, RELATIONS, FormatError, Loss, check_names, loss_without
from .draft import ATTRIBUTE_VALUES, Attribute, Draft, Link, Span
from .json_rows import field, objects, rows

_OWN_FIELDS: Final = frozenset(
    {"id", "text", "entities", "relations", "label", "document", "attributes", "meta", "Comments"}
)


class Doccano:
    """The format `doccano`."""

    name = "doccano"
    writes_folder = False

    def write(self, documents: Sequence[Document], path: Path) -> Loss:
        """Write a line for each document; ids are unique in the file (see `base.Format`)."""
        check_names(documents)
        entity_ids, relation_ids = count(1), count(1)
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            for document in documents:
                stream.write(json.dumps(_row(document, entity_ids, relation_ids), ensure_ascii=False) + "\n")
        return Loss.total(loss_without(d, (RELATIONS, ATTRIBUTES, METADATA)) for d in documents)

    def read(self, path: Path) -> tuple[list[Document], Loss]:
        """Read what `write` wrote or doccano exported; other fields go into `meta` (see `base.Format`)."""
        pairs: list[tuple[Document, Loss]] = []
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                place = f"{path}:{number}"
                try:
                    row = json.loads(line) if line.strip() else None
                except ValueError as error:
                    raise FormatError(f"{place}: is not JSON ({error}); name the JSONL file of doccano") from error
                if row is not None:
                    pairs.append(_document(row, place))
        documents = [d for d, _ in pairs]
        check_names(documents)
        return documents, Loss.total(loss for _, loss in pairs)


def _row(document: Document, entity_ids: count[int], relation_ids: count[int]) -> dict[str, Any]:
    ids = {e.id: next(entity_ids) for e in document.entities}
    spans = [
        (e, {"label": e.type, "start_offset": e.start, "end_offset": e.end}) for e in document.entities
    ]  # fmt: skip
    return {
        "text": document.text,
        "entities": [{"id": ids[e.id], **span} for e, span in spans],
        "relations": [
            {"id": next(relation_ids), "from_id": ids[r.head], "to_id": ids[r.tail], "type": r.type}
            for r in document.relations
        ],
        "document": document.id,
        "attributes": [
            {**span, **{n: getattr(e, n) for n in ATTRIBUTE_VALUES if getattr(e, n) is not None}}
            for e, span in spans
            if e.event or e.status
        ],
        "meta": dict(document.meta),
    }


def _document(row: Any, place: str) -> tuple[Document, Loss]:
    text = field(row, "text", str, place)
    name = str(row.get("document", row.get("id", place.rpartition(":")[2])))
    own = {} if row.get("meta") is None else field(row, "meta", dict, place)
    others = {k: v for k, v in row.items() if k not in _OWN_FIELDS or (k == "Comments" and v)}
    draft = Draft(place, name, text, {**others, **own})
    places: dict[tuple[int, int, str], str] = {}
    names: dict[int, str] = {}
    entities = objects(row, "entities", place) or [_from_triple(t, place) for t in rows(row, "label", place)]
    for number, entity in enumerate(entities, 1):
        span = _place(entity, place)
        places[span] = f"T{number}"
        if "id" in entity:
            names[field(entity, "id", int, place)] = f"T{number}"
        draft.spans.append(Span(f"T{number}", span[2], span[0], span[1]))
    for relation in objects(row, "relations", place):
        head, tail = (names.get(field(relation, key, int, place)) for key in ("from_id", "to_id"))
        if head is None or tail is None:
            raise FormatError(f"{place}: a relation names an entity that is not there; export both together")
        draft.links.append(Link(field(relation, "type", str, place), head, tail))
    lost: Counter[str] = Counter()
    for attributes in objects(row, "attributes", place):
        target = places.get(_place(attributes, place))
        for key in ATTRIBUTE_VALUES:
            if key in attributes and target is not None:
                draft.attributes.append(Attribute(target, key, field(attributes, key, str, place)))
            elif key in attributes:
                lost["attributes of spans that were changed"] += 1
    document, loss = draft.document()
    return document, loss + Loss(lost)


def _from_triple(triple: Any, place: str) -> dict[str, Any]:
    """An entity of a project without relations, which doccano exports as `[start, end, label]`."""
    if not isinstance(triple, list) or len(triple) != 3:
        raise FormatError(f"{place}: {str(triple)[:40]!r} is not [start, end, label]")
    return dict(zip(("start_offset", "end_offset", "label"), triple, strict=True))


def _place(row: Any, place: str) -> tuple[int, int, str]:
    start, end = (field(row, key, int, place) for key in ("start_offset", "end_offset"))
    return start, end, field(row, "label", str, place)
