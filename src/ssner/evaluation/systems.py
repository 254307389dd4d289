"""What is evaluated, and on what: models and prediction files, gold documents, earlier metrics."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ..corpus.gold import with_gold
from ..corpus.store import SPLITS, left_out, load_documents
from ..document import Document, DocumentError
from .cases import Case, make_cases
from .things import VALUE_TYPES


@dataclass(frozen=True)
class Gold:
    """The documents of a split.

    Attributes:
        split: Its name.
        documents: With values, canonical entities and events where the corpus has them whole.
        with_events: Ids of those that have.
        left_out: How many documents of the corpus have no text here.
    """

    split: str
    documents: tuple[Document, ...]
    with_events: frozenset[str] = frozenset()
    left_out: int = 0

    def digests(self) -> dict[str, str]:
        """Document → a short hash of its text and gold, by which two evaluations know that they had the same."""
        return {d.id: _digest(d) for d in self.documents}


def _digest(document: Document) -> str:
    bare = document.with_(meta={}).to_json()
    return hashlib.sha256(json.dumps(bare, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()[:12]


def load_gold(root: Path, shared: Path, split: str, collections: Sequence[str]) -> Gold:
    """The gold documents of a split.

    Raises:
        ValueError: The split is unknown, or none of its documents has its text here.
        CorpusError: The corpus does not hold together.
    """
    if split not in SPLITS:
        raise ValueError(f"split={split} is not one of {', '.join(SPLITS)}")
    documents = list(load_documents(root, shared, (split,), tuple(collections)))
    if not documents:
        raise ValueError(f"no document of the split {split} has its text here: name their folder with shared=")
    told = {d.id: d for d in (with_gold(d, root / "annotations") for d in documents) if d is not None and _is_whole(d)}
    whole = tuple(told.get(d.id, d) for d in documents)
    return Gold(split, whole, frozenset(told), left_out(root, shared))


def _is_whole(document: Document) -> bool:
    """Whether every amount and quantity has its value: without them, events can't be compared by numbers."""
    return all(e.value is not None for e in document.entities if e.type in VALUE_TYPES)


@dataclass(frozen=True)
class System:
    """A model or file with what it says about a split.

    Attributes:
        name: For people.
        kind: `model` or `predictions`.
        sha256: Of the model or file.
        predicted: Predictions by the ids of the gold.
        related: Predictions for the gold mentions, where a model was asked.
        dropped: Predictions that were for no document of the split.
    """

    name: str
    kind: str
    sha256: str
    predicted: tuple[Document, ...]
    related: tuple[Document, ...] = field(default=())
    dropped: int = 0

    def cases(self, gold: Gold) -> list[Case]:
        """Its predictions beside the gold.

        Raises:
            ValueError: Two predictions are for one document.
        """
        return make_cases(gold.documents, self.predicted, self.related, gold.with_events)


class ReadModel(Protocol):
    """Reads documents with a model; the evaluation room knows none, so that it is given from outside."""

    def __call__(self, folder: Path | None, gold: Sequence[Document], related: bool) -> System:
        """Predictions of the model of a folder (`None`: the one in the package), for the gold mentions too if asked."""
        ...


def read_predictions(path: Path) -> list[Document]:
    """Documents of a JSONL file.

    Raises:
        DocumentError: A line is no document.
        OSError: The file can't be read.
    """
    out: list[Document] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            try:
                out.append(Document.from_json(json.loads(line)))
            except (ValueError, DocumentError) as error:
                raise DocumentError(f"{path}:{number}: {error}") from error
    return out


def _from_file(path: Path, gold: Sequence[Document]) -> System:
    """Predictions of a file, found by their texts and given the gold's ids."""
    by_text = {d.text: d.id for d in gold}
    read = read_predictions(path)
    kept = tuple(d.with_(id=by_text[d.text]) for d in read if d.text in by_text)
    if read and not kept:
        raise ValueError(f"{path}: none of its {len(read)} documents is of this split: is it the right split or file?")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return System(str(path), "predictions", digest, kept, dropped=len(read) - len(kept))


def read_system(source: str | None, gold: Gold, read_model: ReadModel, related: bool = False) -> System:
    """What a model or file says about the split.

    Args:
        source: A folder with an exported model, or of a training run that has one in `export/`; a JSONL file of
            documents; `None` for the model in the package.
        gold: The split.
        read_model: Runs a model.
        related: Ask a model for the relations of the gold mentions too.

    Raises:
        ValueError: There is nothing of the kind, or it is for other documents.
        DocumentError: A line of the file is no document.
    """
    if source is None:
        return read_model(None, gold.documents, related)
    path = Path(source)
    if path.is_dir():
        return read_model(path / "export" if (path / "export").is_dir() else path, gold.documents, related)
    if not path.is_file():
        raise ValueError(f"{source}: is not there; name a model's folder or a JSONL file of predictions")
    return _from_file(path, gold.documents)


def read_metrics(path: Path, version: int) -> dict[str, Any]:
    """An earlier `metrics.json`, named by itself or by its folder.

    Raises:
        ValueError: It is not there, or not of this version.
    """
    file = path / "metrics.json" if path.is_dir() else path
    mend = "evaluate that model again, or name both with compare.a= and compare.b="
    if not file.is_file():
        raise ValueError(f"{file}: is not there; {mend}")
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: are no metrics ({error}); {mend}") from error
    found = data.get("metrics_version") if isinstance(data, dict) else None
    if found != version:
        raise ValueError(f"{file}: are metrics of version {found}, not {version}; {mend}")
    return data
