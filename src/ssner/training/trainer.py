"""`transformers.Trainer` for the joint model: two learning rates, spans of its own, scores on whole documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from ..decoding.reader import DocumentReader, ReaderOptions
from ..decoding.remembering import RememberingScorer
from ..decoding.tokenization import WordTokenizer
from ..document import Document
from ..evaluation.matching import FACTS, compare
from ..model.modeling import JointModel
from ..model.scorer import TorchScorer


def score_documents(model: JointModel, tokenizer: WordTokenizer, gold: Sequence[Document]) -> dict[str, float]:
    """Figures of a model on gold documents, by reading their raw texts.

    Returns:
        Strict F1, precision and recall of entities, relations (strict and boundary) and attributes, the relations'
        F1 with gold entities, and `selection`, the mean of entity and relation F1, by which a checkpoint is chosen.
    """
    bare = [Document(d.id, d.text) for d in gold]
    scorer = RememberingScorer(TorchScorer(model, tokenizer))
    predicted = [DocumentReader(scorer).read(d) for d in bare]
    out: dict[str, float] = {}
    for name, facts in FACTS.items():
        score = compare(gold, predicted, facts)["all"]
        out |= {f"{name}_f1": score.f1, f"{name}_precision": score.precision, f"{name}_recall": score.recall}
    related = [DocumentReader(scorer, ReaderOptions(gold_entities=True)).read(d) for d in gold]
    out["relations_given_entities_f1"] = compare(gold, related, FACTS["relations"])["all"].f1
    out["selection"] = (out["entities_f1"] + out["relations_f1"]) / 2
    return out


class JointTrainer(Trainer):
    """Trainer of the joint model.

    Args:
        gold: Gold documents of the dev split, on which each evaluation is scored.
        words: The tokenizer of the encoder.
        head_learning_rate: Learning rate of the heads; the encoder's is `args.learning_rate`.
        layer_decay: Factor on the learning rate from each encoder layer to the one below it.
        **kwargs: As for `Trainer`.
    """

    def __init__(
        self, *args: Any, gold: Sequence[Document], words: WordTokenizer, head_learning_rate: float,
        layer_decay: float = 1.0, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.gold = list(gold)
        self.words = words
        self.head_learning_rate = head_learning_rate
        self.layer_decay = layer_decay

    def create_optimizer(self, *_: Any) -> torch.optim.Optimizer:
        """AdamW with groups by learning rate; biases and norms are not decayed."""
        if self.optimizer is None:
            model = self.model
            assert model is not None
            layers = _layer_numbers(model)
            top = max(layers.values(), default=0)
            groups: dict[tuple[float, float], list[nn.Parameter]] = {}
            for name, parameter in model.named_parameters():
                if not parameter.requires_grad:
                    continue
                rate = self.head_learning_rate
                if name in layers:
                    rate = self.args.learning_rate * self.layer_decay ** (top - layers[name])
                decay = 0.0 if parameter.ndim < 2 else self.args.weight_decay
                groups.setdefault((rate, decay), []).append(parameter)
            self.optimizer = torch.optim.AdamW(
                [{"params": p, "lr": rate, "weight_decay": decay} for (rate, decay), p in groups.items()],
                fused=True,  # one pass over the weights in place of ten
            )
        return self.optimizer

    def evaluate(self, *_: Any, metric_key_prefix: str = "eval", **__: Any) -> dict[str, float]:
        """Score the dev documents (see `score_documents`)."""
        model = self.accelerator.unwrap_model(self.model)
        figures = score_documents(model, self.words, self.gold)
        metrics = {f"{metric_key_prefix}_{name}": value for name, value in figures.items()}
        self.log(metrics)
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
        return metrics


def _layer_numbers(model: nn.Module) -> dict[str, int]:
    """Layer of each of the encoder's parameters: 0 for the embeddings, then 1 and up."""
    out: dict[str, int] = {}
    for name, _ in model.named_parameters():
        if name.startswith("encoder."):
            parts = name.split(".")
            numbers = [int(part) for part in parts if part.isdigit()]
            out[name] = numbers[0] + 1 if numbers else 0
    return out


class PredictedSpans(TrainerCallback):
    """From epoch `start` on, the relation head also learns from the spans that the model itself finds."""

    def __init__(self, start: float) -> None:
        self.start = start

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Switch it on in time."""
        model = kwargs["model"]
        getattr(model, "module", model).use_predicted_spans = (state.epoch or 0.0) >= self.start


class LateEvaluation(TrainerCallback):
    """No dev figures before epoch `start`: they cost time and say little."""

    def __init__(self, start: float) -> None:
        self.start = start

    def on_epoch_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Put the evaluation, and the checkpoint that needs its figure, off."""
        if (state.epoch or 0.0) < self.start - 1e-6 and (state.epoch or 0.0) < args.num_train_epochs - 1e-6:
            control.should_evaluate = False
            control.should_save = False
