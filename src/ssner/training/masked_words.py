"""Words hidden in windows, and a model that guesses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.utils.generic import ModelOutput

from ..decoding.tokenization import WordTokenizer
from ..model.modeling import IGNORED

_HIDDEN: Final = 0.8
"""Share of the chosen words that become unknown pieces (the trimmed vocabulary has no mask)."""
_OTHER: Final = 0.1
"""Share of the chosen words that become random pieces; the rest stay."""


@dataclass
class MaskedOutput(ModelOutput):
    """What a guess gives: the mean loss of a batch, and how many pieces were to be guessed and were."""

    loss: Tensor | None = None
    asked: Tensor | None = None
    right: Tensor | None = None


class MaskedWordModel(nn.Module):
    """An encoder with a head that guesses hidden pieces; its output weights are the encoder's word embeddings.

    Args:
        encoder: A Hugging Face encoder.
    """

    def __init__(self, encoder: PreTrainedModel) -> None:
        super().__init__()
        self.encoder = encoder
        embeddings = cast(nn.Embedding, encoder.get_input_embeddings())
        hidden = embeddings.embedding_dim
        self.transform = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
        self.bias = nn.Parameter(torch.zeros(embeddings.num_embeddings))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, targets: Tensor) -> MaskedOutput:
        """Guess the hidden pieces.

        Args:
            input_ids: (windows, pieces).
            attention_mask: (windows, pieces).
            targets: The piece that stood there, `IGNORED` where nothing is asked, (windows, pieces).
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        asked = targets != IGNORED
        embeddings = cast(nn.Embedding, self.encoder.get_input_embeddings())
        logits = F.linear(self.transform(states[asked]), embeddings.weight, self.bias)
        answers = targets[asked]
        loss = F.cross_entropy(logits, answers, reduction="sum") / max(1, answers.numel())
        return MaskedOutput(loss, asked.sum(), (logits.argmax(-1) == answers).sum())


@dataclass
class MaskingCollator:
    """Tokenizes windows of words and hides whole words in them.

    Attributes:
        words: The tokenizer of the encoder.
        mask_id: The piece that takes a hidden one's place.
        ordinary: The pieces that are no specials.
        rate: Share of the words that are to be guessed.
        seed: Of the choice.
    """

    words: WordTokenizer
    mask_id: int
    ordinary: NDArray[np.int64]
    rate: float
    seed: int
    _rng: np.random.Generator = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)

    def __call__(self, windows: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
        """The batch as `MaskedWordModel.forward` takes it."""
        batch = self.words.encode([w["forms"] for w in windows])
        targets = np.full_like(batch.input_ids, IGNORED)
        for row, count in enumerate(batch.counts):
            ends = [*batch.first_pieces[row, 1:count], batch.attention_mask[row].sum() - 1]
            chosen = np.flatnonzero(self._rng.random(count) < self.rate)
            for word in chosen if chosen.size else [self._rng.integers(count)]:
                pieces = slice(batch.first_pieces[row, word], ends[word])
                targets[row, pieces] = batch.input_ids[row, pieces]
                drawn = self._rng.random()
                if drawn < _HIDDEN:
                    batch.input_ids[row, pieces] = self.mask_id
                elif drawn < _HIDDEN + _OTHER:
                    batch.input_ids[row, pieces] = self._rng.choice(self.ordinary, targets[row, pieces].shape)
        arrays = (batch.input_ids, batch.attention_mask, targets)
        return dict(zip(("input_ids", "attention_mask", "targets"), map(torch.from_numpy, arrays), strict=True))


@torch.no_grad()
def guess(model: MaskedWordModel, batches: Sequence[dict[str, Tensor]]) -> dict[str, float]:
    """How well hidden pieces are guessed: `loss` (nats a piece) and `accuracy`."""
    model.eval()
    device = model.bias.device
    outputs = [model(**{name: tensor.to(device) for name, tensor in batch.items()}) for batch in batches]
    asked = sum(int(output.asked) for output in outputs)
    loss = sum(float(output.loss) * int(output.asked) for output in outputs) / asked
    return {"loss": loss, "accuracy": sum(int(output.right) for output in outputs) / asked}
