"""Numerals and money amounts read a second on one core, and what assembly of events costs beside extraction.

    python benchmarks/numerals.py

The expressions are those of `tests/values/expressions.tsv`. Values and events are timed over articles of `seeds/` and
of `../shared/news` in one process, as shares of the whole of `nlp(text)`.
"""

from __future__ import annotations

import csv
import itertools
import json
import time
from collections.abc import Sequence
from pathlib import Path

from ssner.events import assemble
from ssner.events.valuing import with_values
from ssner.inference.predictor import Predictor
from ssner.text import fold, segment, words_of
from ssner.values import numerals_of

ROOT = Path(__file__).resolve().parents[1]
NUMERALS = 200_000
ARTICLES = 40
NEWS = 100


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
    own = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))[:ARTICLES]]
    print_shares(predictor, "articles of our own", own)
    news = ROOT.parent / "shared/news/on_topic.jsonl"
    if not news.is_file():
        print(f"{news} is absent: no figures for real news")
        return
    with news.open(encoding="utf-8") as lines:
        print_shares(predictor, "real articles", [json.loads(line)["text"] for line in itertools.islice(lines, NEWS)])


def print_shares(predictor: Predictor, name: str, texts: Sequence[str]) -> None:
    """Print which shares of the time of extraction values and events take."""
    predictor(texts[0])
    started = time.process_time()
    documents = [predictor(text) for text in texts]
    whole = time.process_time() - started
    values = both = 0.0
    for document in documents:
        segmented = segment(document.text)  # the reader has done that when events are assembled
        started = time.process_time()
        with_values(document, segmented)
        values += time.process_time() - started
        started = time.process_time()
        assemble(document)
        both += time.process_time() - started
    print(
        f"{len(texts)} {name}: values {100 * values / whole:.1f}%, events {100 * (both - values) / whole:.1f}% of the"
        f" time of extraction ({1000 * whole / len(texts):.0f} ms an article)"
    )


if __name__ == "__main__":
    main()
