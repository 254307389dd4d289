"""Several systems on one split: two compared, the spread of runs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from .charts import difference_chart
from .comparison import compare_figures, say_difference, say_verdict
from .evaluate import system_cases
from .figures import Figure, figures_of
from .measures import HEADLINE
from .rendering import environment, inline_chart, tidy
from .settings import Outcome, Settings
from .systems import Gold, ReadModel, read_system

TABLES_VERSION: Final = 1


def figures_of_source(
    source: str | None, gold: Gold, settings: Settings, read_model: ReadModel
) -> tuple[str, dict[str, Figure]]:
    """Name and figures of a model or file (see `read_system`)."""
    system = read_system(source, gold, read_model)
    return system.name, figures_of(system_cases(system, gold, settings.scales()))


def table_files(kind: str, content: Mapping[str, Any], charts: Mapping[str, str]) -> dict[str, str]:
    """JSON, Markdown, page and figures.

    Args:
        kind: `comparison`, `spread` or `learning_curve`.
        content: What the templates of that kind show.
        charts: Name → SVG.
    """
    inlined = {name: inline_chart(chart) for name, chart in charts.items()}
    page = environment().get_template(f"{kind}.html.j2").render(t=content, charts=inlined, types=())
    text = environment().get_template(f"{kind}.md.j2").render(t=content)
    data = {f"{kind}_version": TABLES_VERSION, **content}
    return {
        f"{kind}.json": json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n",
        f"{kind}.md": tidy(text),
        f"{kind}.html": page.strip() + "\n",
        **{f"figures/{name}.svg": chart for name, chart in charts.items()},
    }


def compare_systems(a: str | None, b: str | None, settings: Settings, read_model: ReadModel) -> Outcome:
    """Whether B is better than A, by paired bootstrap over the documents.

    Args:
        a: Model or file (see `read_system`); `None`: the model in the package.
        b: The other.
        settings: On what, and how.
        read_model: Runs a model.

    Raises:
        ValueError: What is named is not there, or does not go together.
    """
    gold = settings.gold()
    (name_a, ours), (name_b, theirs) = (figures_of_source(source, gold, settings, read_model) for source in (a, b))
    differences = compare_figures(ours, theirs, settings.draws, settings.seed)
    sentences = [say_difference(d) for d in differences]
    verdict = say_verdict(differences)
    content = {
        "a": name_a, "b": name_b, "split": gold.split, "documents": len(gold.documents), "verdict": verdict,
        "differences": [d.to_json() for d in differences], "sentences": sentences,
    }  # fmt: skip
    charts = {"differences": difference_chart("B \u2212 A, points of F1", differences)}
    lines = (f"A: {name_a}", f"B: {name_b}", *sentences, verdict)
    return Outcome(table_files("comparison", content, charts), lines, content)


@dataclass(frozen=True)
class Spread:
    """One figure over several runs, from 0 to 1."""

    name: str
    title: str
    values: tuple[float, ...]
    mean: float
    deviation: float
    least: float
    most: float

    def __str__(self) -> str:
        mean, deviation, least, most = (100 * x for x in (self.mean, self.deviation, self.least, self.most))
        return f"{self.title}: {mean:.1f} ± {deviation:.1f} ({least:.1f} to {most:.1f})"


def spread_figures(runs: Sequence[Mapping[str, Figure]]) -> list[Spread]:
    """Mean, standard deviation (of a sample) and range of every figure that all runs have."""
    out: list[Spread] = []
    for name, figure in runs[0].items():
        if all(name in run for run in runs):
            values = tuple(run[name].value for run in runs)
            mean, deviation = statistics.mean(values), statistics.stdev(values)
            out.append(Spread(name, figure.measure.title, values, mean, deviation, min(values), max(values)))
    return out


def spread_of_runs(sources: Sequence[str], settings: Settings, read_model: ReadModel) -> Outcome:
    """How much the figures of runs that differ only by chance differ.

    Args:
        sources: Models or files (see `read_system`), of runs with different seeds.
        settings: On what, and how.
        read_model: Runs a model.

    Raises:
        ValueError: There are fewer than two, or what is named is not there.
    """
    if len(sources) < 2:
        raise ValueError("runs= needs two runs or more, as runs=[runs/a,runs/b]")
    gold = settings.gold()
    found = [figures_of_source(source, gold, settings, read_model) for source in sources]
    rows = spread_figures([figures for _, figures in found])
    content = {
        "runs": [name for name, _ in found], "split": gold.split, "documents": len(gold.documents),
        "rows": [asdict(row) for row in rows],
    }  # fmt: skip
    lines = (f"{len(found)} runs, mean ± standard deviation (range)", *(str(r) for r in rows if r.name in HEADLINE))
    return Outcome(table_files("spread", content, {}), lines, content)
