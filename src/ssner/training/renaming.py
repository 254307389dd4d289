"""Copies of training documents with other names and figures in them: mention replacement (Dai and Adel, 2020).

Names of organisations, facilities and persons give way to others of the training documents or of lists, of the same
type and of a like length; the digits of amounts and quantities to other digits. What is learnt is then less the name
and more what stands around it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ..corpus.store import CorpusError, read_text
from ..document import Document, Entity
from ..evaluation.disturbance import Disturbance, Edit, disturbed
from ..text import ZWNJ, fold_string

RENAMED: Final = ("ORG", "FACILITY", "PERSON")
COUNTED: Final = ("MONEY", "QUANTITY")
POINTING: Final = ("این ", "آن ", "همین ", "همان ")
"""What a mention begins with that points to another one: no name."""
_BREAKING: Final = frozenset('.!?؟؛:;،,«»"\n\r\t')
"""Marks that might part a sentence, or belong to the text around the name."""
_LONG: Final = 3
"""Words from which on names are of one length."""

Names = Mapping[tuple[str, int], Sequence[str]]


def _length(name: str) -> int:
    """How many words a name has; from `_LONG` on all are of one length."""
    return min(len(name.split()), _LONG)


def _kind(entity: Entity) -> tuple[str, int] | None:
    """What a mention may be replaced by: its type and length; `None` where it is no name, or cannot stand elsewhere."""
    if entity.type not in RENAMED or fold_string(entity.text).startswith(POINTING) or _BREAKING & set(entity.text):
        return None
    return entity.type, _length(entity.text)


def _is_glued(text: str, entity: Entity) -> bool:
    """Whether a letter, digit or half-space touches the mention, as in `موسسه (سپید)برای`: names would run into it."""
    return any(c.isalnum() or c == ZWNJ for c in text[: entity.start][-1:] + text[entity.end :][:1])


def names_of(documents: Sequence[Document]) -> Names:
    """The different names of documents by type and length, in the order in which they first stand."""
    found: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for document in documents:
        for entity in document.entities:
            if kind := _kind(entity):
                found[kind][entity.text] = None
    return {kind: list(names) for kind, names in found.items()}


def listed_names(folder: Path) -> Names:
    """The names of `ORG.txt`, `FACILITY.txt` and `PERSON.txt` in a folder, one a line, by type and length.

    A name with marks that might part a sentence is left out, as in `names_of`.

    Raises:
        CorpusError: A file is not there or no text.
    """
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for kind in RENAMED:
        path = folder / f"{kind}.txt"
        try:
            lines = read_text(path).splitlines()
        except (OSError, UnicodeError) as error:
            raise CorpusError(f"{path} cannot be read ({error}): data.names is a folder of three lists") from error
        for line in lines:
            if (name := line.strip()) and not _BREAKING & set(name):
                found[kind, _length(name)].append(name)
    return found


def _recounted(text: str, rng: random.Random) -> str:
    """The text with other digits, each of its own script and none of them 0 but where one was (`۴۰٬۵۰۰` → `۷۰٬۲۰۰`)."""
    return "".join(chr(ord(c) - int(c) + rng.randint(1, 9)) if c.isdecimal() and int(c) else c for c in text)


def _other(entity: Entity, kind: tuple[str, int] | None, names: Names, rng: random.Random) -> str:
    """Another name of its kind where it has one; of a figure, which has no kind, other digits."""
    if kind is None:
        return _recounted(entity.text, rng)
    others = names.get(kind)
    return rng.choice(others) if others else entity.text


def renamed(document: Document, names: Names, rate: float, rng: random.Random) -> Document:
    """The document with each of its names and figures replaced with probability `rate`, each time by the same other.

    Mentions stand where they stand then; relations, events and statuses of mentions stay (see `disturbed`).
    """
    chosen: dict[tuple[str, str], str] = {}
    edits: list[Edit] = []
    for entity in sorted(document.entities, key=lambda e: e.start):
        kind = _kind(entity)
        if (kind is None and entity.type not in COUNTED) or _is_glued(document.text, entity):
            continue
        key = entity.type, fold_string(entity.text)
        if key not in chosen:
            chosen[key] = _other(entity, kind, names, rng) if rng.random() < rate else entity.text
        edits.append((entity.start, entity.end, chosen[key]))
    return disturbed(document, Disturbance("renamed", "other names", lambda _: iter(edits)))


def renamed_copies(
    documents: Sequence[Document], share: float, seed: int, rate: float = 0.5, listed: Names = MappingProxyType({})
) -> list[Document]:
    """Copies of a share of documents, drawn by `seed`.

    Half of their names are replaced by others of `documents` or of `listed`, half of their figures by others.
    """
    rng = random.Random(seed)
    own = names_of(documents)
    names = {kind: sorted({*own.get(kind, ()), *listed.get(kind, ())}) for kind in {**own, **listed}}
    drawn = sorted(rng.sample(range(len(documents)), round(share * len(documents))))
    return [renamed(documents[at], names, rate, rng) for at in drawn]
