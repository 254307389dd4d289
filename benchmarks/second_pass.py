"""Typed markers in a second pass, beside the features of pairs in one.

    python benchmarks/second_pass.py runs/a                  the model of run a, and a second reader that begins with it
    python benchmarks/second_pass.py runs/a --unmarked       the second reader is trained as long, but sees no marks
    python benchmarks/second_pass.py runs/a --finds runs/b/export    mentions found by another model

The second reader is a copy of the run's model, trained further on the gold mentions of the training split, which it
sees marked in its input (`second_pass_model.py`). Strict F1 of relations and attributes on dev and test, all documents
and the real ones, (1) given the gold mentions, (2) given those that the first model finds; the biases against "no
relation" and "no event" of each row are the best on dev. Twice the encoder's work for each text, and twice the model's
size.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import torch
from second_pass_model import SecondPassModel, SecondPassScorer
from transformers import TrainingArguments, set_seed

from ssner.corpus.store import load_documents
from ssner.decoding.reader import DocumentReader, ReaderOptions, Scorer
from ssner.decoding.remembering import RememberingScorer
from ssner.decoding.tokenization import WordTokenizer
from ssner.document import Document
from ssner.evaluation.matching import FACTS, compare
from ssner.inference.session import OnnxScorer
from ssner.model.modeling import EncoderDropouts
from ssner.model.scorer import TorchScorer
from ssner.training.collator import WindowCollator
from ssner.training.encoders import load_trained
from ssner.training.features import make_dataset
from ssner.training.trainer import JointTrainer

ROOT: Final = Path(__file__).resolve().parents[1]
BIASES: Final = (-1.0, -0.6, -0.3, 0.0, 0.3, 0.6, 1.0)


def trained(run: Path, marked: bool, epochs: float, seed: int, shared: Path, share: float) -> SecondPassScorer:
    """A second reader that began as a run's model and has learnt from the training split."""
    set_seed(seed, deterministic=True)
    model, tokenizer = load_trained(run, EncoderDropouts(0.0, 0.1))
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    documents = list(load_documents(ROOT, shared, ("train",)))
    random.Random(seed).shuffle(documents)
    dataset = make_dataset(documents[: round(share * len(documents))], words.piece_counts, model.config.window)
    reader = SecondPassModel.beginning_with(model, marked)
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            output_dir=folder, num_train_epochs=epochs, per_device_train_batch_size=8, learning_rate=1e-4,
            train_sampling_strategy="group_by_length", warmup_steps=0.1, weight_decay=0.01, max_grad_norm=2.0,
            seed=seed, use_cpu=not torch.cuda.is_available(), save_strategy="no", logging_steps=20,
            remove_unused_columns=False, report_to=[],
        )  # fmt: skip
        JointTrainer(
            model=reader, args=arguments, train_dataset=dataset, data_collator=WindowCollator(words, 0.3, seed),
            gold=[], words=words, head_learning_rate=3e-4, layer_decay=0.95,
        ).train()  # fmt: skip
    return SecondPassScorer(reader, words)


def f1(fact: str, gold: Sequence[Document], read: Sequence[Document]) -> str:
    """Strict F1 in points."""
    return f"{100 * compare(gold, read, FACTS[fact])['all'].f1:.1f}"


def related(scorer: Scorer, mentions: Sequence[Document]) -> list[Document]:
    """The documents with their mentions related."""
    reader = DocumentReader(scorer, ReaderOptions(gold_entities=True))
    return [reader.read(document) for document in mentions]


def fit(scorer: Scorer, bias: str, fact: str, gold: Sequence[Document], mentions: Sequence[Document]) -> None:
    """Set one of a scorer's biases to the one with the best F1."""

    def score(value: float) -> float:
        setattr(scorer, bias, value)
        return compare(gold, related(scorer, mentions), FACTS[fact])["all"].f1

    setattr(scorer, bias, max(BIASES, key=score))


def main() -> None:
    """Train, relate, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="folder of a run of train.py")
    parser.add_argument("--finds", type=Path, help="folder of the exported model that finds the mentions (the run's)")
    parser.add_argument("--unmarked", action="store_true")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--share", type=float, default=1.0, help="of the training documents")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    chosen = parser.parse_args()
    finder = DocumentReader(OnnxScorer(chosen.finds or chosen.run / "export"), ReaderOptions(entities_only=True))
    gold = {split: list(load_documents(ROOT, chosen.shared, (split,))) for split in ("dev", "test")}
    own = {d.id for split in gold for d in load_documents(ROOT, chosen.shared, (split,), ("own",))}
    found = {split: [finder.read(Document(d.id, d.text)) for d in documents] for split, documents in gold.items()}
    first, tokenizer = load_trained(chosen.run)
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    second = trained(chosen.run, not chosen.unmarked, chosen.epochs, chosen.seed, chosen.shared, chosen.share)
    print(
        "| mentions | relations by | biases | dev relations / attributes | real | test relations / attributes | real |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, mentions in (("gold", gold), ("found", found)):
        for row, asked in (("one pass", TorchScorer(first, words)), ("second pass", second)):
            scorer = RememberingScorer(asked)
            fit(scorer, "relation_bias", "relations", gold["dev"], mentions["dev"])
            fit(scorer, "event_bias", "attributes", gold["dev"], mentions["dev"])
            cells = []
            for split, documents in gold.items():
                read = related(scorer, mentions[split])
                real = [i for i, d in enumerate(documents) if d.id not in own]
                for rows in (range(len(documents)), real):
                    pair = [documents[i] for i in rows], [read[i] for i in rows]
                    cells.append(f"{f1('relations', *pair)} / {f1('attributes', *pair)}")
            print(
                f"| {name} | {row} | {scorer.relation_bias:+.1f}, {scorer.event_bias:+.1f} | {' | '.join(cells)} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
