"""The JSON Schema of `metrics.json`."""

from __future__ import annotations

from typing import Any, Final

from ..schema import ENTITY_NAMES, EVENT_NAMES, RELATION_NAMES
from .alignment import NOTHING
from .errors import CAUSES
from .measures import MEASURES
from .scoring import METRICS_VERSION
from .slices import DISTANCES
from .spans import SCHEMES
from .things import VALUE_TYPES

_SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1}
_COUNT: Final = {"type": "integer", "minimum": 0}
_TEXT: Final = {"type": "string"}
_POINTS: Final = {"type": "number", "minimum": -1, "maximum": 1}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _map(values: Any, names: list[str] | None = None) -> dict[str, Any]:
    out: dict[str, Any] = {"type": "object", "additionalProperties": values}
    return out if names is None else out | {"propertyNames": {"enum": names}}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _score(*counts: str) -> dict[str, Any]:
    figures = ["precision", "recall", "f1"]
    return _object(
        [*figures, *counts], **dict.fromkeys(figures, _SHARE), **dict.fromkeys(counts, _COUNT), low=_SHARE, high=_SHARE
    )  # fmt: skip


def metrics_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `evaluate.py` writes."""
    score = _score("correct", "predicted", "gold")
    spans = _score("correct", "partial", "incorrect", "missed", "spurious", "gold", "predicted")
    values = _score(
        "right", "wrong", "null", "missing", "spurious", "invented", "null_right", "bound_right"
    )  # fmt: skip
    ratio = _score()
    types, relations = ["all", *ENTITY_NAMES], ["all", *RELATION_NAMES]
    measures = [m.name for m in MEASURES]
    figure = _object(
        ["title", "right", "f1", "low", "high", "documents"], title=_TEXT, right=_TEXT, f1=_SHARE, low=_SHARE,
        high=_SHARE, documents=_COUNT, precision=_SHARE, recall=_SHARE,
    )  # fmt: skip
    part = _object(
        ["documents", "entities", "relations", "attributes"], documents=_COUNT, entities=score, relations=score,
        attributes=score,
    )  # fmt: skip
    bin_ = _object(
        ["low", "high", "count", "confidence", "right", "right_low", "right_high"], low=_SHARE, high=_SHARE,
        count=_COUNT, confidence=_SHARE, right=_SHARE, right_low=_SHARE, right_high=_SHARE,
    )  # fmt: skip
    reliability = _object(
        ["samples", "ece", "brier", "bins"], samples=_COUNT, ece=_SHARE, brier=_SHARE, bins=_list(bin_),
        ece_by_chance=_object(["mean", "high"], mean=_SHARE, high=_SHARE),
    )  # fmt: skip
    kept = _object(
        ["threshold", "kept", "precision", "recall", "coverage"], threshold=_SHARE, kept=_COUNT,
        precision={"anyOf": [_SHARE, {"type": "null"}]}, recall=_SHARE, coverage=_SHARE,
    )  # fmt: skip
    span = {"type": "array", "prefixItems": [{"enum": list(ENTITY_NAMES)}, _COUNT, _COUNT], "items": False}
    mistake = _object(
        ["cause", "document", "cost", "confidence", "gold", "predicted"], cause={"enum": list(CAUSES)}, document=_TEXT,
        cost=_COUNT, confidence=_SHARE, gold=_list(span), predicted=_list(span),
    )  # fmt: skip
    difference = _object(
        ["name", "title", "documents", "a", "b", "low", "high", "p", "p_holm", "difference", "is_clear"],
        name={"enum": measures}, title=_TEXT, documents=_COUNT, a=_SHARE, b=_SHARE, low=_POINTS, high=_POINTS, p=_SHARE,
        p_holm={"anyOf": [_SHARE, {"type": "null"}]}, difference=_POINTS, is_clear={"type": "boolean"},
    )  # fmt: skip
    confusion_names = [*ENTITY_NAMES, NOTHING]
    event_names = [n for name in ("roles_attached", "roles_unattached", "events_whole", "status")
                   for n in (name, *(f"{name}/{kind}" for kind in EVENT_NAMES))]  # fmt: skip
    group = {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 4, "maxItems": 4}
    required = [
        "metrics_version", "ssner_version", "made", "evaluated", "on", "verdict", "documents", "documents_with_events",
        "headline", "figures", "entities", "relations", "attributes", "by_collection", "by_source",
        "seqeval_strict_iob2", "calibration", "errors", "per_document",
    ]  # fmt: skip
    schema = _object(
        required,
        metrics_version={"const": METRICS_VERSION},
        ssner_version=_TEXT,
        made={"type": "string", "format": "date"},
        evaluated=_object(["name", "kind", "sha256"], name=_TEXT, kind={"enum": ["model", "predictions"]}, sha256=_TEXT,
                          calibration={"type": ["string", "null"]}, missing=_COUNT, dropped=_COUNT),
        on=_object(["split", "collections", "left_out", "gold"], split=_TEXT, collections=_list(_TEXT),
                   left_out=_COUNT, gold=_map(_TEXT)),
        verdict={"anyOf": [{"type": "null"}, _object(["against", "sentence", "differences"], against=_TEXT,
                                                     sentence=_TEXT, differences=_list(difference))]},
        documents=_COUNT,
        documents_with_events=_COUNT,
        headline=_list({"enum": measures}),
        figures=_map(figure, measures),
        entities=_object(["schemes", "by_length"], schemes=_map(_map(spans, types), list(SCHEMES)),
                         by_length=_map(score), by_seen=_map(score)),
        relations=_object(
            ["strict", "boundary", "by_distance"], strict=_map(score, relations), boundary=_map(score, relations),
            given_entities=_map(score, relations), by_distance=_map(score, list(DISTANCES)),
            given_entities_by_distance=_map(score, list(DISTANCES)),
        ),
        attributes=_map(score),
        values=_map(values, ["all", *VALUE_TYPES]),
        canonical=_map({"anyOf": [ratio, _object(["f1"], f1=_SHARE)]}),
        events=_map(score, event_names),
        facts=_map(score, relations),
        given_gold=_map(figure, measures),
        by_collection=_map(part),
        by_source=_map(part),
        seqeval_strict_iob2=_map(_map({"type": "number", "minimum": 0})),
        calibration=_object(
            [], entities=reliability, relations=reliability, events=reliability, keep_events=_list(kept)
        ),
        errors=_object(
            ["confusion", "boundaries", "relations", "causes", "costliest"],
            confusion=_map(_map(_COUNT, confusion_names), confusion_names), boundaries=_map(_map(_COUNT), types),
            relations=_map(_map(_map(_COUNT), list(DISTANCES)), list(RELATION_NAMES)),
            causes=_map(_object(["mistakes", "cost"], mistakes=_COUNT, cost=_COUNT), list(CAUSES)),
            costliest=_list(mistake),
        ),
        per_document=_map(_map(_list(group)), measures),
    )  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"metrics.json of ssner, version {METRICS_VERSION}",
        **schema,
    }
