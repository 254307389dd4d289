"""The embedded encoder as a plain token classifier: training, prediction, strict scores."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from outside_ner_data import DataError, Sentence, joined, windows
from transformers import (
    AutoTokenizer,
    BertForTokenClassification,
    DataCollatorForTokenClassification,
    Trainer,
    TrainingArguments,
    logging,
    set_seed,
)

from ssner.decoding.tokenization import WordTokenizer
from ssner.model.embedded import embedded_encoder
from ssner.model.modeling import EncoderDropouts
from ssner.training.encoders import EncoderError, load_trained

LEARNING_RATE: Final = 2e-4
"""Of the encoder."""
CLASSIFIER_RATE: Final = 1e-3
"""Of the classifier, which begins with nothing: at the encoder's rate rare labels are hardly learnt."""
BATCH: Final = 16
"""Windows of some 40 sub-tokens, as single sentences are; fewer where they are longer."""
_BATCH_PIECES: Final = 640
"""Sub-tokens of a batch, about."""
WARM_UP: Final = 0.1
"""Share of the steps."""
LONGEST: Final = 192
"""Sub-tokens of a window, the two special ones included."""
_ATTENTION_DROPOUT: Final = 0.0
"""With 0 the fused kernel is used, 1.4 times as fast a step on two cores."""
_IGNORED: Final = -100


