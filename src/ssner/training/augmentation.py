"""Noise of real pages, put into training words: half-spaces lost."""

from __future__ import annotations

import random

from ..text import ZWNJ


def lose_half_spaces(forms: list[str], rng: random.Random, rate: float) -> list[str]:
    """With probability `rate`, the words with all half-spaces glued shut, as on careless pages; else as they are."""
    if rate and rng.random() < rate:
        return [form.replace(ZWNJ, "") for form in forms]
    return forms
