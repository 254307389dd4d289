"""Training windows to a padded batch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from ..decoding.pairs import MentionSpan
from ..decoding.tokenization import WordTokenizer
from ..model.modeling import IGNORED, GoldMention, GoldWindow
from .augmentation import lose_half_spaces


@dataclass
class WindowCollator:
    """Tokenizes, adds noise, pads.

    Attributes:
        words: The tokenizer of the encoder.
        half_space_loss: Share of windows whose half-spaces are lost (0 for evaluation).
        seed: Of the noise.
    """

    words: WordTokenizer
    half_space_loss: float = 0.0
    seed: int = 0
    _rng: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)

    def __call__(self, windows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The batch as `JointModel.forward` takes it; a window without labels is one that nobody annotated."""
        forms = [lose_half_spaces(w["forms"], self._rng, self.half_space_loss) for w in windows]
        batch = self.words.encode(forms)
        labels = torch.full(batch.first_pieces.shape, IGNORED)
        for row, window in enumerate(windows):
            labels[row, : len(window["labels"])] = torch.tensor(window["labels"], dtype=torch.long)
        return {
            "input_ids": torch.from_numpy(batch.input_ids),
            "attention_mask": torch.from_numpy(batch.attention_mask),
            "first_pieces": torch.from_numpy(batch.first_pieces),
            "labels": labels,
            "gold": [_gold(w) for w in windows],
        }


def _gold(window: dict[str, Any]) -> GoldWindow | None:
    if not window["labels"]:
        return None
    return GoldWindow(
        mentions=[GoldMention(MentionSpan(*m[:3]), event=m[3], status=m[4]) for m in window["mentions"]],
        relations={(h, t): label for h, t, label in window["relations"]},
        ordinals=window["ordinals"],
    )
