"""Agreement of two annotators who worked apart: F1 of one against the other, by type, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Document
from .bootstrap import document_scores, f1_interval
from .matching import FACTS, Score

SCHEMES = ("entities", "relations", "attributes")


def agreement_table(one: Sequence[Document], other: Sequence[Document], draws: int = 1000) -> str:
    """Agreement as a Markdown table.

    F1 is the same whichever of the two is taken as gold. Relations are strict: both ends with type and exact span.

    Args:
        one: Documents of the first annotator.
        other: Those of the second, for the same ids.
        draws: Of the bootstrap over documents.

    Raises:
        ValueError: The two did not annotate the same documents.
    """
    if {d.id for d in one} != {d.id for d in other}:
        odd = sorted({d.id for d in one} ^ {d.id for d in other})
        raise ValueError(f"only one of the two has annotated {', '.join(odd[:3])}")
    lines = ["| | F1 | 95% interval | first | second | both |", "| --- | --- | --- | --- | --- | --- |"]
    for scheme in SCHEMES:
        apart = document_scores(one, other, FACTS[scheme])
        kinds = sorted({kind for scores in apart for kind in scores} - {"all"})
        for kind in ("all", *kinds):
            scores = [s.get(kind, Score()) for s in apart]
            total = sum(scores, Score())
            low, high = f1_interval(scores, draws)
            name = f"**{scheme}**" if kind == "all" else kind
            figures = f"{total.f1:.3f} | {low:.3f} to {high:.3f} | {total.gold} | {total.predicted} | {total.correct}"
            lines.append(f"| {name} | {figures} |")
    return "\n".join(lines)
