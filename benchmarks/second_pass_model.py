"""An encoder that reads a window a second time, its words marked with the mentions in them, and relates these.

Typed markers (Zhong and Chen, 2021), all mentions of a window in one reading (as the levitated markers of Ye et al.,
2022): the mark is added to the input embeddings of a mention's pieces in place of pieces of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ssner.decoding.bio import spans_to_labels
from ssner.decoding.reader import FloatArray
from ssner.decoding.tokenization import WordTokenizer
from ssner.model.configuration import JointConfig
from ssner.model.modeling import GoldWindow, JointModel, JointOutput, word_states
from ssner.schema import BIO_LABELS, ENTITY_NAMES


def piece_labels(labels: Tensor, first_pieces: Tensor, attention_mask: Tensor) -> Tensor:
    """The label of each piece's word, 0 for padding and the pieces about the text, (windows, pieces).

    Args:
        labels: Of each word, (windows, words); padding is below 0.
        first_pieces: (windows, words), 0 for padding.
        attention_mask: (windows, pieces).
    """
    out = torch.zeros_like(attention_mask)
    index = torch.arange(attention_mask.shape[1], device=attention_mask.device)
    for row, (known, firsts) in enumerate(zip(labels, first_pieces, strict=True)):
        count = int((known >= 0).sum())
        if count:
            word = torch.searchsorted(firsts[:count].contiguous(), index, right=True) - 1
            inside = (word >= 0) & (index < attention_mask[row].sum() - 1)  # the last piece ends the text
            out[row] = torch.where(inside, known[word.clamp(min=0)], 0)
    return out


class SecondPassModel(JointModel):
    """A joint model whose encoder sees the mentions; only its relation, event and status heads are of use.

    Attributes:
        marked: Whether it does see them; without, it is the same training on the same windows, for comparison.
    """

    def __init__(self, config: JointConfig, marked: bool = True) -> None:
        super().__init__(config)
        self.marked = marked
        self.marks = nn.Embedding(len(BIO_LABELS), self.encoder.config.hidden_size)
        nn.init.zeros_(self.marks.weight)

    @classmethod
    def beginning_with(cls, model: JointModel, marked: bool) -> SecondPassModel:
        """One with the weights of a trained joint model; its marks say nothing yet."""
        assert isinstance(model.config, JointConfig)
        out = cls(model.config, marked)
        found = out.load_state_dict(model.state_dict(), strict=False)
        assert found.missing_keys == ["marks.weight"] and not found.unexpected_keys
        return out

    def marked_states(self, input_ids: Tensor, attention_mask: Tensor, first_pieces: Tensor, labels: Tensor) -> Tensor:
        """States of the words of windows whose mentions are known, (windows, words, hidden)."""
        embedded = self.encoder.get_input_embeddings()(input_ids)
        if self.marked:
            embedded = embedded + self.marks(piece_labels(labels, first_pieces, attention_mask))
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=attention_mask).last_hidden_state
        return word_states(hidden, first_pieces)

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        first_pieces: Tensor,
        labels: Tensor | None = None,
        gold: list[GoldWindow | None] | None = None,
        lessons: Any = None,
        **_: Any,
    ) -> JointOutput:
        """The loss of relations, events and statuses of gold mentions."""
        assert labels is not None and gold is not None
        states = self.marked_states(input_ids, attention_mask, first_pieces, labels)
        logits = self.classifier(states)
        loss = self._mention_loss(logits, states, gold)
        unused = sum(p.sum() for p in self.classifier.parameters()) * 0.0
        return JointOutput(loss=loss + unused, logits=logits, states=states)


class SecondPassScorer:
    """A `Scorer` for mentions that are known: it reads their words only when it is asked how they are related.

    Args:
        model: In evaluation mode.
        tokenizer: Of its encoder.
    """

    def __init__(self, model: SecondPassModel, tokenizer: WordTokenizer) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.capacity = model.config.window
        self.relation_bias = 0.0
        self.event_bias = 0.0
        self._forms: list[str] = []

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        """See `Scorer`."""
        return self.tokenizer.piece_counts(forms)

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        """No label scores; the "state" of a word is the number under which its form is kept."""
        out: list[tuple[FloatArray, FloatArray]] = []
        for window in windows:
            numbers = np.arange(len(self._forms), len(self._forms) + len(window), dtype=np.float64)
            self._forms += window
            out.append((np.zeros((len(window), len(BIO_LABELS))), numbers[:, None]))
        return out

    @torch.no_grad()
    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """See `Scorer`."""
        forms = [self._forms[int(number)] for number in states[:, 0]]
        spans = [(int(first), int(last), ENTITY_NAMES[kind]) for first, last, kind in mentions]
        batch = self.tokenizer.encode([forms])
        device = self.model.device
        words = self.model.marked_states(
            torch.from_numpy(batch.input_ids).to(device), torch.from_numpy(batch.attention_mask).to(device),
            torch.from_numpy(batch.first_pieces).to(device),
            torch.tensor([spans_to_labels(len(forms), spans)], device=device),
        )  # fmt: skip
        event, status, relation = self.model.heads(
            words[0], *(torch.from_numpy(array).to(device) for array in (mentions, pairs, features))
        )
        return event.cpu().numpy(), status.cpu().numpy(), relation.cpu().numpy()
