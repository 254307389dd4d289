"""What is scored: each gold document beside what was predicted for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..document import Document


@dataclass(frozen=True)
class Case:
    """One document of the split.

    Attributes:
        gold: With mentions, relations and attributes; values, canonical entities and events where `has_events`.
        predicted: The prediction; an empty document where there is none.
        has_events: Whether the gold has values, canonical entities and events.
        related: What was predicted for the gold mentions, where a model was asked.
    """

    gold: Document
    predicted: Document
    has_events: bool = False
    related: Document | None = None

    @property
    def id(self) -> str:
        """Of the document."""
        return self.gold.id

    @property
    def collection(self) -> str:
        """Where the document is from, `?` where its meta does not say."""
        return str(self.gold.meta.get("collection", "?"))


def _by_id(documents: Iterable[Document]) -> dict[str, Document]:
    out: dict[str, Document] = {}
    for document in documents:
        if document.id in out:
            raise ValueError(f"two predictions are for document {document.id!r}: keep one")
        out[document.id] = document
    return out


def make_cases(
    gold: Sequence[Document],
    predicted: Iterable[Document],
    related: Iterable[Document] = (),
    with_events: Collection[str] = (),
) -> list[Case]:
    """The cases in the order of the gold.

    Args:
        gold: Gold documents.
        predicted: Predictions by the same ids; a document that is missing has predicted nothing.
        related: Predictions for the gold mentions, by the same ids.
        with_events: Ids of the gold documents that have values, canonical entities and events.

    Raises:
        ValueError: A prediction is for a document that gold does not have, two are for one, or one has another text.
    """
    guesses, relations = _by_id(predicted), _by_id(related)
    unknown = sorted((set(guesses) | set(relations)) - {d.id for d in gold})
    if unknown:
        raise ValueError(f"predictions for documents that the split does not hold: {', '.join(unknown[:3])}")
    cases = [Case(d, guesses.get(d.id, Document(d.id, d.text)), d.id in with_events, relations.get(d.id)) for d in gold]
    for case in cases:
        if case.gold.text != case.predicted.text:
            raise ValueError(f"the prediction for {case.id} is for another text: offsets would point astray")
    return cases
