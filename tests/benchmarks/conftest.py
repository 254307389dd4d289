"""The folder of the benchmarks on the path, as when one of them is run."""

from __future__ import annotations

import pytest

from ..conftest import ROOT


@pytest.fixture(autouse=True)
def benchmarks_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
