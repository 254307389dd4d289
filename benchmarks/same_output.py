"""Whether the fast path reads as the plain one does, on the same articles.

    python benchmarks/same_output.py [--articles 500] [--float32 runs/.../model]

Compares what `ssner extract` gives (int8, threads that each read a document, several documents at once) with (1) the
same exported model asked one document after the other on one thread, and (2), where `--float32` names the folder of the
trained model, that model in torch, in 32-bit floats (needs the extra `train`). Printed is the F1 of entities and of
relations, the plain path taken for gold, and how many documents are the same in every span and relation.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from throughput import read_articles

from ssner.document import Document
from ssner.evaluation.matching import FACTS, compare
from ssner.inference.predictor import Predictor


def told(name: str, plain: list[Document], fast: list[Document]) -> None:
    """Print one comparison."""
    scores = {kind: compare(plain, fast, FACTS[kind])["all"].f1 for kind in ("entities", "relations")}
    same = sum(
        all(set(FACTS[kind](a)) == set(FACTS[kind](b)) for kind in scores) for a, b in zip(plain, fast, strict=True)
    )
    print(
        f"{name}: entities {100 * scores['entities']:.2f}%, relations {100 * scores['relations']:.2f}% the same; "
        f"{same} of {len(plain)} documents in everything",
        flush=True,
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--model", type=Path, default=None, help="exported model (default: the one in the package)")
    parser.add_argument("--float32", type=Path, default=None)
    chosen = parser.parse_args()
    documents = [Document(str(i), text) for i, text in enumerate(read_articles(chosen.articles, 1, 10**6))]
    fast: list[Document] = []
    for _, outcome in Predictor(chosen.model, threads=1).read_all(documents, os.cpu_count() or 1):
        assert isinstance(outcome, Document), outcome
        fast.append(outcome)
    alone = Predictor(chosen.model, threads=1)
    told("one after the other, int8", [alone.read(d) for d in documents], fast)
    if chosen.float32:
        from transformers import AutoTokenizer

        from ssner.decoding.reader import DocumentReader
        from ssner.decoding.tokenization import WordTokenizer
        from ssner.model.modeling import JointModel
        from ssner.model.scorer import TorchScorer

        tokenizer = AutoTokenizer.from_pretrained(chosen.float32)
        words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
        reader = DocumentReader(TorchScorer(JointModel.from_pretrained(str(chosen.float32)), words, batch=1))
        told("float32 in torch", [reader.read(d) for d in documents], fast)


if __name__ == "__main__":
    main()
