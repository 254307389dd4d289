"""The torch model as a `Scorer` (see `decoding.reader`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from ..decoding.reader import FloatArray
from ..decoding.tokenization import WordTokenizer
from .modeling import JointModel


class TorchScorer:
    """Scores with a `JointModel`.

    Args:
        model: Any mode; it is put into evaluation mode at each call and back after it.
        tokenizer: Of its encoder.
        batch: How many windows go through the encoder at once.
    """

    def __init__(self, model: JointModel, tokenizer: WordTokenizer, batch: int = 16) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.batch = batch
        self.capacity = model.config.window
        self.relation_bias = float(model.config.relation_bias)
        self.event_bias = float(model.config.event_bias)

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        """See `Scorer`."""
        return self.tokenizer.piece_counts(forms)

    @torch.no_grad()
    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        """See `Scorer`."""
        order = sorted(range(len(windows)), key=lambda i: -len(windows[i]))
        out: list[tuple[FloatArray, FloatArray]] = [(np.empty(0), np.empty(0))] * len(windows)
        training = self.model.training
        self.model.eval()
        for start in range(0, len(order), self.batch):
            rows = order[start : start + self.batch]
            batch = self.tokenizer.encode([windows[i] for i in rows])
            device = self.model.device
            logits, states = self.model.words(
                torch.from_numpy(batch.input_ids).to(device),
                torch.from_numpy(batch.attention_mask).to(device),
                torch.from_numpy(batch.first_pieces).to(device),
            )
            scores = logits.float().log_softmax(-1).cpu().numpy()
            for row, index in enumerate(rows):
                count = batch.counts[row]
                out[index] = (scores[row, :count], states[row, :count].float().cpu().numpy())
        self.model.train(training)
        return out

    @torch.no_grad()
    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """See `Scorer`."""
        training = self.model.training
        self.model.eval()
        device = self.model.device
        event, status, relation = self.model.heads(
            torch.from_numpy(states).to(device), torch.from_numpy(mentions).to(device),
            torch.from_numpy(pairs).to(device), torch.from_numpy(features).to(device),
        )  # fmt: skip
        self.model.train(training)
        return event.float().cpu().numpy(), status.float().cpu().numpy(), relation.float().cpu().numpy()
