"""The embedded encoder as a plain token classifier: training, prediction, strict scores."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import torch
from outside_ner_data import Sentence, windows
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

LEARNING_RATE: Final = 1.5e-4
BATCH: Final = 16
WARM_UP: Final = 0.1
"""Share of the steps."""
LONGEST: Final = 192
"""Sub-tokens of a window, the two special ones included."""
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
    def fresh(cls, labels: Sequence[str], seed: int) -> Tagger:
        """The embedded encoder under a fresh classifier of these labels.

        Raises:
            EncoderFileError: The package that holds the encoder's weights is missing.
        """
        set_seed(seed)
        folder = embedded_encoder()
        logging.set_verbosity_error()  # else a report that the classifier is fresh
        model = BertForTokenClassification.from_pretrained(folder, num_labels=len(labels))
        return cls(model, AutoTokenizer.from_pretrained(folder, use_fast=True), labels)

    def cut(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences as windows of at most `LONGEST` sub-tokens, in order."""
        room = LONGEST - self.words.specials
        out: list[Sentence] = []
        for sentence in sentences:
            for part in windows(sentence.labels, self.words.piece_counts(sentence.forms), room):
                out.append(Sentence(sentence.words[part], sentence.labels[part], sentence.document))
        return out

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
        steps = epochs * -(-len(features) // BATCH)
        with tempfile.TemporaryDirectory() as folder:
            arguments = TrainingArguments(
                output_dir=folder,
                num_train_epochs=epochs,
                per_device_train_batch_size=BATCH,
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
            Trainer(
                model=self.model,
                args=arguments,
                train_dataset=features,
                data_collator=DataCollatorForTokenClassification(self.tokenizer),
            ).train()

    @torch.no_grad()
    def predict(self, sentences: Sequence[Sentence]) -> list[list[str]]:
        """The likeliest label of each word, sentence by sentence; nothing makes their sequence well-formed."""
        self.model.eval()
        parts = [(i, window.forms) for i, s in enumerate(sentences) for window in self.cut([s])]
        labels: list[list[str]] = [[] for _ in parts]
        order = sorted(range(len(parts)), key=lambda i: len(parts[i][1]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            batch = self.words.encode([parts[i][1] for i in chosen])
            tensors = (torch.from_numpy(a).to(self.model.device) for a in (batch.input_ids, batch.attention_mask))
            best = self.model(*tensors).logits.argmax(-1).cpu().numpy()
            for row, i in enumerate(chosen):
                labels[i] = [self.labels[best[row, place]] for place in batch.first_pieces[row, : batch.counts[row]]]
        out: list[list[str]] = [[] for _ in sentences]
        for (i, _), found in zip(parts, labels, strict=True):
            out[i] += found
        return out


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
