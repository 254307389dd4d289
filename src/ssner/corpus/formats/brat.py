"""brat: a folder of `.txt` and `.ann` pairs (https://brat.nlplab.org/standoff.html), and an `annotation.conf`.

Held: text, entities, relations, attributes, and names of documents as names of files. Not held: ids of entities (they
are numbered anew), confidences, values, canonical entities, events of a document (brat's hang on a trigger), metadata.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ... import schema
from ...document import Document
from ..brat import document_to_brat, parse_brat
from .base import ATTRIBUTES, RELATIONS, FormatError, Loss, check_names, loss_without
from .draft import Attribute, Draft, Link, Span

_OTHER_LINES: Final = {
    "T": "spans in several pieces", "E": "brat events", "N": "normalizations", "M": "modifications",
    "A": "attributes without a value", "R": "relations of another form", "*": "equivalences",
}  # fmt: skip


def configuration() -> str:
    """The `annotation.conf` by which brat offers the labels of the schema."""
    lines = ["[entities]", *schema.ENTITY_NAMES, "", "[relations]"]
    lines += [
        f"{r.name}\tArg1:{head}, Arg2:{tail}" for r in schema.RELATION_TYPES for head, tail in sorted(r.signatures)
    ]
    lines += ["", "[events]", "", "[attributes]"]
    lines.append(f"Event\tArg:{schema.EVENT_ANCHOR}, Value:{'|'.join(schema.MENTION_EVENTS)}")
    lines.append(f"Status\tArg:{'|'.join(sorted(schema.STATUS_HEADS))}, Value:{'|'.join(schema.STATUSES)}")
    return "\n".join(lines) + "\n"


class Brat:
    """The format `brat`."""

    name = "brat"
    writes_folder = True

    def write(self, documents: Sequence[Document], path: Path) -> Loss:
        """Write a pair of files for each document, and `annotation.conf` (see `base.Format`)."""
        check_names(documents, as_files=True)
        (path / "annotation.conf").write_text(configuration(), "utf-8")
        for document in documents:
            (path / f"{document.id}.txt").write_bytes(document.text.encode())
            (path / f"{document.id}.ann").write_bytes(document_to_brat(document).encode())
        return Loss.total(loss_without(d, (RELATIONS, ATTRIBUTES)) for d in documents)

    def read(self, path: Path) -> tuple[list[Document], Loss]:
        """Read the pairs of a folder (see `base.Format`)."""
        texts, annotations = ({p.stem for p in path.glob(f"*.{s}")} for s in ("txt", "ann"))
        if not texts:
            raise FormatError(f"{path}: holds no .txt file; name the folder of the .txt and .ann files")
        for name in sorted(texts ^ annotations):
            there, absent = (".txt", ".ann") if name in texts else (".ann", ".txt")
            raise FormatError(f"{path / name}{there}: has no {absent} file beside it; add one or take it away")
        pairs = [_read_pair(path, name) for name in sorted(texts)]
        return [d for d, _ in pairs], Loss.total(loss for _, loss in pairs)


def _read_pair(folder: Path, name: str) -> tuple[Document, Loss]:
    place = folder / f"{name}.ann"
    try:
        text = (folder / f"{name}.txt").read_bytes().decode()
        content = place.read_bytes().decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise FormatError(f"{place}: it or its .txt is not in UTF-8; convert it") from error
    parsed = parse_brat(content)
    document, loss = Draft(
        str(place), name, text,
        spans=[Span(s.id, s.type, s.start, s.end, s.words) for s in parsed.spans],
        links=[Link(r.type, r.head, r.tail) for r in parsed.relations],
        attributes=[Attribute(a.target, a.name.lower(), a.value) for a in parsed.attributes],
    ).document()  # fmt: skip
    lost = Counter(_OTHER_LINES.get(line[0], "unreadable lines") for _, line in parsed.unreadable)
    lost["notes"] = sum(line.startswith("#") for line in content.split("\n"))
    return document, loss + Loss(lost)
