"""BIO labels scored by seqeval, strict IOB2."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Document
from ..schema import OUTSIDE
from ..text import segment


def label_sequences(text: str, document: Document) -> list[list[str]]:
    """BIO labels of the words of `text`, sentence by sentence, by the document's mentions.

    A mention that is not made of whole words, as a prediction from elsewhere may be, is widened to them.
    """
    segmented = segment(text)
    labels = [OUTSIDE] * len(segmented.words)
    for entity in document.entities:
        touched = [i for i, w in enumerate(segmented.words) if w.start < entity.end and entity.start < w.end]
        for position, index in enumerate(touched):
            labels[index] = f"{'I' if position else 'B'}-{entity.type}"
    return [labels[s.first : s.last] for s in segmented.sentences]


def seqeval_report(gold: Sequence[Document], predicted: Sequence[Document]) -> dict[str, dict[str, float]]:
    """Seqeval's strict IOB2 report: precision, recall, F1 and support of each type and their averages.

    Args:
        gold: Gold documents.
        predicted: Predictions by the same ids; a missing one has predicted nothing.
    """
    import numpy as np
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    by_id = {d.id: d for d in predicted}
    right: list[list[str]] = []
    guess: list[list[str]] = []
    for document in gold:
        right += label_sequences(document.text, document)
        guess += label_sequences(document.text, by_id.get(document.id, Document(document.id, document.text)))
    if not any(label != OUTSIDE for sentence in right for label in sentence):
        return {}
    report = classification_report(right, guess, mode="strict", scheme=IOB2, output_dict=True, zero_division=0)
    return {
        name: {key.replace("-score", ""): float(np.asarray(value)) for key, value in row.items()}
        for name, row in report.items()
    }
