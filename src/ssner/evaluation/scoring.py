"""A whole evaluation: every score of predictions against gold, as JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ..document import Document
from .bio import seqeval_report
from .matching import FACTS, compare

METRICS_VERSION: Final = 1
_TITLES: Final = {
    "entities": "Entities, strict (type and exact span)",
    "relations": "Relations, strict (both ends' types and exact spans), over all gold pairs",
    "relations_boundary": "Relations, boundary (exact spans, types of the ends ignored)",
    "attributes": "Attributes (event and status, on exact mentions)",
}


def evaluate_documents(
    gold: Sequence[Document], predicted: Sequence[Document], related: Sequence[Document] | None = None
) -> dict[str, Any]:
    """All scores.

    Args:
        gold: Gold documents.
        predicted: Predictions by the same ids.
        related: Predictions of relations for the gold entities, where a model can make them.

    Returns:
        `metrics_version`, `documents`, and for each scheme its scores by type and over `all`; by `source` too.

    Raises:
        ValueError: Predictions are for documents that gold does not have.
    """
    out: dict[str, Any] = {"metrics_version": METRICS_VERSION, "documents": len(gold)}
    for name, facts in FACTS.items():
        out[name] = {kind: score.to_json() for kind, score in compare(gold, predicted, facts).items()}
    if related is not None:
        scores = compare(gold, related, FACTS["relations"])
        out["relations_given_entities"] = {kind: score.to_json() for kind, score in scores.items()}
    out["seqeval_strict_iob2"] = seqeval_report(gold, predicted)
    out["by_collection"] = _by_collection(gold, predicted)
    return out


def _by_collection(gold: Sequence[Document], predicted: Sequence[Document]) -> dict[str, Any]:
    """Entity and relation scores of each collection, and of `real`: the documents that are not ours."""
    names = sorted({str(d.meta.get("collection", "?")) for d in gold})
    parts = {name: [d for d in gold if d.meta.get("collection", "?") == name] for name in names}
    parts["real"] = [d for d in gold if d.meta.get("collection") != "own"]
    out: dict[str, Any] = {}
    for name, documents in parts.items():
        ids = {d.id for d in documents}
        guess = [d for d in predicted if d.id in ids]
        out[name] = {"documents": len(documents)} | {
            scheme: compare(documents, guess, FACTS[scheme])["all"].to_json() for scheme in ("entities", "relations")
        }
    return out


def _row(name: str, score: dict[str, Any]) -> str:
    figures = " | ".join(f"{100 * score[k]:.1f}" for k in ("precision", "recall", "f1"))
    return f"| {name} | {figures} | {score['gold']} | {score['predicted']} |"


def format_markdown(metrics: dict[str, Any], title: str) -> str:
    """The scores as a Markdown report."""
    lines = [f"# {title}", "", f"{metrics['documents']} documents. Precision, recall and F1 in percent.", ""]
    head = ["| | P | R | F1 | gold | predicted |", "| --- | --- | --- | --- | --- | --- |"]
    lines += ["## By collection", "", "| | documents | entity F1 | relation F1 |", "| --- | --- | --- | --- |"]
    for name, part in metrics["by_collection"].items():
        figures = " | ".join(f"{100 * part[s]['f1']:.1f}" for s in ("entities", "relations"))
        lines.append(f"| {name} | {part['documents']} | {figures} |")
    schemes = dict(_TITLES)
    if "relations_given_entities" in metrics:
        schemes["relations_given_entities"] = "Relations, strict, given the gold entities"
    for scheme, name in schemes.items():
        scores = metrics[scheme]
        lines += ["", f"## {name}", "", *head, _row("**all**", scores["all"])]
        lines += [_row(kind, score) for kind, score in sorted(scores.items()) if kind != "all"]
    if metrics["seqeval_strict_iob2"]:
        lines += [
            "",
            "## BIO labels by seqeval (strict, IOB2)",
            "",
            "| | P | R | F1 | support |",
            "| --- | --- | --- | --- | --- |",
        ]
        for kind, row in metrics["seqeval_strict_iob2"].items():
            figures = " | ".join(f"{100 * row[k]:.1f}" for k in ("precision", "recall", "f1"))
            lines.append(f"| {kind} | {figures} | {row['support']:.0f} |")
    return "\n".join(lines) + "\n"
