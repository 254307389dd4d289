"""One training run, from its configuration to its figures."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset, concatenate_datasets
from omegaconf import DictConfig
from transformers import EarlyStoppingCallback, TrainingArguments, set_seed

from ..corpus.store import corpus_hash, left_out, load_documents
from ..decoding.reader import Scorer
from ..decoding.tokenization import WordTokenizer
from ..document import Document
from ..model.configuration import JointConfig
from ..model.modeling import EncoderDropouts
from .augmentation import unpunctuated_copies
from .collator import WindowCollator
from .encoders import load_encoder, load_trained, longest_window, trained_folder
from .features import make_dataset
from .lessons import TaughtCollator, unlabelled_dataset
from .outcome import RunRecord, commit_of, folder_hash, leave_run
from .renaming import listed_names, renamed_copies
from .teachers import teacher_runs
from .trainer import JointTrainer, LateEvaluation, PredictedSpans
from .unlabelled import HeldOut, unlabelled_texts


class RunError(RuntimeError):
    """A run cannot begin."""


def _split(config: Mapping[str, Any], split: str, seed: int) -> list[Document]:
    documents = list(
        load_documents(Path(config["root"]), Path(config["shared"]), (split,), tuple(config["collections"]))
    )
    if split == "train" and config["share"] < 1.0:
        random.Random(seed).shuffle(documents)
        documents = documents[: max(1, round(len(documents) * config["share"]))]
    return documents[: config["limit"]] if config["limit"] else documents


def read_split(config: DictConfig, split: str) -> list[Document]:
    """The documents of a split that a run with this configuration sees."""
    return _split(_plain(config.data), split, config.seed)


def _plain(config: DictConfig) -> dict[str, Any]:
    """A part of the configuration as a dict."""
    return {str(key): value for key, value in config.items()}


def run_training(config: DictConfig, folder: Path, teacher: Scorer | None = None) -> dict[str, float]:
    """Train, score on dev, write the run's folder, export.

    Args:
        config: See `configs/train.yaml`.
        teacher: Scorer of the runs that `config.teacher.run` names: the model learns from its answers too, and begins
            with the first one's weights where `config.start` names no other run.
        folder: Where the run's files go: `config.yaml`, `metrics.json`, `run.json`, `model/`, `export/`, checkpoints.

    Returns:
        Figures on the dev split (see `score_documents`).

    Raises:
        RunError: There is nothing to train on.
    """
    set_seed(config.seed, deterministic=True)
    data = _plain(config.data)
    for name in ("unpunctuated", "renamed"):
        if not 0 <= data[name] <= 1:
            raise RunError(f"data.{name}={data[name]} is a share, from 0 to 1")
    train, dev = (_split(data, split, config.seed) for split in ("train", "dev"))
    if not train or not dev:
        raise RunError(f"no documents to train on in {data['root']}: run from the repository's root")
    absent = left_out(Path(data["root"]), Path(data["shared"]))
    if absent:
        print(f"{absent} documents are left out: their texts are not in {data['shared']}")
    dropouts = EncoderDropouts(config.trainer.attention_dropout, config.trainer.hidden_dropout)
    teachers = teacher_runs(config)
    if start := config.start or (teachers and teachers[0]):
        model, tokenizer = load_trained(Path(start), dropouts, config.encoder.layers, config.model.marked_layers)
    else:
        joint = JointConfig(**_plain(config.model))
        encoder = config.encoder
        model, tokenizer = load_encoder(encoder.name, encoder.path, joint, dropouts, encoder.layers)
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    if model.config.window > (most := longest_window(model.encoder.config, tokenizer)):
        raise RunError(f"model.window={model.config.window}: this encoder reads {most} sub-tokens at most")
    model.sure_answers = config.teacher.least_confidence
    model.loss_weights = {
        "relation": config.trainer.relation_weight, "attribute": config.trainer.attribute_weight,
        "imitation": config.teacher.weight,
    }  # fmt: skip
    unpunctuated = unpunctuated_copies(train, config.data.unpunctuated, config.seed)
    listed = listed_names(Path(data["names"])) if data["names"] else {}
    renamed = renamed_copies(train, config.data.renamed, config.seed, listed=listed)
    capacities = [model.config.window] if teacher is None else config.teacher.capacities
    if not capacities or max(capacities) > model.config.window:
        raise RunError(f"teacher.capacities={capacities}: sub-tokens of windows, at most {model.config.window}")
    seen = [*train, *unpunctuated, *renamed]
    dataset = concatenate_datasets([make_dataset(seen, words.piece_counts, c) for c in capacities])
    collator = WindowCollator(words, config.data.half_space_loss, config.seed)
    if teacher is not None:
        dataset = _with_unlabelled(config, dataset, words)
        collator = TaughtCollator(words, config.data.half_space_loss, config.seed, teacher=teacher)
    again = f"{len(unpunctuated)} of them a second time without punctuation, {len(renamed)} with other names"
    print(f"{len(train)} training documents, {again}; {len(dev)} dev")
    print(f"{len(dataset)} windows, {sum(dataset['length'])} sub-tokens")
    trainer = JointTrainer(
        model=model, args=_arguments(config, folder), train_dataset=dataset, eval_dataset=dataset,
        data_collator=collator, gold=dev, words=words,
        head_learning_rate=config.trainer.head_learning_rate, layer_decay=config.trainer.layer_decay,
        callbacks=[
            PredictedSpans(config.trainer.predicted_spans_from), LateEvaluation(config.trainer.evaluate_from),
            EarlyStoppingCallback(config.trainer.patience),
        ],
    )  # fmt: skip
    trainer.train(resume_from_checkpoint=_checkpoint(config, folder))
    model = trainer.accelerator.unwrap_model(trainer.model)
    record = RunRecord(
        commit_of(Path(data["root"])),
        corpus_hash([*train, *dev]),
        {"train": len(train), "dev": len(dev)},
        absent,
        teacher=",".join(folder_hash(run / "export") for run in teachers) or None,
        start=folder_hash(trained_folder(Path(start))) if start else None,
    )
    return leave_run(config, folder, (model, tokenizer), dev, record if trainer.is_world_process_zero() else None)


def _with_unlabelled(config: DictConfig, annotated: Dataset, words: WordTokenizer) -> Dataset:
    """The annotated windows, and windows of texts that nobody annotated."""
    texts = Path(config.teacher.texts)
    if not texts.is_file():
        print(f"{texts} is not there: the teacher is asked about the annotated documents alone")
        return annotated
    held_out = HeldOut.of_corpus(Path(config.data.root), Path(config.data.shared))
    found = unlabelled_texts(texts, held_out, config.teacher.about, config.seed)
    fresh = unlabelled_dataset(
        found, words.piece_counts, config.teacher.capacities, config.teacher.windows, annotated.features
    )
    print(f"{len(fresh)} windows of {texts} that nobody annotated")
    return concatenate_datasets([annotated, fresh])


def _checkpoint(config: DictConfig, folder: Path) -> str | bool | None:
    if not config.resume:
        return None
    from transformers.trainer_utils import get_last_checkpoint

    last = get_last_checkpoint(str(Path(config.resume) / "checkpoints"))
    if last is None:
        raise RunError(f"{config.resume} holds no checkpoint to go on from")
    return last


def _arguments(config: DictConfig, folder: Path) -> TrainingArguments:
    run = config.trainer
    return TrainingArguments(
        output_dir=str(folder / "checkpoints"),
        num_train_epochs=run.epochs,
        per_device_train_batch_size=run.batch_size,
        train_sampling_strategy="group_by_length",
        learning_rate=run.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=run.warmup,
        weight_decay=run.weight_decay,
        max_grad_norm=run.max_gradient_norm,
        seed=config.seed,
        data_seed=config.seed,
        use_cpu=not torch.cuda.is_available(),
        eval_strategy="epoch",
        save_strategy="epoch",
        save_total_limit=1,
        load_best_model_at_end=True,
        metric_for_best_model="selection",
        greater_is_better=True,
        logging_steps=10,
        remove_unused_columns=False,
        report_to=[run.tracker] if run.tracker else [],
        ddp_backend=run.backend,
        ddp_find_unused_parameters=False,
    )
