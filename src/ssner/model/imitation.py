"""Learning from the answers of another model (distillation): what it says of a window, and how far a student is off."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

from .heads import MentionHeads

STATE_WEIGHT: Final = 2.0
"""Of the distance between the word states, whose scale is set by the teacher's own variance."""
_FEW: Final = 16


@dataclass
class Lesson:
    """What a teacher says of one window.

    Attributes:
        log_probabilities: Of the labels, (words, 11).
        states: Word states, (words, hidden).
        mentions: First word, word after the last and type of each mention that it finds, (mentions, 3).
        pairs: Candidate pairs of them, (pairs, 2).
        features: Their features, (pairs, features).
        event: Logits, (mentions, 4).
        status: Logits, (mentions, 3).
        relation: Logits, forbidden ones at -1e4, (pairs, 12).
    """

    log_probabilities: Tensor
    states: Tensor
    mentions: Tensor
    pairs: Tensor
    features: Tensor
    event: Tensor
    status: Tensor
    relation: Tensor

    def to(self, device: torch.device) -> Lesson:
        """The same on another device."""
        return Lesson(*(getattr(self, f.name).to(device) for f in fields(self)))


def _divergence(student: list[Tensor], teacher: list[Tensor], least: float, most: int = 0) -> Tensor:
    """Mean Kullback-Leibler divergence of rows of logits, the teacher's first.

    Rows of which the teacher is less sure than `least` count as right; few rows weigh less by `most`.
    """
    given = F.log_softmax(torch.cat(teacher), dim=-1)
    found = F.log_softmax(torch.cat(student), dim=-1)
    sure = given.amax(-1).exp() >= least
    return F.kl_div(found[sure], given[sure], reduction="sum", log_target=True) / (len(given) + most)


def imitation_loss(
    heads: MentionHeads, logits: Tensor, states: Tensor, lessons: list[Lesson], least: float = 0.0
) -> Tensor:
    """How far a student's answers are from its teacher's, over the words, mentions and pairs that the teacher saw.

    Labels, events, statuses and relations by Kullback-Leibler divergence (Hinton, Vinyals and Dean, 2015), word states
    by their squared distance (Sun et al., 2019): heads that began as the teacher's then see what they know.

    Args:
        heads: The student's.
        logits: Of the student, (windows, words, 11).
        states: Of the student, (windows, words, hidden).
        lessons: One for each window.
        least: Confidence, from 0 to 1, under which an answer teaches nothing: of labels, events, statuses and relations
            (self-training with a filter); states are learnt all the same.
    """
    lessons = [given.to(states.device) for given in lessons]
    words = [(logits[row, : len(given.states)], states[row, : len(given.states)]) for row, given in enumerate(lessons)]
    loss = _divergence([w[0] for w in words], [given.log_probabilities for given in lessons], least)
    if states.shape[-1] == lessons[0].states.shape[-1]:
        target = torch.cat([given.states for given in lessons])
        loss = loss + STATE_WEIGHT * F.mse_loss(torch.cat([w[1] for w in words]), target) / target.var()
    asked = [(given, seen) for given, (_, seen) in zip(lessons, words, strict=True) if len(given.mentions)]
    answers = [heads(seen, given.mentions, given.pairs, given.features) for given, seen in asked]
    for place, name in enumerate(("event", "status", "relation")):
        known = [getattr(given, name) for given, _ in asked]
        if sum(map(len, known)):
            loss = loss + _divergence([answer[place] for answer in answers], known, least, _FEW)
    return loss
