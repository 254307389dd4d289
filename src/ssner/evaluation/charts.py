"""Charts as SVG: readable alone, inside a page, in the light and in the dark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .comparison import Difference
from .rendering import environment


@dataclass(frozen=True)
class Row:
    """A figure with its interval.

    Attributes:
        name: Of the row.
        value: From 0 to 1.
        low: Lower end of the interval, if there is one.
        high: Upper end.
        note: Small print at the end of the row.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a chart.

    Attributes:
        name: For the key.
        points: (x, y), y from 0 to 1.
        low: Lower ends of y's intervals, if there are any.
        high: Upper ends.
    """

    name: str
    points: Sequence[tuple[float, float]]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


def _draw(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values).strip() + "\n"


def interval_chart(title: str, rows: Sequence[Row]) -> str:
    """Figures below each other, each with its interval, in points from 0 to 100."""
    return _draw("intervals.svg.j2", title=title, rows=rows)


def reliability_chart(title: str, bins: Sequence[Mapping[str, Any]], error: float) -> str:
    """Share right against confidence, with the line on which confidences mean what they say.

    Args:
        title: Of the chart.
        bins: As `metrics.json` has them.
        error: ECE.
    """
    return _draw("reliability.svg.j2", title=title, bins=bins, error=error, most=max(b["count"] for b in bins))


def difference_chart(title: str, differences: Sequence[Difference]) -> str:
    """Differences below each other around zero, each with its interval."""
    widest = max((abs(x) for d in differences for x in (d.low, d.high)), default=0.0)
    return _draw("differences.svg.j2", title=title, differences=differences, widest=math.ceil(100 * widest) or 1)


def line_chart(title: str, lines: Sequence[Line], ticks: Sequence[tuple[float, str]], x_title: str) -> str:
    """Lines over an axis.

    Args:
        title: Of the chart.
        lines: At most four.
        ticks: Places on the x axis with their names; the first and last are its ends.
        x_title: Of the x axis.
    """
    return _draw("lines.svg.j2", title=title, lines=lines, ticks=ticks, x_title=x_title)
