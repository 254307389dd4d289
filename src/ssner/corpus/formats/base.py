"""What every format of other tools shares: reading, writing, and the count of what it cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from ...document import Document

RELATIONS: Final = "relations"
ATTRIBUTES: Final = "attributes"
ENTITY_IDS: Final = "entity ids"
ENTITY_CONFIDENCES: Final = "entity confidences"
RELATION_CONFIDENCES: Final = "relation confidences"
VALUES: Final = "values"
CANONICAL: Final = "canonical entities"
EVENTS: Final = "events"
METADATA: Final = "metadata fields"
_LONGEST_NAME: Final = 200


class FormatError(ValueError):
    """A file of another format can't be read or written."""


@dataclass(frozen=True)
class Loss:
    """What a conversion could not keep.

    Attributes:
        counts: Kind of thing → how many were lost; kinds of which none was lost are left out.
    """

    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", {kind: n for kind, n in sorted(self.counts.items()) if n})

    def __add__(self, other: Loss) -> Loss:
        return Loss(Counter(self.counts) + Counter(other.counts))

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __str__(self) -> str:
        if not self.counts:
            return "nothing was lost"
        return "lost: " + ", ".join(f"{n:,} {kind}" for kind, n in self.counts.items())

    @classmethod
    def total(cls, losses: Iterable[Loss]) -> Loss:
        """The sum of losses."""
        counts: Counter[str] = Counter()
        for loss in losses:
            counts.update(loss.counts)
        return cls(counts)


class Format(Protocol):
    """A format of another tool.

    Attributes:
        name: Its name on the command line.
        writes_folder: Whether it is written as a folder rather than one file.
    """

    name: str
    writes_folder: bool

    def write(self, documents: Sequence[Document], path: Path) -> Loss:
        """Write documents to a file, or into an empty folder that is there, and say what was lost.

        Raises:
            FormatError: A document can't be written.
        """
        ...

    def read(self, path: Path) -> tuple[list[Document], Loss]:
        """Documents of a file or folder, and what of it a `Document` could not hold.

        Raises:
            FormatError: The file is not of the format, or does not hold together.
        """
        ...


def contents(document: Document) -> Counter[str]:
    """How many there are of each kind of thing that some format cannot hold.

    An entity's id counts where it is not the one that its place gives it (`T1` for the first), as formats without ids
    number entities anew.
    """
    entities = document.entities
    named = {c.id for c in document.canonical} | {e.canonical for e in entities if e.canonical is not None}
    return Counter({
        RELATIONS: len(document.relations),
        ATTRIBUTES: sum((e.event is not None) + (e.status is not None) for e in entities),
        ENTITY_IDS: sum(e.id != f"T{i}" for i, e in enumerate(entities, 1)),
        ENTITY_CONFIDENCES: sum(e.confidence is not None for e in entities),
        RELATION_CONFIDENCES: sum(r.confidence is not None for r in document.relations),
        VALUES: sum(e.value is not None for e in entities),
        CANONICAL: len(named),
        EVENTS: len(document.events),
        METADATA: len(document.meta),
    })  # fmt: skip


def loss_without(document: Document, held: Collection[str]) -> Loss:
    """What a format loses of a document when it holds its text, its entities, and the kinds `held`."""
    return Loss({kind: n for kind, n in contents(document).items() if kind not in held})


def holds_control(name: str) -> bool:
    """Whether a name holds a line break or another control character."""
    return any(c < " " or c in "\x7f\x85\u2028\u2029" for c in name)


def check_names(documents: Sequence[Document], as_files: bool = False) -> None:
    """Check that documents have names of their own, and names that can be those of files if they must be.

    Raises:
        FormatError: Two have the same name, or a name can't be a file's.
    """
    seen: set[str] = set()
    for document in documents:
        name = document.id
        if name in seen:
            raise FormatError(f"two documents are called {name!r}; give each an id of its own")
        seen.add(name)
        unfit = not name or name[0] == "." or any(c in "/\\" for c in name) or holds_control(name)
        if as_files and (unfit or len(name.encode()) > _LONGEST_NAME):
            raise FormatError(f"{name[:60]!r} can't be the name of a file; give the document another id")
