"""The report: one folder with a page, its Markdown, figures, and the metrics as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ..schema import ENTITY_TYPES, RELATION_NAMES
from .charts import Line, Row, interval_chart, line_chart, reliability_chart
from .contexts import Shown
from .metrics_schema import metrics_schema
from .rendering import environment, inline_chart, tidy

_CALIBRATED: Final = {"entities": "Entities", "relations": "Relations", "events": "Events"}


@dataclass(frozen=True)
class Report:
    """What a report shows.

    Attributes:
        metrics: The content of `metrics.json`.
        mistakes: The costliest, with contexts, by cause.
        own_only: Whether only texts of our own are quoted.
    """

    metrics: Mapping[str, Any]
    mistakes: Mapping[str, Sequence[Shown]] = field(default_factory=dict)
    own_only: bool = True


def _rows(scores: Mapping[str, Mapping[str, Any]], names: Sequence[str]) -> list[Row]:
    return [
        Row(n, s["f1"], s.get("low"), s.get("high"), f"n {s['gold']}")
        for n in names
        if n in scores and (s := scores[n])["gold"] + s["predicted"]
    ]


def charts_of(metrics: Mapping[str, Any]) -> dict[str, str]:
    """The figures as SVG, by name."""
    entities, relations = metrics["entities"], metrics["relations"]
    by_type = _rows(entities["schemes"]["strict"], [t.name for t in ENTITY_TYPES])
    out = {
        "headline": interval_chart("F1 with 95% intervals", [
            Row(f["title"], f["f1"], f["low"], f["high"])
            for f in (metrics["figures"][name] for name in metrics["headline"])
        ]),
        "entities_by_type": interval_chart("Entities, strict F1", by_type),
        "relations_by_type": interval_chart("Relations, strict F1", _rows(relations["strict"], RELATION_NAMES)),
        "entities_by_length": interval_chart("Entities by length, strict F1", [
            *_rows(entities["by_length"], list(entities["by_length"])),
            *_rows(entities.get("by_seen", {}), ["seen", "new"]),
        ]),
    }  # fmt: skip
    for name, title in _CALIBRATED.items():
        if found := metrics["calibration"].get(name):
            out[f"reliability_{name}"] = reliability_chart(title, found["bins"], found["ece"])
    if kept := metrics["calibration"].get("keep_events"):
        lines = [
            Line(name, [(row["threshold"], row[name]) for row in kept if row[name] is not None])
            for name in ("precision", "recall", "coverage")
        ]
        ticks = [(t / 100, str(t)) for t in (0, 25, 50, 75, 100)]
        out["keep_events"] = line_chart("Keeping events of a confidence of at least t", lines, ticks, "t, %")
    return out


def render_report(report: Report) -> dict[str, str]:
    """The files of the report: name → content."""
    charts = charts_of(report.metrics)
    environment_ = environment()
    values = {
        "m": report.metrics, "mistakes": report.mistakes, "own_only": report.own_only, "types": ENTITY_TYPES,
        "calibrated": _CALIBRATED,
    }  # fmt: skip
    page = environment_.get_template("report.html.j2")
    text = environment_.get_template("report.md.j2")
    return {
        "metrics.json": json.dumps(report.metrics, indent=1, ensure_ascii=False, allow_nan=False) + "\n",
        "metrics.schema.json": json.dumps(metrics_schema(), indent=1) + "\n",
        "report.html": page.render(charts={n: inline_chart(c) for n, c in charts.items()}, **values).strip() + "\n",
        "report.md": tidy(text.render(**values)),
        **{f"figures/{name}.svg": chart for name, chart in charts.items()},
    }
