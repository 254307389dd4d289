"""Numerals and money amounts read a second on one core, and what assembly of events costs beside extraction.

    python benchmarks/numerals.py

The expressions are those of `tests/values/expressions.tsv`. Values and events are timed over the articles of `seeds/`
in one process, as a share of the whole of `nlp(text)`.
"""

from __future__ import annotations

import csv
import itertools
import time
from pathlib import Path

from ssner.events import assemble
from ssner.inference.predictor import Predictor
from ssner.text import fold, words_of
from ssner.values import numerals_of

ROOT = Path(__file__).resolve().parents[1]
NUMERALS = 200_000
ARTICLES = 40


def main() -> None:
    """Run and print."""
    with (ROOT / "tests/values/expressions.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        mentions = [row["mention"] for row in rows]
    words = [words_of(fold(mention)) for mention in mentions]
    started = time.process_time()
    read = sum(len(numerals_of(w)) for w in itertools.islice(itertools.cycle(words), NUMERALS))
    seconds = time.process_time() - started
    print(f"numerals, from words: {60 * read / seconds:,.0f} a minute on one core")
    started = time.process_time()
    read = sum(len(numerals_of(words_of(fold(m)))) for m in itertools.islice(itertools.cycle(mentions), NUMERALS // 4))
    seconds = time.process_time() - started
    print(f"numerals, from raw text (folding and splitting included): {60 * read / seconds:,.0f} a minute on one core")
    predictor = Predictor(threads=1)
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))[:ARTICLES]]
    predictor(texts[0])
    started = time.process_time()
    documents = [predictor(text) for text in texts]
    whole = time.process_time() - started
    started = time.process_time()
    for document in documents:
        assemble(document)
    share = (time.process_time() - started) / whole
    print(f"values and events: {100 * share:.1f}% of the time of extraction, {ARTICLES} articles")


if __name__ == "__main__":
    main()
