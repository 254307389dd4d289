"""What can go wrong with an input, and how inputs are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InputProblem:
    """An input, or a part of one, that can't be read.

    Attributes:
        place: The file, with the line or row where there is one.
        cause: What is wrong.
        mend: What to do.
    """

    place: str
    cause: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.cause}; {self.mend}"


@dataclass(frozen=True)
class InputOptions:
    """How inputs are read.

    Attributes:
        text_field: Name of the text in a line of JSON, a CSV or a Parquet file.
        id_field: Name of the id there.
        most_bytes: The largest document, after decompression.
        leave_out: Files that are passed over in folders and patterns (the outputs).
    """

    text_field: str = "text"
    id_field: str = "id"
    most_bytes: int = 2_000_000
    leave_out: frozenset[Path] = frozenset()

    def too_large(self, place: str, what: str = "is") -> InputProblem:
        """The problem of a document over the limit."""
        return InputProblem(
            place, f"{what} larger than {self.most_bytes / 1e6:g} MB", "split it, or raise --max-document-mb"
        )
