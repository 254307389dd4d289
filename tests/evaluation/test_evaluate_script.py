"""The entry point with its real configuration."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ..conftest import ROOT

hydra = pytest.importorskip("hydra")


def composed(*overrides: str) -> object:
    with hydra.initialize_config_dir(str(ROOT / "configs"), version_base="1.3"):
        return hydra.compose("evaluate", [f"root={ROOT}", "shared=nowhere", "collections=[own]", *overrides])


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    sys.modules.pop("evaluate", None)
    import evaluate

    return evaluate


def test_writes_a_report_of_our_own_articles(script: ModuleType, tmp_path: Path) -> None:
    pytest.importorskip("seqeval")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", "utf-8")
    output = tmp_path / "out"
    outcome = script.evaluate(composed(f"predictions={empty}", f"output={output}", "draws=100"))
    assert outcome.figures["on"]["split"] == "test"
    written = {str(p.relative_to(output)) for p in output.rglob("*") if p.is_file()}
    assert written == set(outcome.files)
    assert json.loads((output / "metrics.json").read_text("utf-8")) == outcome.figures


def test_a_fault_of_the_user_is_one_line(script: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"^split=x is not one of train, dev, test$"):
        script.evaluate(composed("split=x"))


def test_the_script_is_short() -> None:
    assert len((ROOT / "evaluate.py").read_text("utf-8").split("\n")) < 100
