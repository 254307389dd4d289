"""Hugging Face `datasets`: a folder with a Parquet file for each split, which `load_dataset(folder)` reads.

A row is a document: `tokens` and `ner_tags` (a `ClassLabel` of the BIO labels) for token classification; `entities`,
`relations` and `attributes` for all that these can't say; `meta`, `events`, `canonical` and the values of entities as
JSON. So all of a document is held. The split `dev` is called `validation`, as is the custom there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ...document import Document, DocumentError
from ...schema import BIO_LABELS
from ..conll import word_labels
from ..store import SPLITS
from .base import FormatError, Loss, check_names
from .conll import fitting_entities
from .draft import ATTRIBUTE_VALUES

_SPLIT_NAMES: Final = {"train": "train", "dev": "validation", "test": "test"}
_NEEDED: Final = ("id", "text", "entities", "relations", "attributes", "meta", "events", "canonical")
_SAVED: Final = "dataset_dict.json"


class HuggingFace:
    """The format `huggingface`."""

    name = "huggingface"
    writes_folder = True

    def write(self, documents: Sequence[Document], path: Path) -> Loss:
        """Write one Parquet file for each split that the documents' metadata names (see `base.Format`)."""
        datasets = _library()
        check_names(documents)
        splits: dict[str, list[dict[str, Any]]] = {}
        for document in documents:
            split = document.meta.get("split")
            splits.setdefault(_SPLIT_NAMES[split] if split in SPLITS else "train", []).append(_row(document))
        datasets.disable_progress_bars()
        for split, rows in splits.items():
            datasets.Dataset.from_list(rows, features=_features(datasets)).to_parquet(str(path / f"{split}.parquet"))
        return Loss()

    def read(self, path: Path) -> tuple[list[Document], Loss]:
        """Read a Parquet file, a folder of them, or a `DatasetDict` saved to disk (see `base.Format`)."""
        documents: list[Document] = []
        for row in _rows(path):
            absent = [name for name in _NEEDED if name not in row]
            if absent:
                raise FormatError(f"{path}: has no column {absent[0]!r}; it needs {', '.join(_NEEDED)}")
            documents.append(_document(row, path))
        check_names(documents)
        return documents, Loss()


def _library() -> Any:
    try:
        return import_module("datasets")
    except ImportError as error:
        raise FormatError("this format needs the package datasets; install it: pip install datasets") from error


def _features(datasets: Any) -> Any:
    text, whole, real = (datasets.Value(kind) for kind in ("string", "int64", "float64"))
    entity = {
        "id": text, "type": text, "start": whole, "end": whole, "text": text,
        "confidence": real, "canonical": text, "value": text,
    }  # fmt: skip
    return datasets.Features({
        "id": text,
        "text": text,
        "tokens": [text],
        "ner_tags": [datasets.ClassLabel(names=list(BIO_LABELS))],
        "entities": [entity],
        "relations": [{"type": text, "head": text, "tail": text, "confidence": real}],
        "attributes": [{"entity": text, "name": text, "value": text}],
        "meta": text,
        "events": text,
        "canonical": text,
    })  # fmt: skip


def _row(document: Document) -> dict[str, Any]:
    data = document.to_json()
    plain = document.with_(entities=fitting_entities(document), relations=())
    words = [pair for sentence in word_labels(plain) for pair in sentence]
    columns = ("id", "type", "start", "end", "text", "confidence", "canonical")
    return {
        "id": document.id,
        "text": document.text,
        "tokens": [word for word, _ in words],
        "ner_tags": [label for _, label in words],
        "entities": [
            {**{name: e.get(name) for name in columns}, "value": _dump(e["value"]) if "value" in e else None}
            for e in data["entities"]
        ],
        "relations": [{"confidence": None, **r} for r in data["relations"]],
        "attributes": [
            {"entity": e["id"], "name": name, "value": e[name]}
            for e in data["entities"]
            for name in ATTRIBUTE_VALUES
            if name in e
        ],
        **{name: _dump(data[name]) for name in ("meta", "events", "canonical")},
    }


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if (path / _SAVED).is_file():
        for split in _library().load_from_disk(str(path)).values():
            yield from split
        return
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise FormatError(f"{path}: holds no .parquet file and no {_SAVED}; name the folder of the dataset")
    try:
        parquet, broken = import_module("pyarrow.parquet"), import_module("pyarrow").ArrowInvalid
    except ImportError as error:
        raise FormatError("this format needs the package pyarrow; install it: pip install pyarrow") from error
    for file in files:
        try:
            yield from parquet.read_table(file).to_pylist()
        except broken as error:
            raise FormatError(f"{file}: is not a Parquet file ({error})") from error


def _document(row: dict[str, Any], path: Path) -> Document:
    try:
        attributes: dict[str, dict[str, str]] = {}
        for item in row["attributes"]:
            attributes.setdefault(item["entity"], {})[item["name"]] = item["value"]
        entities = [
            {**_known(e), **attributes.get(e["id"], {}), "value": json.loads(e.get("value") or "null")}
            for e in row["entities"]
        ]
        whole = {name: json.loads(row[name]) for name in ("meta", "events", "canonical")}
        relations = [_known(r) for r in row["relations"]]
        return Document.from_json({**row, **whole, "entities": entities, "relations": relations})
    except (DocumentError, TypeError, ValueError, KeyError) as error:
        raise FormatError(f"{path}: row {str(row['id'])[:40]!r}: {error}") from error


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