class Tagger:
    """A token classifier and its tokenizer; a word is labelled at its first piece.

    Args:
        model: The classifier.
        tokenizer: A fast tokenizer of `transformers`.
        labels: What the classifier's outputs stand for.
    """

    def __init__(self, model: BertForTokenClassification, tokenizer: Any, labels: Sequence[str]) -> None:
        self.model = model
        self.labels = list(labels)
        self.tokenizer = tokenizer
        self.words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)

    @classmethod
    def fresh(cls, labels: Sequence[str], seed: int, start: Path | None = None) -> Tagger:
        """The embedded encoder under a fresh classifier of these labels.

        Args:
            labels: What the classifier's outputs stand for.
            seed: Of the classifier's weights, and of dropout.
            start: A run of train.py whose encoder is taken in place of the embedded one as it came.

        Raises:
            DataError: `start` holds no trained model.
            EncoderFileError: The package that holds the encoder's weights is missing.
        """
        set_seed(seed)
        folder = embedded_encoder()
        logging.set_verbosity_error()  # else a report that the classifier is fresh
        model = BertForTokenClassification.from_pretrained(
            folder, num_labels=len(labels), attention_probs_dropout_prob=_ATTENTION_DROPOUT
        )
        tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True)
        if start is not None:
            try:
                dropouts = EncoderDropouts(_ATTENTION_DROPOUT, model.config.hidden_dropout_prob)
                trained, tokenizer = load_trained(start, dropouts)
            except EncoderError as error:
                raise DataError(f"--start: {error}") from error
            if trained.encoder.config.hidden_size != model.config.hidden_size:
                raise DataError(f"--start: {start} has another encoder than the embedded one; name a run with that one")
            model.bert = trained.encoder
        return cls(model, tokenizer, labels)

    def cut(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The words of sentences in order, as windows of at most `LONGEST` sub-tokens.

        A window holds neighbouring sentences of one document; a longer sentence is cut.
        """
        room = LONGEST - self.words.specials
        parts: list[Sentence] = []
        sizes: list[int] = []
        for sentence in sentences:
            counts = self.words.piece_counts(sentence.forms)
            for part in windows(sentence.labels, counts, room):
                parts.append(Sentence(sentence.words[part], sentence.labels[part], sentence.document))
                sizes.append(sum(counts[part]))
        return joined(parts, sizes, room)

    def features(self, sentences: Sequence[Sentence]) -> list[dict[str, list[int]]]:
        """`input_ids`, `attention_mask` and `labels` of each window; only first pieces of words have a label."""
        ids = {label: i for i, label in enumerate(self.labels)}
        out: list[dict[str, list[int]]] = []
        for window in self.cut(sentences):
            batch = self.words.encode([window.forms])
            labels = np.full(batch.input_ids.shape[1], _IGNORED)
            for place, label in zip(batch.first_pieces[0], window.labels, strict=True):
                if place and labels[place] == _IGNORED:
                    labels[place] = ids[label]
            row = batch.input_ids[0].tolist()
            out.append({"input_ids": row, "attention_mask": [1] * len(row), "labels": labels.tolist()})
        return out

    def train(self, sentences: Sequence[Sentence], epochs: int, seed: int) -> None:
        """Fine-tune all weights; nothing is written that stays."""
        features = self.features(sentences)
        mean = sum(len(row["input_ids"]) for row in features) / len(features)
        batch = min(BATCH, max(2, round(_BATCH_PIECES / mean)))
        steps = epochs * -(-len(features) // batch)
        with tempfile.TemporaryDirectory() as folder:
            arguments = TrainingArguments(
                output_dir=folder,
                num_train_epochs=epochs,
                per_device_train_batch_size=batch,
                train_sampling_strategy="group_by_length",
                learning_rate=LEARNING_RATE,
                lr_scheduler_type="linear",
                warmup_steps=round(WARM_UP * steps),
                seed=seed,
                data_seed=seed,
                use_cpu=not torch.cuda.is_available(),
                save_strategy="no",
                logging_strategy="epoch",
                report_to=[],
            )
            rates = [
                {"params": self.model.bert.parameters(), "lr": LEARNING_RATE},
                {"params": self.model.classifier.parameters(), "lr": CLASSIFIER_RATE},
            ]
            Trainer(
                model=self.model,
                args=arguments,
                train_dataset=features,
                data_collator=DataCollatorForTokenClassification(self.tokenizer),
                optimizer_cls_and_kwargs=(torch.optim.AdamW, {"params": rates, "weight_decay": 0.0}),
            ).train()

    @torch.no_grad()
    def predict(self, sentences: Sequence[Sentence]) -> list[list[str]]:
        """The likeliest well-formed labels of each sentence."""
        if not sentences:
            return []
        self.model.eval()
        forms = [window.forms for window in self.cut(sentences)]
        scores: list[NDArray[np.floating]] = [np.empty(0)] * len(forms)
        order = sorted(range(len(forms)), key=lambda i: len(forms[i]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            batch = self.words.encode([forms[i] for i in chosen])
            tensors = (torch.from_numpy(a).to(self.model.device) for a in (batch.input_ids, batch.attention_mask))
            found = self.model(*tensors).logits.log_softmax(-1).cpu().numpy()
            for row, i in enumerate(chosen):
                scores[i] = found[row, batch.first_pieces[row, : batch.counts[row]]]
        bounds = itertools.pairwise(itertools.accumulate((len(s.words) for s in sentences), initial=0))
        words = np.concatenate(scores)
        return [[self.labels[i] for i in well_formed(words[first:last], self.labels)] for first, last in bounds]


def well_formed(scores: NDArray[np.floating], labels: Sequence[str]) -> list[int]:
    """The best sequence of labels in which each `I-` goes on with an entity of its type (Viterbi).

    Args:
        scores: Log-probabilities, (words, labels).
        labels: Names of the labels.
    """
    kinds = np.array([label[2:] for label in labels])
    inner = np.array([label.startswith("I-") for label in labels])
    step = np.where(inner[None, :] & (kinds[:, None] != kinds[None, :]), -np.inf, 0.0)
    best = scores[0] + np.where(inner, -np.inf, 0.0)
    came_from = []
    for row in scores[1:]:
        total = best[:, None] + step
        came_from.append(total.argmax(axis=0))
        best = total.max(axis=0) + row
    path = [int(best.argmax())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return path[::-1]


def strict_scores(sentences: Sequence[Sentence], predicted: Sequence[Sequence[str]]) -> dict[str, dict[str, float]]:
    """Strict IOB2 scores by seqeval: precision, recall, F1 and support of each type, then of all (`micro`)."""
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    gold = [list(s.labels) for s in sentences]
    if not any(label != "O" for labels in gold for label in labels):
        return {}
    report = classification_report(
        gold, [list(p) for p in predicted], mode="strict", scheme=IOB2, output_dict=True, zero_division=0
    )
    return {
        name.removesuffix(" avg"): {key.replace("-score", ""): float(value) for key, value in row.items()}
        for name, row in report.items()
        if name not in ("macro avg", "weighted avg")
    }
