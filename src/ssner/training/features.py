"""From gold documents to training windows, as a `datasets.Dataset`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from datasets import Dataset

from ..decoding.bio import spans_to_labels
from ..decoding.pairs import RELATION_LABELS
from ..decoding.reader import sentence_ordinals
from ..document import Document
from ..schema import ENTITY_NAMES, MENTION_EVENTS, STATUSES
from ..text import segment
from ..text.windows import make_windows

IGNORED = -100


def document_windows(
    document: Document, piece_counts: Callable[[Sequence[str]], list[int]], capacity: int
) -> list[dict[str, Any]]:
    """The windows of a gold document.

    Args:
        document: With entities, relations and attributes.
        piece_counts: How many sub-tokens the tokenizer makes of each word.
        capacity: How many sub-tokens a window holds.

    Returns:
        One dict for each window: `document`, `forms` (folded words), `labels`, `ordinals` (sentence of each word),
        `mentions` ([first, last, type, event, status] each), `relations` ([head, tail, label] each), `length`.
    """
    segmented = segment(document.text)
    words = segmented.words
    counts = piece_counts([w.form for w in words])
    ordinals = sentence_ordinals(segmented)
    starts = {w.start: i for i, w in enumerate(words)}
    ends = {w.end: i + 1 for i, w in enumerate(words)}
    out: list[dict[str, Any]] = []
    for window in make_windows([(s.first, s.last) for s in segmented.sentences], counts, capacity):
        mentions: list[list[int]] = []
        rows: dict[str, int] = {}
        for entity in document.entities:
            first, last = starts[entity.start], ends[entity.end]
            if window.first <= first and last <= window.last:
                rows[entity.id] = len(mentions)
                event = 1 + MENTION_EVENTS.index(entity.event) if entity.event else 0
                status = STATUSES.index(entity.status) if entity.status else IGNORED
                mentions.append(
                    [
                        first - window.first, last - window.first, ENTITY_NAMES.index(entity.type),
                        event if entity.type == "FACILITY" else IGNORED, status,
                    ]
                )  # fmt: skip
        spans = [(m[0], m[1], ENTITY_NAMES[m[2]]) for m in mentions]
        out.append(
            {
                "document": document.id,
                "forms": [w.form for w in words[window.first : window.last]],
                "labels": spans_to_labels(window.last - window.first, spans),
                "ordinals": ordinals[window.first : window.last],
                "mentions": mentions,
                "relations": [
                    [rows[r.head], rows[r.tail], RELATION_LABELS.index(r.type)]
                    for r in document.relations
                    if r.head in rows and r.tail in rows
                ],
                "length": sum(counts[window.first : window.last]),
            }
        )
    return out


def make_dataset(
    documents: Iterable[Document], piece_counts: Callable[[Sequence[str]], list[int]], capacity: int
) -> Dataset:
    """The windows of many documents (see `document_windows`)."""
    return Dataset.from_list([w for d in documents for w in document_windows(d, piece_counts, capacity)])
