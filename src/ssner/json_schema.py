"""The published JSON Schema of a document, made of the schema's tables."""

from __future__ import annotations

from typing import Any

from . import schema

_DECIMAL = {"type": "string", "pattern": r"^-?\d+(\.\d+)?(/\d+)?$"}
_CONFIDENCE = {"type": "number", "minimum": 0, "maximum": 1}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _value(exact: str, **own: Any) -> dict[str, Any]:
    return _object(
        ["bound"], **{exact: {"anyOf": [_DECIMAL, {"type": "null"}]}}, low=_DECIMAL, high=_DECIMAL, **own,
        bound={"enum": list(schema.BOUNDS)}, reason={"type": "string"},
    )  # fmt: skip


def document_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `Document.to_json`."""
    nullable = {"type": ["string", "null"]}
    money = _value("amount", currency=nullable, written_as=nullable)
    quantity = _value("number", unit=nullable, kind={"enum": list(schema.QUANTITY_KINDS)})
    value = {"anyOf": [money, quantity]}
    text = {"type": "string"}
    offset = {"type": "integer", "minimum": 0}
    filler = _object(["text"], canonical=text, entity=text, text=text, value=value)
    status = {"enum": list(schema.STATUSES)}
    roles = sorted({role.name for frame in schema.EVENT_FRAMES for role in frame.roles})
    entity = _object(
        ["id", "type", "start", "end", "text"], id=text, type={"enum": list(schema.ENTITY_NAMES)}, start=offset,
        end=offset, text=text, confidence=_CONFIDENCE, canonical=text, event={"enum": list(schema.MENTION_EVENTS)},
        status=status, value=value,
    )  # fmt: skip
    relation = _object(
        ["type", "head", "tail"],
        type={"enum": list(schema.RELATION_NAMES)},
        head=text,
        tail=text,
        confidence=_CONFIDENCE,
    )
    fillers = {"type": "array", "items": filler}
    span = {"type": "array", "prefixItems": [offset, offset], "minItems": 2, "maxItems": 2}
    event = _object(
        ["id", "type", "evidence", "roles"], id=text, type={"enum": list(schema.EVENT_NAMES)}, status=status,
        confidence=_CONFIDENCE, evidence={"type": "array", "items": span}, officials=fillers,
        roles=_object([], **dict.fromkeys(roles, fillers)), province=text,
        date=_object(["text", "start", "end"], text=text, start=offset, end=offset, jalali=text, iso=text),
    )  # fmt: skip
    canonical = _object(
        ["id", "type", "name", "mentions"], id=text, type={"enum": list(schema.ENTITY_NAMES)}, name=text,
        mentions={"type": "array", "items": text},
    )  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ssner document",
        "description": f"A text and what was read from it, by annotation schema version {schema.SCHEMA_VERSION}. "
        "Offsets are half-open, in Unicode code points of the raw text.",
        **_object(
            ["id", "text", "meta", "entities", "relations", "events", "canonical"], id=text, text=text,
            meta={"type": "object"}, entities={"type": "array", "items": entity},
            relations={"type": "array", "items": relation}, events={"type": "array", "items": event},
            canonical={"type": "array", "items": canonical},
        ),
    }  # fmt: skip
