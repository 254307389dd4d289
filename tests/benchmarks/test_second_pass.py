"""A second pass over marked words: what the encoder sees, and that it begins as the model it is a copy of."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from ssner.decoding.pairs import MentionSpan, candidate_pairs
from ssner.decoding.tokenization import WordTokenizer
from ssner.model.configuration import JointConfig
from ssner.model.modeling import JointModel
from ssner.model.scorer import TorchScorer
from ssner.training.encoders import load_encoder

SMALL = {"mention_size": 32, "mention_layers": 1, "mention_heads": 2, "context_size": 16, "window": 96, "dropout": 0.0}
FORMS = ["وزارت", "بهداشت", "بیمارستان", "شهرکرد", "را", "با", "۱۲۰", "تخت", "افتتاح", "کرد"]
SPANS = [MentionSpan(0, 2, 0), MentionSpan(2, 4, 1), MentionSpan(6, 8, 3)]


@pytest.fixture(scope="module")
def tiny() -> tuple[JointModel, WordTokenizer]:
    torch.manual_seed(0)
    model, tokenizer = load_encoder("tiny", None, JointConfig(**SMALL))
    return model.eval(), WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)


def asked(scorer, spans):
    mentions = np.array(spans, dtype=np.int64)
    pairs, features = candidate_pairs(spans, [0] * len(FORMS))
    ((_, states),) = scorer.encode([FORMS])
    return scorer.relate(states, mentions, pairs, features)


def test_each_piece_has_the_label_of_its_word_and_padding_none() -> None:
    from second_pass_model import piece_labels

    labels = torch.tensor([[3, 4, 0], [5, -100, -100]])
    firsts = torch.tensor([[1, 3, 4], [1, 0, 0]])  # the begin of the text is piece 0
    mask = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]])
    assert piece_labels(labels, firsts, mask).tolist() == [[0, 3, 3, 4, 0, 0], [0, 5, 5, 0, 0, 0]]


def test_before_it_is_trained_it_says_what_its_model_says_and_then_marks_count(tiny) -> None:
    from second_pass_model import SecondPassModel, SecondPassScorer

    model, words = tiny
    second = SecondPassModel.beginning_with(model, marked=True)
    one_pass = asked(TorchScorer(model, words), SPANS)
    for ours, theirs in zip(asked(SecondPassScorer(second, words), SPANS), one_pass, strict=True):
        assert np.allclose(ours, theirs, atol=1e-4)
    with torch.no_grad():
        second.marks.weight.normal_()
    marked = asked(SecondPassScorer(second, words), SPANS)[2]
    assert not np.allclose(marked, asked(TorchScorer(model, words), SPANS)[2], atol=1e-2)
    second.marked = False
    assert np.allclose(
        asked(SecondPassScorer(second, words), SPANS)[2], asked(TorchScorer(model, words), SPANS)[2], atol=1e-4
    )
