"""Structured events from Persian news on social security, welfare and health services.

import ssner

nlp = ssner.load()
document = nlp("...")
for event in document.events: ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .document import Document
    from .inference.predictor import Predictor, load

__version__ = "0.1.0"
__all__ = ["Document", "Predictor", "__version__", "load"]


def __getattr__(name: str) -> object:
    if name in ("Predictor", "load"):
        from .inference import predictor

        return getattr(predictor, name)
    if name == "Document":
        from .document import Document

        return Document
    raise AttributeError(f"module 'ssner' has no attribute {name!r}")
