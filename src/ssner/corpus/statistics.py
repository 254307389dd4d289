"""Counts of a corpus: documents, sentences, words, entities, relations, by split, collection and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .. import schema
from ..document import Document
from ..events import assemble
from ..text import segment


@cache
def hazm_tokenizer() -> Callable[[str], list[str]] | None:
    """Hazm's word tokenizer, so that counts can be compared with other Persian corpora; `None` without hazm."""
    if find_spec("hazm") is None:
        return None
    from hazm import word_tokenize

    tokenize: Callable[[str], list[str]] = word_tokenize
    return tokenize


@dataclass
class CorpusCounts:
    """Counts of one part of the corpus."""

    documents: int = 0
    characters: int = 0
    sentences: int = 0
    words: int = 0
    hazm_tokens: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    assembled: Counter[str] = field(default_factory=Counter)

    def add(self, document: Document) -> None:
        """Count one document."""
        segmented = segment(document.text)
        self.documents += 1
        self.characters += len(document.text)
        self.sentences += len(segmented.sentences)
        self.words += sum(not w.is_mark for w in segmented.words)
        if (tokenize := hazm_tokenizer()) is not None:
            self.hazm_tokens += len(tokenize(document.text))
        self.entities.update(e.type for e in document.entities)
        self.relations.update(r.type for r in document.relations)
        self.events.update(e.event for e in document.entities if e.event)
        self.assembled.update(e.type for e in assemble(document).events)


def count_corpus(documents: Iterable[Document]) -> dict[str, CorpusCounts]:
    """Counts by `split/collection` of the documents' meta, by split, and over `all`."""
    out: dict[str, CorpusCounts] = {}
    for document in documents:
        split, collection = document.meta.get("split", "?"), document.meta.get("collection", "?")
        for key in (f"{split}/{collection}", split, "all"):
            out.setdefault(key, CorpusCounts()).add(document)
    return out


def format_counts(counts: dict[str, CorpusCounts]) -> str:
    """The counts as a Markdown table, parts in columns."""
    keys = sorted(counts, key=lambda k: (k == "all", k))
    rows: list[list[str]] = [["", *keys]]
    names = ["documents", "characters", "sentences", "words"]
    if hazm_tokenizer() is not None:
        names.append("hazm_tokens")
    for name in names:
        rows.append([name, *(f"{getattr(counts[k], name):,}" for k in keys)])
    for title, field_name, kinds in (
        ("entities", "entities", schema.ENTITY_NAMES),
        ("relations", "relations", schema.RELATION_NAMES),
        ("mentions with an event", "events", schema.MENTION_EVENTS),
        ("events assembled from gold", "assembled", schema.EVENT_NAMES),
    ):
        rows.append([f"**{title}**", *(f"{sum(getattr(counts[k], field_name).values()):,}" for k in keys)])
        rows += [[n, *(f"{getattr(counts[k], field_name)[n]:,}" for k in keys)] for n in kinds]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def draw_counts(counts: dict[str, CorpusCounts], path: Path) -> None:
    """Bars of entities, relations and events by type, one colour for each split.

    Args:
        counts: See `count_corpus`.
        path: Of the picture; its suffix says the format.

    Raises:
        ImportError: matplotlib is not installed.
        OSError: The file can't be written.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    splits = [key for key in ("train", "dev", "test") if key in counts]
    groups = (
        ("entities", schema.ENTITY_NAMES),
        ("relations", schema.RELATION_NAMES),
        ("assembled", schema.EVENT_NAMES),
    )
    figure, axes = plt.subplots(1, 3, figsize=(13, 4), gridspec_kw={"width_ratios": [len(n) for _, n in groups]})
    for axis, (kind, names), title in zip(axes, groups, ("entities", "relations", "events"), strict=True):
        below = [0] * len(names)
        for split in splits:
            heights = [getattr(counts[split], kind)[name] for name in names]
            axis.bar(names, heights, bottom=below, label=split)
            below = [a + b for a, b in zip(below, heights, strict=True)]
        axis.set_title(title)
        axis.tick_params(axis="x", rotation=60)
        for label in axis.get_xticklabels():
            label.set_horizontalalignment("right")
    axes[0].legend()
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)
