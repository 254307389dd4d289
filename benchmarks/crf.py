"""A CRF over the model's label scores, beside constrained decoding.

    pip install python-crfsuite
    python benchmarks/crf.py                 on dev: five folds of documents, each read by a CRF fitted on the others
    python benchmarks/crf.py --split test    on test, fitted on dev

The encoder stays as it is: a linear-chain CRF (CRFsuite, L-BFGS, L2 of 1) learns weights of its eleven
log-probabilities for each label, and of each step from label to label. That is what a CRF layer adds to the token
classifier, but for what its gradients would change in the encoder. Strict F1 of entities, of all and of the real
documents, spans without the marks at their edges in each row.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from decoding import ROOT, STEPS, Scored, Scores, ask, decode, table_head, table_row, to_document

from ssner.corpus.store import load_documents
from ssner.decoding.bio import LabelledSpan, labels_to_spans, spans_to_labels
from ssner.decoding.reader import trim
from ssner.document import Document
from ssner.inference.session import OnnxScorer
from ssner.schema import BIO_LABELS

FOLDS: Final = 5
_L2: Final = 1.0
_FLOOR: Final = -12.0
"""CRFsuite drops features whose values sum up to less than nothing."""


def items(scores: Scores) -> list[dict[str, float]]:
    """The log-probabilities of each word of a sentence as CRFsuite takes them: over a floor, none below 0."""
    return [dict(zip(BIO_LABELS, map(float, row), strict=True)) for row in np.maximum(scores - _FLOOR, 0.0)]


def sentences(scored: Scored) -> list[tuple[int, int]]:
    """First word and word after the last of each sentence."""
    return [(s.first, s.last) for s in scored.segmented.sentences]


def gold_labels(scored: Scored) -> list[str]:
    """The gold label of each word of a document."""
    starts = {w.start: i for i, w in enumerate(scored.segmented.words)}
    ends = {w.end: i + 1 for i, w in enumerate(scored.segmented.words)}
    spans = [(starts[e.start], ends[e.end], e.type) for e in scored.gold.entities]
    return [BIO_LABELS[label] for label in spans_to_labels(len(starts), spans)]


def fitted(training: Sequence[Scored], path: Path) -> Any:
    """A CRFsuite tagger that has learnt from documents, and reads from a file as long as it is used."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params={"c2": _L2, "max_iterations": 200}, verbose=False)
    for scored in training:
        labels = gold_labels(scored)
        for first, last in sentences(scored):
            trainer.append(items(scored.scores[first:last]), labels[first:last])
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def read(tagger: Any, scored: Scored) -> Document:
    """The document with the entities that the CRF finds."""
    words = scored.segmented.words
    found: list[LabelledSpan] = []
    for first, last in sentences(scored):
        labels = [BIO_LABELS.index(label) for label in tagger.tag(items(scored.scores[first:last]))]
        for start, stop, kind in labels_to_spans(labels):
            span = LabelledSpan(start, stop, kind, 1.0)
            if (kept := trim(span, words[first:last])) is not None:
                found.append(LabelledSpan(kept[0] + first, kept[1] + first, kind, 1.0))
    return to_document(scored, found)


def main() -> None:
    """Fit, read, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--model", type=Path, default=ROOT / "src/ssner/pretrained")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    chosen = parser.parse_args()
    if importlib.util.find_spec("pycrfsuite") is None:
        sys.exit("crf.py: python-crfsuite is not installed: pip install python-crfsuite")
    scorer = OnnxScorer(chosen.model)
    dev, split = (
        [ask(scorer, d, alone=False) for d in load_documents(ROOT, chosen.shared, (name,))]
        for name in ("dev", chosen.split)
    )
    own = {d.id for d in load_documents(ROOT, chosen.shared, (chosen.split,), ("own",))}
    gold = [s.gold for s in split]
    real = [i for i, d in enumerate(gold) if d.id not in own]

    def row(name: str, read_one: Callable[[int], Document]) -> None:
        print(table_row(name, gold, [read_one(i) for i in range(len(split))], real))

    print(table_head(chosen.split))
    with tempfile.TemporaryDirectory() as folder:
        folds = range(FOLDS if chosen.split == "dev" else 1)
        taggers = []
        for fold in folds:
            training = [s for i, s in enumerate(dev) if chosen.split != "dev" or i % FOLDS != fold]
            taggers.append(fitted(training, Path(folder) / f"{fold}.crfsuite"))
        row("argmax", lambda i: decode(split[i], STEPS.index("argmax")))
        row("constrained (viterbi)", lambda i: decode(split[i], STEPS.index("viterbi")))
        row("CRF", lambda i: read(taggers[i % len(taggers)], split[i]))
        row("all constraints", lambda i: decode(split[i], len(STEPS) - 1))


if __name__ == "__main__":
    main()
