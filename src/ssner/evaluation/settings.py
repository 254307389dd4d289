"""What all ways to evaluate share: on what, how, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .calibration import Scale, read_scales
from .systems import Gold, load_gold


@dataclass(frozen=True)
class Settings:
    """On what is evaluated, and how.

    Attributes:
        root: The repository.
        shared: The folder with the texts that are not ours.
        output: The folder that the report will lie in, where that of the run before is looked for.
        split: `train`, `dev` or `test`.
        collections: Which collections.
        contexts: `own`: errors are quoted from our own articles only; `all`: from all.
        against: Earlier metrics to compare with: a file or folder, `previous` for those in `output`, `None`: none.
        calibration: File with scales for the confidences, if they are to be changed.
        draws: Resamples of the bootstrap.
        seed: Of the draws.
    """

    root: Path
    shared: Path
    output: Path
    split: str = "test"
    collections: tuple[str, ...] = ("own", "seed_documents", "news")
    contexts: str = "own"
    against: str | None = "previous"
    calibration: str | None = None
    draws: int = 10_000
    seed: int = 0

    def __post_init__(self) -> None:
        if self.contexts not in ("own", "all"):
            raise ValueError(f"contexts={self.contexts} is not one of own, all")
        if not isinstance(self.draws, int) or self.draws < 100:
            raise ValueError(f"draws={self.draws}: an interval needs a number of draws, 100 or more")

    def gold(self) -> Gold:
        """The gold documents (see `load_gold`)."""
        return load_gold(self.root, self.shared, self.split, self.collections)

    def scales(self) -> dict[str, Scale] | None:
        """The scales for the confidences, if there are any (see `read_scales`)."""
        return None if self.calibration is None else read_scales(Path(self.calibration))


@dataclass(frozen=True)
class Outcome:
    """What an evaluation gives.

    Attributes:
        files: Name → content, to be written into the output folder.
        lines: For the user.
        figures: What was measured, for whoever called.
    """

    files: Mapping[str, str]
    lines: tuple[str, ...]
    figures: Mapping[str, Any] = field(default_factory=dict)
