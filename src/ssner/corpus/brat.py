"""brat stand-off annotation: reading with line numbers, and writing.

Lines: `T1<TAB>TYPE start end<TAB>words`, `R1<TAB>TYPE Arg1:T1 Arg2:T2`, `A1<TAB>Event|Status T1 VALUE`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ..document import Document, Entity, Relation

LONGEST_QUOTE: Final = 8
"""Words of a text that is not ours which an annotation may quote in a row; a half-space parts two."""
_KEPT: Final = 2
_WORD: Final = re.compile(r"[^\W_]+")
_T = re.compile(r"(T\d+)\t(\S+) (\d+) (\d+)\t(.*)")
_R = re.compile(r"(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*")
_A = re.compile(r"(A\d+)\t(\S+) (T\d+) (\S+)\s*")


@dataclass(frozen=True)
class TextBound:
    """A `T` line: a span and the words it quotes."""

    line: int
    id: str
    type: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class BratRelation:
    """An `R` line."""

    line: int
    id: str
    type: str
    head: str
    tail: str


@dataclass(frozen=True)
class BratAttribute:
    """An `A` line."""

    line: int
    id: str
    name: str
    target: str
    value: str


@dataclass
class BratFile:
    """What an `.ann` file says, with the numbers of its lines; lines that can't be read are kept apart."""

    spans: list[TextBound] = field(default_factory=list)
    relations: list[BratRelation] = field(default_factory=list)
    attributes: list[BratAttribute] = field(default_factory=list)
    unreadable: list[tuple[int, str]] = field(default_factory=list)


def quoted(words: str) -> str:
    """The words of a span as a `T` line quotes them: on one line."""
    return words.replace("\r", " ").replace("\n", " ")


def elided(words: str) -> str:
    """The words of a span of a text that is not ours: of a long one only its beginning and end (`… … …`).

    A name of more than `LONGEST_QUOTE` words is a piece of somebody's text; offsets and the text's hash say the rest.
    """
    if len(_WORD.findall(words)) <= LONGEST_QUOTE:
        return words
    parts = words.split()
    return " ".join((*parts[:_KEPT], "…", *parts[-_KEPT:]))


def parse_brat(content: str) -> BratFile:
    """Read the lines of an `.ann` file; nothing is checked against the text or the schema here."""
    out = BratFile()
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if match := _T.fullmatch(line):
            name, kind, start, end, words = match.groups()
            out.spans.append(TextBound(number, name, kind, int(start), int(end), words))
        elif match := _R.fullmatch(line):
            out.relations.append(BratRelation(number, *match.groups()))
        elif match := _A.fullmatch(line):
            out.attributes.append(BratAttribute(number, *match.groups()))
        else:
            out.unreadable.append((number, line))
    return out


def document_from_brat(document_id: str, text: str, content: str) -> Document:
    """The document that a valid `.ann` file makes of its text (see `validation` for the checks).

    Raises:
        DocumentError: The file does not hold together with the text.
    """
    parsed = parse_brat(content)
    values = {(a.target, a.name): a.value for a in parsed.attributes}
    entities = tuple(
        Entity(
            s.id, s.type, s.start, s.end, text[s.start : s.end],
            event=values.get((s.id, "Event")), status=values.get((s.id, "Status")),
        )
        for s in sorted(parsed.spans, key=lambda s: (s.start, s.end))
    )  # fmt: skip
    relations = tuple(Relation(r.type, r.head, r.tail) for r in parsed.relations)
    return Document(document_id, text, entities=entities, relations=relations)


def document_to_brat(document: Document) -> str:
    """The `.ann` file of a document's entities, relations and attributes, renumbered in order of place."""
    names = {e.id: f"T{i}" for i, e in enumerate(document.entities, 1)}
    lines = [f"{names[e.id]}\t{e.type} {e.start} {e.end}\t{quoted(e.text)}" for e in document.entities]
    order = {e.id: i for i, e in enumerate(document.entities)}
    relations = sorted(document.relations, key=lambda r: (order[r.head], order[r.tail], r.type))
    lines += [
        f"R{i}\t{r.type} Arg1:{names[r.head]} Arg2:{names[r.tail]}" for i, r in enumerate(relations, 1)
    ]  # fmt: skip
    attributes = [
        (names[e.id], name, value)
        for e in document.entities
        for name, value in (("Event", e.event), ("Status", e.status))
        if value is not None
    ]
    lines += [f"A{i}\t{name} {target} {value}" for i, (target, name, value) in enumerate(attributes, 1)]
    return "\n".join(lines) + "\n" if lines else ""
