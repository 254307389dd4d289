"""What more training documents bring."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from .charts import Line, line_chart
from .comparison import paired_difference
from .figures import Figure
from .settings import Outcome, Settings
from .several import figures_of_source, table_files
from .systems import ReadModel

_CURVES: Final = ("entities", "relations", "attributes", "facts")


@dataclass(frozen=True)
class Slope:
    """What a doubling of the documents brings, with its 95% interval, from -1 to 1."""

    slope: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """One figure by size of the training set, from 0 to 1, with its intervals.

    Attributes:
        name: Of the figure.
        title: For people.
        f1: By size, the smallest first.
        low: Lower ends of their 95% intervals.
        high: Upper ends.
        end: The slope between the last two.
    """

    name: str
    title: str
    f1: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    end: Slope

    def __str__(self) -> str:
        slope, low, high = (100 * x for x in (self.end.slope, self.end.low, self.end.high))
        return (
            f"{self.title}: {100 * self.f1[-1]:.1f}; at the end of the curve, twice the documents bring {slope:+.1f} "
            f"points (95% interval {low:.1f} to {high:.1f})"
        )


def training_documents(run: Path) -> int:
    """How many documents a run was trained on, by its record.

    Raises:
        ValueError: It is no folder of a training run with an export.
    """
    try:
        count = int(json.loads((run / "run.json").read_text("utf-8"))["documents"]["train"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{run}: has no run.json that says on how many documents it was trained ({error})") from error
    if not (run / "export").is_dir():
        raise ValueError(f"{run}: has no export/; train with export=true")
    return count


def find_runs(sources: Sequence[str]) -> list[Path]:
    """Folders of training runs; one folder may stand for the runs in it (as a Hydra sweep leaves them).

    Raises:
        ValueError: There are fewer than two.
    """
    out = [Path(s) for s in sources]
    if len(out) == 1 and not (out[0] / "run.json").is_file():
        out = sorted(p.parent for p in out[0].glob("*/run.json"))
    if len(out) < 2:
        raise ValueError(
            f"learning_curve={','.join(sources)}: needs the folders of two training runs or more, or a folder of runs; "
            "make them with `python train.py -m data.share=0.12,0.25,0.5,1`"
        )
    return out


def draw_curves(runs: Sequence[Mapping[str, Figure]], sizes: Sequence[int], draws: int, seed: int) -> list[Curve]:
    """The curves of the figures that all runs have.

    Args:
        runs: Figures of each run.
        sizes: Training documents of each, growing.
        draws: Of the bootstrap.
        seed: Of the draws.
    """
    doublings = math.log2(sizes[-1] / sizes[-2])
    out: list[Curve] = []
    for name in _CURVES:
        if not all(name in run for run in runs):
            continue
        figures = [run[name] for run in runs]
        told = [figure.to_json(draws, seed) for figure in figures]
        last = paired_difference(figures[-2], figures[-1], list(figures[-1].counts), draws, seed)
        end = Slope((last.b - last.a) / doublings, last.low / doublings, last.high / doublings)
        f1, low, high = (tuple(float(t[key]) for t in told) for key in ("f1", "low", "high"))
        out.append(Curve(name, figures[0].measure.title, f1, low, high, end))
    return out


def learning_curve(sources: Sequence[str], settings: Settings, read_model: ReadModel) -> Outcome:
    """Evaluate runs that were trained on more and more documents.

    Args:
        sources: See `find_runs`.
        settings: On what, and how.
        read_model: Runs a model.

    Raises:
        ValueError: What is named are no runs, or two are of one size.
    """
    runs = sorted((training_documents(run), str(run)) for run in find_runs(sources))
    sizes = [size for size, _ in runs]
    if len(set(sizes)) < len(sizes):
        raise ValueError(f"two runs were trained on as many documents ({sizes}): name one of each size")
    gold = settings.gold()
    found = [figures_of_source(run, gold, settings, read_model)[1] for _, run in runs]
    curves = draw_curves(found, sizes, settings.draws, settings.seed)
    content = {
        "runs": [run for _, run in runs], "training_documents": sizes, "split": gold.split,
        "documents": len(gold.documents), "rows": [asdict(c) for c in curves],
    }  # fmt: skip
    places = [math.log2(size) for size in sizes]
    lines = [Line(c.title, list(zip(places, c.f1, strict=True)), c.low, c.high) for c in curves]
    ticks = list(zip(places, map(str, sizes), strict=True))
    chart = line_chart("F1 by training documents", lines, ticks, "training documents (log scale)")
    files = table_files("learning_curve", content, {"learning_curve": chart})
    return Outcome(files, tuple(str(c) for c in curves), content)
