"""Checks of an annotation file against its text and the schema: every problem with its place, cause and mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .. import schema
from ..text import Segmented, segment
from .brat import BratFile, TextBound, elided, parse_brat, quoted

_ATTRIBUTES: Final = {"Event": schema.MENTION_EVENTS, "Status": schema.STATUSES}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an annotation file.

    Attributes:
        file: The file.
        line: Its line, from 1; 0 for the file as a whole.
        cause: What is wrong.
        mend: What to do.
    """

    file: str
    line: int
    cause: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.cause}; {self.mend}"


def validate_annotation(file: str, content: str, text: str, ours: bool = True) -> list[Problem]:
    """All problems of an annotation file, in order of their lines.

    Args:
        file: Its name.
        content: What it holds.
        text: What it annotates.
        ours: Whether the text may be quoted at length; else long names are quoted as `elided` does.
    """
    parsed = parse_brat(content)
    segmented = segment(text)
    problems = [
        Problem(file, line, f"unreadable line {words[:40]!r}", "write it as a T, R or A line of brat, with tabs")
        for line, words in parsed.unreadable
    ]
    problems += _spans(file, parsed, segmented, ours)
    problems += _relations(file, parsed, segmented)
    problems += _attributes(file, parsed)
    return sorted(problems, key=lambda p: p.line)


def _spans(file: str, parsed: BratFile, segmented: Segmented, ours: bool) -> Iterator[Problem]:
    text = segmented.raw
    starts = {w.start for w in segmented.words if not w.is_mark}
    ends = {w.end for w in segmented.words if not w.is_mark}
    seen: dict[str, int] = {}
    for span in parsed.spans:
        where = f"{span.id} {span.start}..{span.end}"
        if span.id in seen:
            yield Problem(
                file, span.line, f"{span.id} stands on line {seen[span.id]} too", "give it a number of its own"
            )
        seen[span.id] = span.line
        if span.type not in schema.ENTITY_NAMES:
            yield Problem(
                file, span.line, f"unknown entity type {span.type!r}", f"use one of {', '.join(schema.ENTITY_NAMES)}"
            )
        if span.end > len(text) or span.start >= span.end:
            yield Problem(
                file,
                span.line,
                f"span {where} is empty or over its text of {len(text)} characters",
                "set its offsets anew",
            )
            continue
        words = quoted(text[span.start : span.end])
        quote = words if ours else elided(words)
        if quote != span.words:
            mend = "mend the offsets or the words" if quote == words else f"quote it as {quote!r}: the text is not ours"
            yield Problem(file, span.line, f"{where} quotes {span.words!r}, the text has {words!r}", mend)
        if span.start not in starts or span.end not in ends:
            yield Problem(
                file,
                span.line,
                f"{where} {words!r} has a ragged edge",
                "begin and end it on a whole word, not on a mark",
            )
        if segmented.sentence_of(span.start) != segmented.sentence_of(span.end - 1):
            yield Problem(file, span.line, f"{where} {words!r} crosses a sentence", "end it with its sentence")
    ordered = sorted(parsed.spans, key=lambda s: (s.start, s.end))
    furthest: TextBound | None = None
    for span in ordered:
        if furthest is not None and span.start < furthest.end:
            yield Problem(
                file,
                span.line,
                f"{span.id} overlaps {furthest.id} on line {furthest.line}",
                "keep the longer span only",
            )
        if furthest is None or span.end > furthest.end:
            furthest = span


def _relations(file: str, parsed: BratFile, segmented: Segmented) -> Iterator[Problem]:
    spans = {s.id: s for s in parsed.spans}
    seen: dict[tuple[str, str, str], int] = {}
    for relation in parsed.relations:
        missing = [end for end in (relation.head, relation.tail) if end not in spans]
        if missing:
            yield Problem(
                file,
                relation.line,
                f"{relation.id} names {missing[0]}, which is not there",
                "name a T line of this file",
            )
            continue
        if relation.type not in schema.RELATION_NAMES:
            yield Problem(
                file, relation.line, f"unknown relation type {relation.type!r}",
                f"use one of {', '.join(schema.RELATION_NAMES)}",
            )  # fmt: skip
            continue
        head, tail = spans[relation.head], spans[relation.tail]
        if head.id == tail.id:
            yield Problem(file, relation.line, f"{relation.id} joins {head.id} to itself", "delete it")
        if not schema.relation_type(relation.type).allows(head.type, tail.type):
            yield Problem(
                file, relation.line, f"{relation.type} cannot join {head.type} to {tail.type}",
                "turn it round, choose another type, or delete it",
            )  # fmt: skip
        one, other = segmented.sentence_of(head.start), segmented.sentence_of(tail.start)
        if one >= 0 and other >= 0 and segmented.distance(one, other) > 1:
            yield Problem(
                file, relation.line, f"{relation.id} joins mentions {segmented.distance(one, other)} sentences apart",
                "join the closest mentions, at most one sentence apart, or delete it",
            )  # fmt: skip
        key = (relation.type, relation.head, relation.tail)
        if key in seen:
            yield Problem(file, relation.line, f"{relation.id} repeats line {seen[key]}", "delete it")
        seen[key] = relation.line


def _attributes(file: str, parsed: BratFile) -> Iterator[Problem]:
    spans = {s.id: s for s in parsed.spans}
    with_event = {a.target for a in parsed.attributes if a.name == "Event"}
    status_heads = {
        r.head
        for r in parsed.relations
        if r.type in schema.RELATION_NAMES and schema.relation_type(r.type).head_has_status
    }
    statuses: dict[tuple[str, str], int] = {}
    for attribute in parsed.attributes:
        target = spans.get(attribute.target)
        if target is None:
            yield Problem(
                file, attribute.line, f"{attribute.id} names {attribute.target}, which is not there", "name a T line"
            )
            continue
        if attribute.name not in _ATTRIBUTES:
            yield Problem(
                file, attribute.line, f"unknown attribute {attribute.name!r}", f"use one of {', '.join(_ATTRIBUTES)}"
            )
            continue
        if attribute.value not in _ATTRIBUTES[attribute.name]:
            yield Problem(
                file, attribute.line, f"unknown value {attribute.value!r} of {attribute.name}",
                f"use one of {', '.join(_ATTRIBUTES[attribute.name])}",
            )  # fmt: skip
        if attribute.name == "Event" and target.type != schema.EVENT_ANCHOR:
            yield Problem(
                file,
                attribute.line,
                f"Event on {target.id}, a {target.type}",
                f"only a {schema.EVENT_ANCHOR} carries it",
            )
        if attribute.name == "Status" and target.id not in with_event | status_heads:
            yield Problem(
                file, attribute.line, f"Status on {target.id}, which has no event and heads no relation that has one",
                "delete it, or annotate the event or relation",
            )  # fmt: skip
        key = (attribute.target, attribute.name)
        if key in statuses:
            yield Problem(
                file, attribute.line, f"{attribute.name} of {target.id} repeats line {statuses[key]}", "keep one"
            )
        statuses[key] = attribute.line
    for target_id in sorted(with_event | status_heads):
        if target_id in spans and (target_id, "Status") not in statuses:
            cause = f"{target_id} {spans[target_id].words!r} has no Status"
            yield Problem(file, spans[target_id].line, cause, "add COMPLETED, ONGOING or PLANNED, as its sentence says")
