"""Formats of other tools: each writes documents and reads them, and counts what it cannot hold."""

from __future__ import annotations

from typing import Final

from .base import Format, FormatError, Loss
from .brat import Brat
from .conll import Conll
from .doccano import Doccano
from .documents import Documents
from .huggingface import HuggingFace
from .label_studio import LabelStudio

_ALL: Final[tuple[Format, ...]] = (Brat(), Conll(), Doccano(), HuggingFace(), Documents(), LabelStudio())
FORMATS: Final[dict[str, Format]] = {f.name: f for f in _ALL}
"""The formats by their names on the command line."""

__all__ = ["FORMATS", "Format", "FormatError", "Loss"]
