"""The joint model: one encoder, one pass; token classifier and mention heads over its word states."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import AutoModel, PreTrainedModel
from transformers.utils.generic import ModelOutput

from ..decoding.bio import labels_to_spans, viterbi
from ..decoding.pairs import MentionSpan, candidate_pairs
from ..schema import BIO_LABELS, ENTITY_NAMES
from .configuration import JointConfig
from .heads import MentionHeads
from .imitation import Lesson, imitation_loss

IGNORED = -100
_FEW = 16
"""Added to the number of answers that a head's loss is divided by."""


@dataclass
class GoldMention:
    """A mention of a training window and what is known of it.

    Attributes:
        span: Its words and type.
        event: Index of its event (0: none), or `IGNORED`.
        status: Index of its status, or `IGNORED`.
    """

    span: MentionSpan
    event: int = IGNORED
    status: int = IGNORED


@dataclass
class GoldWindow:
    """What a training window should give.

    Attributes:
        mentions: Its mentions in order of place.
        relations: Index of the relation label by (head, tail) indices into `mentions`.
        ordinals: The sentence of each word (see `candidate_pairs`).
    """

    mentions: list[GoldMention]
    relations: dict[tuple[int, int], int]
    ordinals: list[int]


@dataclass
class JointOutput(ModelOutput):
    """What the model gives.

    Attributes:
        loss: The summed loss, where gold was given.
        logits: Of the labels at each word, (windows, words, 11).
        states: Word states, (windows, words, hidden).
    """

    loss: Tensor | None = None
    logits: Tensor | None = None
    states: Tensor | None = None


@dataclass(frozen=True)
class EncoderDropouts:
    """Dropout rates of an encoder; `None`: its own.

    Attributes:
        attention: Of the attention's weights. With 0 the fused kernel is used, 1.4 times as fast a step on two cores.
        hidden: Of the states. On two cores drawing its masks takes a tenth of a step.
    """

    attention: float | None = None
    hidden: float | None = None

    def put_into(self, config: Any) -> None:
        """Set them in an encoder's configuration."""
        if self.attention is not None:
            config.attention_probs_dropout_prob = self.attention
        if self.hidden is not None:
            config.hidden_dropout_prob = self.hidden


NO_CHANGE = EncoderDropouts()


def word_states(hidden: Tensor, first_pieces: Tensor) -> Tensor:
    """The state of each word's first piece, (windows, words, hidden).

    Args:
        hidden: States of the pieces, (windows, pieces, hidden).
        first_pieces: (windows, words).
    """
    return torch.gather(hidden, 1, first_pieces.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))


def _keep_layers(encoder: Any, count: int) -> None:
    """Drop all but `count` layers of an encoder, evenly spread."""
    stack = encoder.encoder.layer
    if not 2 <= count <= len(stack):
        raise ValueError(f"encoder.layers must be 2 to {len(stack)}, not {count}")
    kept = [round(i * (len(stack) - 1) / (count - 1)) for i in range(count)]
    encoder.encoder.layer = nn.ModuleList(stack[i] for i in kept)
    encoder.config.num_hidden_layers = count


