"""Events as rows: what one line of a table says of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..document import Document, Event, Filler, Value, format_number
from ..schema import event_frame


class EventRow(NamedTuple):
    """One event in words."""

    document: str
    type: str
    status: str
    who: str
    what: str
    officials: str


def say_value(value: Value) -> str:
    """A value in short: `90,000,000,000 IRR`, `448 مترمربع`, `2-3 نفر`."""

    def short(number: Fraction) -> str:
        plain = format_number(number)
        return f"{number.numerator:,}" if number.denominator == 1 else plain

    unit = (value.currency if value.is_money else value.unit) or ""
    if value.low is not None and value.high is not None:
        said = f"{short(value.low)}-{short(value.high)}"
    elif value.number is not None:
        said = short(value.number)
    else:
        return f"? ({value.reason})"
    sign = {"about": "~", "at_least": "≥", "at_most": "≤"}.get(value.bound, "")
    return f"{sign}{said} {unit}".strip()


def _say(filler: Filler) -> str:
    return say_value(filler.value) if filler.value is not None else filler.text


def event_row(document: Document, event: Event) -> EventRow:
    """The row of one event."""
    frame = event_frame(event.type)
    anchor = frame.roles[0].name
    rest = [f"{name}: {', '.join(_say(f) for f in fillers)}" for name, fillers in event.roles.items() if name != anchor]
    return EventRow(
        document.id, event.type, event.status or "", "، ".join(f.text for f in event.roles.get(anchor, ())),
        "; ".join(rest), "، ".join(f.text for f in event.officials),
    )  # fmt: skip


def event_rows(documents: Iterable[Document]) -> list[EventRow]:
    """The rows of all events, in order."""
    return [event_row(d, e) for d in documents for e in d.events]


def format_table(rows: Sequence[EventRow], width: int = 150) -> str:
    """Rows as a plain table for a terminal; long cells are cut with `…`."""
    limits = (18, 13, 10, 40, max(20, width - 111), 20)
    titles = EventRow("document", "event", "status", "who", "what", "officials")

    def cut(text: str, limit: int) -> str:
        text = " ".join(text.split())
        return text if len(text) <= limit else text[: limit - 1] + "…"

    def line(row: EventRow) -> str:
        return "  ".join(cut(cell, limit).ljust(limit) for cell, limit in zip(row, limits, strict=True)).rstrip()

    return "\n".join([line(titles), "-" * min(width, sum(limits) + 10), *map(line, rows)])
