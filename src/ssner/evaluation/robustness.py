"""How much worse a model reads when pages are careless."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .charts import difference_chart
from .comparison import compare_figures, say_difference
from .disturbance import DISTURBANCES, disturbed
from .figures import figures_of
from .settings import Outcome, Settings
from .several import table_files
from .systems import Gold, ReadModel, read_system

_FIGURES: Final = ("entities", "relations")


def robustness(source: str | None, settings: Settings, read_model: ReadModel) -> Outcome:
    """The figures of mentions and relations on a split as it is and disturbed, with the differences.

    Args:
        source: Folder of a model (see `read_system`).
        settings: On what, and how.
        read_model: Runs a model.

    Raises:
        ValueError: What is named is not there.
    """
    gold = settings.gold()
    plain = Gold(gold.split, gold.documents, frozenset(), gold.left_out)
    system = read_system(source, plain, read_model)
    before = {n: f for n, f in figures_of(system.cases(plain)).items() if n in _FIGURES}
    rows, shown, lines = [], [], []
    for disturbance in DISTURBANCES:
        changed = Gold(gold.split, tuple(disturbed(d, disturbance) for d in gold.documents))
        figures = figures_of(read_system(source, changed, read_model).cases(changed))
        after = {n: f for n, f in figures.items() if n in _FIGURES}
        differences = compare_figures(before, after, settings.draws, settings.seed)
        found = [d.to_json() for d in differences]
        rows.append({"name": disturbance.name, "title": disturbance.title, "differences": found})
        shown += [replace(d, title=f"{disturbance.title}: {d.title}") for d in differences]
        lines += [f"{disturbance.title}: {say_difference(d, 'as it is', 'disturbed')}" for d in differences]
    content = {
        "name": system.name, "split": gold.split, "documents": len(gold.documents), "rows": rows,
        "before": {name: figure.value for name, figure in before.items()},
    }  # fmt: skip
    charts = {"robustness": difference_chart("disturbed \u2212 as it is, points of F1", shown)}
    return Outcome(table_files("robustness", content, charts), tuple(lines), content)