class JointModel(PreTrainedModel):
    """Encoder, token classifier, relation head, event and status heads."""

    config_class = JointConfig
    base_model_prefix = "encoder"
    supports_gradient_checkpointing = False
    accepts_loss_kwargs = False  # the loss is a mean already: Trainer need not weigh it by the number of processes

    def __init__(self, config: JointConfig) -> None:
        super().__init__(config)
        encoder_config = config.encoder_config()
        self.encoder = AutoModel.from_config(encoder_config, **_without_pooler(encoder_config.model_type))
        hidden = encoder_config.hidden_size
        self.dropout = nn.Dropout(config.dropout)
        self.classifier = nn.Linear(hidden, len(BIO_LABELS))
        self.heads = MentionHeads(
            hidden,
            config.mention_size,
            config.mention_layers,
            config.mention_heads,
            config.context_size,
            config.dropout,
            config.marked_layers,
        )
        self.loss_weights = {"relation": 1.0, "attribute": 0.3, "imitation": 1.0}
        self.sure_answers = 0.0
        self.use_predicted_spans = False
        self.post_init()

    @classmethod
    def from_encoder(
        cls, folder: str | Path, config: JointConfig, dropouts: EncoderDropouts = NO_CHANGE, layers: int | None = None
    ) -> JointModel:
        """A model with the weights of a pre-trained encoder and fresh heads.

        Args:
            folder: A local folder, or a name on a model hub.
            config: The rest of the configuration; its `encoder` is set from the folder.
            dropouts: Where they differ from the encoder's own.
            layers: How many of the encoder's layers to keep, spread evenly, first and last among them; `None`: all.
        """
        encoder = AutoModel.from_pretrained(str(folder), **_without_pooler_of(folder))
        dropouts.put_into(encoder.config)
        if layers is not None:
            _keep_layers(encoder, layers)
        config.encoder = encoder.config.to_dict() | {"model_type": encoder.config.model_type}
        model = cls(config)
        model.encoder.load_state_dict(encoder.state_dict())
        return model

    @classmethod
    def from_teacher(
        cls,
        model: JointModel,
        dropouts: EncoderDropouts = NO_CHANGE,
        layers: int | None = None,
        marked_layers: int = 0,
    ) -> JointModel:
        """A model with the weights of a trained one, heads and all, of whose encoder some layers are dropped.

        Args:
            model: The trained model, which is changed.
            dropouts: Where they differ from the encoder's own.
            layers: As in `from_encoder`.
            marked_layers: How many layers over marked words the model has at least; those that the trained one lacks
                are added, and change nothing until they are trained.
        """
        assert isinstance(model.config, JointConfig)
        dropouts.put_into(model.encoder.config)
        if layers is not None:
            _keep_layers(model.encoder, layers)
        model.config.encoder = model.encoder.config.to_dict() | {"model_type": model.encoder.config.model_type}
        known = model.config.marked_layers
        model.config.marked_layers = max(known, marked_layers)
        fresh = cls(model.config)  # dropout modules take their rates when they are made
        found = fresh.load_state_dict(model.state_dict(), strict=False)
        assert not found.unexpected_keys and all(key.startswith("heads.marked.") for key in found.missing_keys)
        if fresh.heads.marked is not None:
            fresh.heads.marked.silence(known)
        return fresh

    def words(self, input_ids: Tensor, attention_mask: Tensor, first_pieces: Tensor) -> tuple[Tensor, Tensor]:
        """Label logits (windows, words, 11) and word states (windows, words, hidden).

        Args:
            input_ids: (windows, pieces).
            attention_mask: (windows, pieces).
            first_pieces: Index of the first piece of each word, (windows, words); padded words name piece 0.
        """
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        states = word_states(hidden, first_pieces)
        return self.classifier(self.dropout(states)), states

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        first_pieces: Tensor,
        labels: Tensor | None = None,
        gold: list[GoldWindow | None] | None = None,
        lessons: list[Lesson] | None = None,
        **_: Any,
    ) -> JointOutput:
        """Score windows, and where gold or a teacher's answers are given, the loss.

        Args:
            input_ids: (windows, pieces).
            attention_mask: (windows, pieces).
            first_pieces: (windows, words).
            labels: Label of each word, -100 for padding, (windows, words).
            gold: Mentions and relations of each window; `None` for one that nobody annotated.
            lessons: What a teacher says of each window.
        """
        logits, states = self.words(input_ids, attention_mask, first_pieces)
        loss = None
        if labels is not None:
            total = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum")
            loss = total / (labels != IGNORED).sum().clamp(min=1)
            if gold is not None:
                loss = loss + self._mention_loss(logits, states, gold)
                loss = loss * (sum(window is not None for window in gold) / len(gold))
        if lessons is not None:
            imitation = imitation_loss(self.heads, logits, states, lessons, self.sure_answers)
            imitation = self.loss_weights["imitation"] * imitation
            loss = imitation if loss is None else loss + imitation
        return JointOutput(loss=loss, logits=logits, states=states)

    def _mention_loss(self, logits: Tensor, states: Tensor, gold: list[GoldWindow | None]) -> Tensor:
        events, statuses, relations = [], [], []
        event_gold: list[int] = []
        status_gold: list[int] = []
        relation_gold: list[int] = []
        for row, window in enumerate(gold):
            if window is None:
                continue
            mentions, pairs, features, answers = self._training_pairs(logits[row], window)
            if not mentions:
                continue
            spans = torch.tensor([m.span for m in mentions], device=states.device)
            event, status, relation = self.heads(
                self.dropout(states[row, : len(window.ordinals)]),
                spans,
                torch.from_numpy(pairs).to(states.device),
                torch.from_numpy(features).to(states.device),
            )
            events.append(event)
            statuses.append(status)
            relations.append(relation)
            event_gold += [m.event for m in mentions]
            status_gold += [m.status for m in mentions]
            relation_gold += answers
        loss = logits.sum() * 0.0 + sum(p.sum() for p in self.heads.parameters()) * 0.0
        for scores, answers, weight in (
            (events, event_gold, self.loss_weights["attribute"]),
            (statuses, status_gold, self.loss_weights["attribute"]),
            (relations, relation_gold, self.loss_weights["relation"]),
        ):
            if any(answer != IGNORED for answer in answers):
                target = torch.tensor(answers, device=states.device)
                total = F.cross_entropy(torch.cat(scores), target, ignore_index=IGNORED, reduction="sum")
                # A batch may hold a single status: what few answers say must not outweigh the words.
                loss = loss + weight * total / (int((target != IGNORED).sum()) + _FEW)
        return loss

    def _training_pairs(
        self, logits: Tensor, window: GoldWindow
    ) -> tuple[list[GoldMention], np.ndarray, np.ndarray, list[int]]:
        """Mentions and pairs to learn from: the gold ones and, where asked for, those that the model would find.

        A predicted span that is not gold but overlaps a gold one of its type may stand for it: its pairs are left out
        of the loss. Pairs with a span that overlaps none are "no relation".
        """
        mentions = list(window.mentions)
        rows: list[int | None] = list(range(len(mentions)))
        silent: set[int] = set()
        if self.use_predicted_spans:
            known = {m.span for m in mentions}
            with torch.no_grad():
                scores = logits[: len(window.ordinals)].float().cpu().numpy()
            for first, last, kind in labels_to_spans(viterbi(scores)):
                span = MentionSpan(first, last, ENTITY_NAMES.index(kind))
                if span in known:
                    continue
                if any(
                    m.span.type == span.type and m.span.first < last and first < m.span.last for m in window.mentions
                ):
                    silent.add(len(mentions))
                mentions.append(GoldMention(span))
                rows.append(None)
        order = sorted(range(len(mentions)), key=lambda i: mentions[i].span)
        pairs, features = candidate_pairs([mentions[i].span for i in order], window.ordinals)
        answers: list[int] = []
        for h, t in pairs:
            head, tail = order[h], order[t]
            gold_head, gold_tail = rows[head], rows[tail]
            if gold_head is not None and gold_tail is not None:
                answers.append(window.relations.get((gold_head, gold_tail), 0))
            else:
                answers.append(IGNORED if head in silent or tail in silent else 0)
        return [mentions[i] for i in order], pairs, features, answers


def _without_pooler(model_type: str) -> dict[str, bool]:
    return {"add_pooling_layer": False} if model_type in {"bert", "roberta", "xlm-roberta", "camembert"} else {}


def _without_pooler_of(folder: str | Path) -> dict[str, bool]:
    from transformers import AutoConfig

    return _without_pooler(AutoConfig.from_pretrained(str(folder)).model_type)
