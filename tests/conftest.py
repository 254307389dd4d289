"""What tests share: where things lie, and skips that say why."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("SSNER_SHARED", ROOT.parent / "shared"))

needs_shared = pytest.mark.skipif(not (SHARED / "news/on_topic.jsonl").exists(), reason="../shared is not here")
needs_hazm = pytest.mark.skipif(importlib.util.find_spec("hazm") is None, reason="hazm needs Python 3.12 or newer")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED
