"""A run over masked words: the encoder learns the language of the news before it learns to extract.

As in Gururangan et al. (2020), on texts of the subject that nobody annotated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from datasets import Dataset
from omegaconf import DictConfig, OmegaConf
from transformers import Trainer, TrainingArguments, set_seed

from ..corpus.near_duplicates import OverlapIndex, ngrams
from ..decoding.tokenization import WordTokenizer
from ..document import Document
from ..model.configuration import JointConfig
from ..model.modeling import EncoderDropouts, JointModel
from ..text import segment
from ..text.windows import even_windows
from .encoders import load_encoder, load_trained, longest_window, trained_folder
from .masked_words import MaskedWordModel, MaskingCollator, guess
from .outcome import commit_of, folder_hash
from .run import RunError
from .unlabelled import LIKE_HELD_OUT, HeldOut, unlabelled_texts

_KEPT_BACK: Final = 20
"""One text in so many is guessed and not learnt from."""
_LEAST: Final = 200
"""Windows, under which a run is no run."""


def text_windows(document: Document, words: WordTokenizer, capacity: int) -> Iterator[dict[str, Any]]:
    """Windows of a text that share no word: `forms` (folded words) and `length` in sub-tokens.

    They hold whole sentences, but of a sentence that is longer than a window.
    """
    segmented = segment(document.text)
    forms = [w.form for w in segmented.words]
    counts = words.piece_counts(forms)
    end = 0
    for window in even_windows([(s.first, s.last) for s in segmented.sentences], counts, capacity):
        first, end = max(window.first, end), window.last
        if first < end:
            yield {"forms": forms[first:end], "length": sum(counts[first:end])}


@dataclass
class MaskedTexts:
    """Windows to learn from and windows of other texts to be guessed.

    Attributes:
        learnt: Windows, see `text_windows`.
        kept: Windows of texts none of whose wording is learnt.
    """

    learnt: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, texts: Iterator[Document], words: WordTokenizer, capacity: int, most: int) -> MaskedTexts:
        """The windows of the first texts, `most` in all; one text in twenty is kept back, and copies of it left out."""
        taken: list[tuple[Document, list[dict[str, Any]]]] = []
        count = 0
        for document in texts:
            if count >= most:
                break
            taken.append((document, list(text_windows(document, words, capacity))[: most - count]))
            count += len(taken[-1][1])
        out, index = cls(), OverlapIndex()
        for document, windows in taken[::_KEPT_BACK]:
            index.add(ngrams(document.text))
            out.kept += windows
        for place, (document, windows) in enumerate(taken):
            grams = ngrams(document.text)
            is_copy = bool(grams) and max(index.seen(grams), index.greatest(grams)) >= LIKE_HELD_OUT
            if place % _KEPT_BACK and not is_copy:
                out.learnt += windows
        return out


def run_masked(config: DictConfig, folder: Path) -> dict[str, float]:
    """Let an encoder guess masked words of texts that nobody annotated.

    Documents of dev and test, and texts like them, are left out. An encoder is left as `folder/encoder`, for
    `encoder=local encoder.path=`; the model of a run that `start` names, its heads as they were, as `folder/model`, for
    `start=`. `config.yaml` and `masked.json` beside it tell how it was made.

    Args:
        config: See `configs/train.yaml`, `masked`.
        folder: Where the run's files go.

    Returns:
        Loss and accuracy on texts kept back, before and after.

    Raises:
        RunError: A setting makes no sense, or the texts are not there or too few.
        EncoderError: There is no such encoder, or `start` holds no model.
        CorpusError: The texts are damaged.
    """
    _check(config)
    set_seed(config.seed, deterministic=True)
    asked, run = config.masked, config.trainer
    model, tokenizer = _begin(config, EncoderDropouts(run.attention_dropout, run.hidden_dropout))
    most = longest_window(model.encoder.config, tokenizer)
    if not 0 < asked.capacity <= most:
        raise RunError(f"masked.capacity={asked.capacity}: sub-tokens of a window, 1 to {most} with this encoder")
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    held_out = HeldOut.of_corpus(Path(config.data.root), Path(config.data.shared))
    texts = unlabelled_texts(Path(asked.texts), held_out, asked.about, config.seed)
    windows = MaskedTexts.of(texts, words, asked.capacity, asked.windows)
    if len(windows.learnt) + len(windows.kept) < _LEAST:
        raise RunError(f"{asked.texts} holds too little: {len(windows.learnt)} windows to learn from")
    size = sum(w["length"] for w in windows.learnt)
    print(f"{len(windows.learnt)} windows, {size} sub-tokens; {len(windows.kept)} windows of other texts to be guessed")
    mask_id = tokenizer.mask_token_id if tokenizer.mask_token_id is not None else tokenizer.unk_token_id
    ordinary = np.setdiff1d(np.arange(len(tokenizer)), tokenizer.all_special_ids)
    learning, checking = (MaskingCollator(words, mask_id, ordinary, asked.rate, config.seed) for _ in range(2))
    batches = [checking(windows.kept[i : i + run.batch_size]) for i in range(0, len(windows.kept), run.batch_size)]
    guesser = MaskedWordModel(model.encoder)
    before = guess(guesser, batches)
    data = Dataset.from_list(windows.learnt)
    trainer = Trainer(guesser, _arguments(config, folder), data_collator=learning, train_dataset=data)
    trainer.train()
    left = folder / ("model" if config.start else "encoder")
    if trainer.is_world_process_zero():
        (model if config.start else model.encoder).save_pretrained(left)
        tokenizer.save_pretrained(left)
        OmegaConf.save(config, folder / "config.yaml", resolve=True)
    after = guess(guesser, batches)
    figures = {f"{name}_before": before[name] for name in before} | {f"{name}_after": after[name] for name in after}
    if trainer.is_world_process_zero():
        told = {
            "commit": commit_of(Path(config.data.root)), "windows": len(windows.learnt), "sub_tokens": size,
            "kept_back": len(windows.kept), "held_out_absent": held_out.absent, "figures": figures,
            "start": folder_hash(trained_folder(Path(config.start))) if config.start else None,
        }  # fmt: skip
        (folder / "masked.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return figures


def _check(config: DictConfig) -> None:
    asked = config.masked
    for other in ("resume", "average"):
        if config[other]:
            raise RunError(
                f"masked.windows={asked.windows} does not go with {other}=: masked words are a run of their own"
            )
    if asked.windows < _LEAST:
        raise RunError(f"masked.windows={asked.windows}: at least {_LEAST}")
    if not 0 < asked.rate < 1:
        raise RunError(f"masked.rate={asked.rate} is a share, between 0 and 1")
    if not Path(asked.texts).is_file():
        raise RunError(f"masked.texts={asked.texts}: no such file (JSONL with src, id, title, text; .xz too)")


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
