"""Noise of real pages, put into training texts: half-spaces lost, punctuation left out."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ..document import Document
from ..evaluation.disturbance import WITHOUT_PUNCTUATION, disturbed
from ..text import ZWNJ


def lose_half_spaces(forms: list[str], rng: random.Random, rate: float) -> list[str]:
    """With probability `rate`, the words with all half-spaces glued shut, as on careless pages; else as they are."""
    if rate and rng.random() < rate:
        return [form.replace(ZWNJ, "") for form in forms]
    return forms


def unpunctuated_copies(documents: Sequence[Document], share: float, seed: int) -> list[Document]:
    """Copies of a share of documents, drawn by `seed`, without punctuation, their mentions where they stand then."""
    drawn = random.Random(seed).sample(range(len(documents)), round(share * len(documents)))
    return [disturbed(documents[at], WITHOUT_PUNCTUATION) for at in sorted(drawn)]
