"""Label Studio: a folder of `tasks.json` and the labelling configuration that shows it, `labeling.xml`.

A task has `data` and `annotations`, each with a `result`: a list of regions of type `labels` (`value.start`, `.end`,
`.text`, `.labels`), of `choices` on the region of the same id (the attributes `event` and `status`), and of relations
(`from_id`, `to_id`, `direction`, `labels`). Documents with confidences are written as `predictions`, whose regions have
a `score`. `data` also carries `document` and `meta`.

Held: text, entities with their ids and confidences, relations, attributes, names of documents, metadata. Not held:
confidences of relations, values, canonical entities, events.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from ... import schema
from ...document import Document, Entity
from .base import (
    ATTRIBUTES,
    ENTITY_CONFIDENCES,
    ENTITY_IDS,
    METADATA,
    RELATIONS,
    FormatError,
    Loss,
    check_names,
    loss_without,
)
from .draft import ATTRIBUTE_VALUES, Attribute, Draft, Link, Span
from .json_rows import field, objects, rows

_TASKS: Final = "tasks.json"
_HELD: Final = (RELATIONS, ATTRIBUTES, ENTITY_IDS, ENTITY_CONFIDENCES, METADATA)


def labeling() -> str:
    """The labelling configuration of the schema (paste it under Settings, Labeling Interface)."""

    def choices(name: str, values: Sequence[str], types: Sequence[str]) -> str:
        options = "".join(f"<Choice value={quoteattr(v)}/>" for v in values)
        shown = f'visibleWhen="region-selected" whenTagName="label" whenLabelValue={quoteattr(",".join(types))}'
        control = f'<Choices name="{name}" toName="text" perRegion="true" choice="single-radio" {shown}>'
        return f"  {control}{options}</Choices>"

    labels = "".join(f"<Label value={quoteattr(t.name)} hint={quoteattr(t.gloss)}/>" for t in schema.ENTITY_TYPES)
    relations = "".join(f"<Relation value={quoteattr(n)}/>" for n in schema.RELATION_NAMES)
    return "\n".join([
        "<View>",
        f'  <Labels name="label" toName="text">{labels}</Labels>',
        f"  <Relations>{relations}</Relations>",
        '  <View style="direction: rtl"><Text name="text" value="$text" granularity="word"/></View>',
        choices("event", schema.MENTION_EVENTS, [schema.EVENT_ANCHOR]),
        choices("status", schema.STATUSES, sorted(schema.STATUS_HEADS)),
        "</View>",
        "",
    ])  # fmt: skip


class LabelStudio:
    """The format `label-studio`."""

    name = "label-studio"
    writes_folder = True

    def write(self, documents: Sequence[Document], path: Path) -> Loss:
        """Write `tasks.json` and `labeling.xml` (see `base.Format`)."""
        check_names(documents)
        tasks = [{"id": number, **_task(d)} for number, d in enumerate(documents, 1)]
        (path / _TASKS).write_bytes(json.dumps(tasks, ensure_ascii=False, indent=1).encode())
        (path / "labeling.xml").write_text(labeling(), "utf-8")
        return Loss.total(loss_without(d, _HELD) for d in documents)

    def read(self, path: Path) -> tuple[list[Document], Loss]:
        """Read a JSON export, or the folder that `write` wrote (see `base.Format`).

        Of a task's annotations the one marked as ground truth is read, else the first that was not cancelled, else the
        first prediction.
        """
        file = path / _TASKS if path.is_dir() else path
        try:
            tasks = json.loads(file.read_bytes())
        except FileNotFoundError as error:
            raise FormatError(f"{file}: is not there; name the JSON file of Label Studio") from error
        except ValueError as error:
            raise FormatError(f"{file}: is not JSON ({error}); export as «JSON» from Label Studio") from error
        if not isinstance(tasks, list):
            raise FormatError(f"{file}: is not a list of tasks; export as «JSON» from Label Studio")
        pairs = [_document(task, f"{file}: task {number}") for number, task in enumerate(tasks, 1)]
        documents = [d for d, _ in pairs]
        check_names(documents)
        return documents, Loss.total(loss for _, loss in pairs)


def _task(document: Document) -> dict[str, Any]:
    result: list[dict[str, Any]] = []
    for entity in document.entities:
        result.append(_region(entity, "label", "labels", entity.type))
        if entity.confidence is not None:
            result[-1]["score"] = entity.confidence
        result += [
            _region(entity, name, "choices", getattr(entity, name))
            for name in ATTRIBUTE_VALUES
            if getattr(entity, name) is not None
        ]
    result += [
        {"type": "relation", "from_id": r.head, "to_id": r.tail, "direction": "right", "labels": [r.type]}
        for r in document.relations
    ]
    kind = "predictions" if any(e.confidence is not None for e in document.entities) else "annotations"
    data = {"text": document.text, "document": document.id, "meta": dict(document.meta)}
    return {"data": data, kind: [{"result": result}]}


def _region(entity: Entity, control: str, kind: str, value: str) -> dict[str, Any]:
    inside = {"start": entity.start, "end": entity.end, "text": entity.text, kind: [value]}
    return {"id": entity.id, "from_name": control, "to_name": "text", "type": kind, "value": inside}


def _document(task: Any, place: str) -> tuple[Document, Loss]:
    data = field(task, "data", dict, place)
    text = field(data, "text", str, place)
    meta = {k: v for k, v in data.items() if k not in ("text", "document", "meta")}
    meta |= {} if data.get("meta") is None else field(data, "meta", dict, place)
    name = str(data.get("document", task.get("id", place.rpartition(" ")[2])))
    draft = Draft(place, name, text, meta)
    lost: Counter[str] = Counter()
    for item in objects(_chosen(task, place, lost), "result", place):
        kind = field(item, "type", str, place)
        if kind == "labels":
            draft.spans.append(_span(item, text, place, lost))
        elif kind == "choices" and "start" in field(item, "value", dict, place):
            target, control = field(item, "id", str, place), field(item, "from_name", str, place)
            draft.attributes += [Attribute(target, control, str(v)) for v in rows(item["value"], "choices", place)]
        elif kind == "relation":
            draft.links += _links(item, place, lost)
        else:
            lost[f"results of type {kind}"] += 1
    document, loss = draft.document()
    return document, loss + Loss(lost)


def _chosen(task: Any, place: str, lost: Counter[str]) -> Any:
    """The annotation of a task that is read."""
    done = [a for a in objects(task, "annotations", place) if not a.get("was_cancelled")]
    done.sort(key=lambda a: not a.get("ground_truth"))
    found = done or objects(task, "predictions", place)
    lost["further annotations of a task"] += max(len(found) - 1, 0)
    return found[0] if found else {}


def _span(item: Any, text: str, place: str, lost: Counter[str]) -> Span:
    value = field(item, "value", dict, place)
    start, end = (field(value, key, int, place) for key in ("start", "end"))
    labels = rows(value, "labels", place) or ["without a label"]
    words = value.get("text")
    if isinstance(words, str):
        words = words.replace("\\n", "\n")
        start, end = _code_points(text, start, end, words)
    lost["second labels of a span"] += len(labels) - 1
    return Span(field(item, "id", str, place), str(labels[0]), start, end, words, item.get("score"))


def _code_points(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """The span in Unicode code points; some versions of Label Studio count UTF-16 units, in which an emoji is two."""
    if text[start:end] == words:
        return start, end
    units = text.encode("utf-16-le")
    before, inside = (units[2 * a : 2 * b].decode("utf-16-le", "replace") for a, b in ((0, start), (start, end)))
    return (len(before), len(before) + len(inside)) if inside == words else (start, end)


def _links(item: Any, place: str, lost: Counter[str]) -> list[Link]:
    head, tail = (field(item, key, str, place) for key in ("from_id", "to_id"))
    if item.get("direction") == "left":
        head, tail = tail, head
    labels = rows(item, "labels", place)
    lost["second directions of a relation"] += item.get("direction") == "bi"
    lost["relations without a label"] += not labels
    return [Link(str(label), head, tail) for label in labels]
