"""The document's own JSON, a document a line: what `ssner extract` writes and `ssner show --gold` reads; holds all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ...document import Document, DocumentError, dump_jsonl
from .base import FormatError, Loss, check_names


class Documents:
    """The format `json`."""

    name = "json"
    writes_folder = False

    def write(self, documents: Sequence[Document], path: Path) -> Loss:
        """Write a line for each document; nothing is lost (see `base.Format`)."""
        check_names(documents)
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(f"{line}\n" for line in dump_jsonl(documents))
        return Loss()

    def read(self, path: Path) -> tuple[list[Document], Loss]:
        """Read lines of documents, such as those of `ssner extract` (see `base.Format`)."""
        documents = []
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                try:
                    if line.strip():
                        documents.append(Document.from_json(json.loads(line)))
                except (ValueError, KeyError, TypeError, AttributeError, DocumentError) as error:
                    cause = f"{path}:{number}: is no document ({error})"
                    raise FormatError(f"{cause}; name the JSON lines of ssner extract") from error
        check_names(documents)
        return documents, Loss()
