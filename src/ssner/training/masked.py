"""Masked words: the encoder learns the language of the news before it learns to extract (Gururangan et al., 2020)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
import torch.nn.functional as F
from datasets import Dataset
from omegaconf import DictConfig
from torch import Tensor, nn
from transformers import Trainer, TrainingArguments, set_seed
from transformers.utils.generic import ModelOutput

from ..corpus.store import COLLECTIONS, load_documents
from ..decoding.tokenization import WordTokenizer
from ..document import Document
from ..model.configuration import JointConfig
from ..model.modeling import IGNORED, EncoderDropouts, JointModel
from ..text import segment
from ..text.windows import make_windows
from .encoders import load_encoder, load_trained
from .lessons import unlabelled_texts
from .run import RunError

_HIDDEN: Final = 0.8
"""Share of the chosen words that become unknown pieces (the trimmed vocabulary has no mask)."""
_OTHER: Final = 0.1
"""Share of the chosen words that become random pieces; the rest stay."""
_HELD_OUT: Final = 200
"""Windows that are guessed and not learnt from."""


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

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        embeddings = encoder.get_input_embeddings()  # type: ignore[operator]
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
        embeddings = self.encoder.get_input_embeddings().weight  # type: ignore[operator]
        logits = F.linear(self.transform(states[asked]), embeddings, self.bias)
        answers = targets[asked]
        loss = F.cross_entropy(logits, answers, reduction="sum") / max(1, answers.numel())
        return MaskedOutput(loss, asked.sum(), (logits.argmax(-1) == answers).sum())


@dataclass
class MaskingCollator:
    """Tokenizes windows of words and hides whole words in them.

    Attributes:
        words: The tokenizer of the encoder.
        mask_id: The piece that takes a hidden one's place.
        vocabulary: How many pieces there are.
        rate: Share of the words that are to be guessed.
        seed: Of the choice.
    """

    words: WordTokenizer
    mask_id: int
    vocabulary: int
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
                    shape = targets[row, pieces].shape
                    batch.input_ids[row, pieces] = self._rng.integers(self.mask_id + 1, self.vocabulary, shape)
        arrays = (batch.input_ids, batch.attention_mask, targets)
        return dict(zip(("input_ids", "attention_mask", "targets"), map(torch.from_numpy, arrays), strict=True))


def text_windows(documents: Iterator[Document], words: WordTokenizer, capacity: int) -> Iterator[dict[str, Any]]:
    """Windows of whole sentences: `forms` (folded words) and `length` in sub-tokens; none shares a sentence."""
    for document in documents:
        segmented = segment(document.text)
        forms = [w.form for w in segmented.words]
        counts = words.piece_counts(forms)
        end = 0
        for window in make_windows([(s.first, s.last) for s in segmented.sentences], counts, capacity):
            first, end = max(window.first, end), window.last
            if first < end:
                yield {"forms": forms[first:end], "length": sum(counts[first:end])}


@torch.no_grad()
def guess(model: MaskedWordModel, batches: Sequence[dict[str, Tensor]]) -> dict[str, float]:
    """How well hidden pieces are guessed: `loss` (nats a piece) and `accuracy`."""
    model.eval()
    outputs = [(model(**batch), int((batch["targets"] != IGNORED).sum())) for batch in batches]
    asked = sum(count for _, count in outputs)
    loss = sum(float(output.loss) * count for output, count in outputs) / asked
    return {"loss": loss, "accuracy": sum(int(output.right) for output, _ in outputs) / asked}


def run_masked(config: DictConfig, folder: Path) -> dict[str, float]:
    """Let an encoder guess masked words of texts that nobody annotated; leave it, heads untouched, as `folder/model`.

    Documents of dev and test, and texts like them, are left out. What is left is for `start=`.

    Args:
        config: See `configs/train.yaml`, `masked`.
        folder: Where the run's files go: `model/`, `masked.json`.

    Returns:
        Loss and accuracy on windows held out, before and after.

    Raises:
        RunError: The texts are not there, or are too few.
        EncoderError: There is no such encoder, or `start` holds no model.
    """
    set_seed(config.seed, deterministic=True)
    asked, run = config.masked, config.trainer
    if not Path(asked.texts).is_file():
        raise RunError(f"masked.texts={asked.texts}: no such file (JSONL with src, id, title, text; .xz too)")
    dropouts = EncoderDropouts(run.attention_dropout, run.hidden_dropout)
    model, tokenizer = _begin(config, dropouts)
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    held_out = list(load_documents(Path(config.data.root), Path(config.data.shared), ("dev", "test"), COLLECTIONS))
    texts = unlabelled_texts(Path(asked.texts), held_out, asked.about, config.seed)
    windows = list(itertools.islice(text_windows(texts, words, asked.capacity), asked.windows + _HELD_OUT))
    if len(windows) < 2 * _HELD_OUT:
        raise RunError(f"{asked.texts} gives {len(windows)} windows: at least {2 * _HELD_OUT} are needed")
    held_back = set(range(0, len(windows), len(windows) // _HELD_OUT))
    kept = [windows[i] for i in sorted(held_back)]
    learnt = [window for i, window in enumerate(windows) if i not in held_back]
    print(f"{len(learnt)} windows, {sum(w['length'] for w in learnt)} sub-tokens")
    mask_id = tokenizer.mask_token_id if tokenizer.mask_token_id is not None else tokenizer.unk_token_id
    masking = (words, mask_id, len(tokenizer), asked.rate)
    collator = MaskingCollator(*masking, config.seed)
    checked = MaskingCollator(*masking, config.seed)
    batches = [checked(kept[i : i + run.batch_size]) for i in range(0, len(kept), run.batch_size)]
    guesser = MaskedWordModel(model.encoder)
    before = guess(guesser, batches)
    trainer = Trainer(
        model=guesser, args=_arguments(config, folder), train_dataset=Dataset.from_list(learnt), data_collator=collator
    )
    trainer.train()
    after = guess(guesser, batches)
    figures = {f"{name}_before": before[name] for name in before} | {f"{name}_after": after[name] for name in after}
    if trainer.is_world_process_zero():
        model.save_pretrained(folder / "model")
        tokenizer.save_pretrained(folder / "model")
        (folder / "masked.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return figures


def _begin(config: DictConfig, dropouts: EncoderDropouts) -> tuple[JointModel, Any]:
    encoder = config.encoder
    if config.start:
        return load_trained(Path(config.start), dropouts, encoder.layers, config.model.marked_layers)
    joint = JointConfig(**{str(key): value for key, value in config.model.items()})
    return load_encoder(encoder.name, encoder.path, joint, dropouts, encoder.layers)


def _arguments(config: DictConfig, folder: Path) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(folder / "checkpoints"),
        num_train_epochs=config.masked.epochs,
        per_device_train_batch_size=config.trainer.batch_size,
        train_sampling_strategy="group_by_length",
        learning_rate=config.masked.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=0.05,
        weight_decay=0.01,
        max_grad_norm=1.0,
        seed=config.seed,
        use_cpu=not torch.cuda.is_available(),
        save_strategy="no",
        logging_steps=20,
        remove_unused_columns=False,
        report_to=[],
        ddp_backend=config.trainer.backend,
    )
