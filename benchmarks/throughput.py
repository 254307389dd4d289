"""Articles per second of what a user would do today and of ours, in one run on one machine, taking turns.

    pip install -e '.[train]' spacy psutil
    python benchmarks/throughput.py                    60 articles, 3 rounds: about ten minutes on two cores
    python benchmarks/throughput.py --articles 300
    python benchmarks/throughput.py --model runs/a/export   another model of ours beside them

Each contender runs in a process of its own and is asked for one pass over the articles in each round; the order of the
contenders turns from round to round, so that a noisy neighbour meets them all. Printed are articles and sub-tokens a
second (median over the rounds), peak memory, and the ratio to (a) with its least and greatest value over the rounds.

(a) `transformers.pipeline("token-classification")` with a BERT of ParsBERT's size (random weights: speed does not
    depend on them) in its default settings, and with the best of some batch sizes; (b) the same pipeline with our
    encoder; (c) spaCy's Persian tokenizer alone, a floor;
    (d) ours, entities with their values only; (e) ours, everything to events; (f) the same with `--model`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VOCABULARY = 100_000
PARSBERT = {
    "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072,
    "max_position_embeddings": 512,
}  # fmt: skip
BATCHES = (1, 4, 8, 16)
SHORTEST, LONGEST = 400, 1800
"""Characters of an article: longer ones the pipeline would cut at 512 sub-tokens and seem fast."""


def read_articles(count: int, shortest: int = SHORTEST, longest: int = LONGEST) -> list[str]:
    """Articles of the shared news where they are, else of `seeds/`."""
    news = ROOT / "../shared/news/on_topic.jsonl"
    if news.is_file():
        texts = [json.loads(line)["text"] for line in news.open(encoding="utf-8")]
        texts = [t for t in texts if shortest <= len(t) <= longest]
    else:
        texts = [p.read_text("utf-8") for p in sorted((ROOT / "seeds").glob("*.txt"))]
    return texts[:: max(1, len(texts) // count)][:count]


def wordpiece_folder(texts: list[str], folder: Path) -> Path:
    """A BERT of ParsBERT's size with a Persian WordPiece vocabulary learnt from the texts."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    backend = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    backend.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    backend.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=30_000, special_tokens=specials))
    ids = {token: backend.token_to_id(token) for token in ("[CLS]", "[SEP]")}
    backend.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=list(ids.items()))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_max_length=512,
    )  # fmt: skip
    torch.manual_seed(0)
    model = BertForTokenClassification(BertConfig(vocab_size=VOCABULARY, num_labels=11, **PARSBERT))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def our_encoder_folder(folder: Path) -> Path:
    """Our encoder with a fresh classifier as a plain BERT."""
    from transformers import AutoConfig, AutoTokenizer, BertForTokenClassification

    from ssner.model.embedded import embedded_encoder

    source = embedded_encoder()
    config = AutoConfig.from_pretrained(source, num_labels=11)
    BertForTokenClassification.from_pretrained(source, config=config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(source).save_pretrained(folder)
    return folder


def pipeline(folder: str, batch: int | None) -> Callable[[list[str]], int]:
    """The pass of a `transformers` pipeline; gives the sub-tokens that it read."""
    import transformers

    transformers.logging.set_verbosity_error()
    pipe = transformers.pipeline("token-classification", model=folder, device=-1)

    def run(texts: list[str]) -> int:
        for _ in pipe(texts, **({"batch_size": batch} if batch else {})):
            pass
        return sum(min(512, len(ids)) for ids in pipe.tokenizer(texts, truncation=True)["input_ids"])

    return run


def spacy_tokens() -> Callable[[list[str]], int]:
    """The pass of spaCy's Persian tokenizer."""
    import spacy

    nlp = spacy.blank("fa")
    return lambda texts: sum(len(doc) for doc in nlp.pipe(texts))


def ours(entities_only: bool, model: Path | None = None) -> Callable[[list[str]], int]:
    """The pass of this package, as `ssner extract` runs it; `model`: an export other than the one in the package."""
    from ssner.decoding.reader import ReaderOptions
    from ssner.document import Document
    from ssner.inference.predictor import Predictor
    from ssner.text import segment

    workers = os.cpu_count() or 1
    predictor = Predictor(model, threads=1 if workers > 1 else 0, options=ReaderOptions(entities_only=entities_only))

    def run(texts: list[str]) -> int:
        documents = (Document(str(i), text) for i, text in enumerate(texts))
        for _, outcome in predictor.read_all(documents, workers):
            assert isinstance(outcome, Document), outcome
        return sum(sum(predictor._reader.scorer.piece_counts([w.form for w in segment(t).words])) for t in texts)

    return run


def _contend(
    connection: Connection, make: Callable[..., Callable[[list[str]], int]], arguments: tuple[Any, ...]
) -> None:
    """A process that answers each list of texts with seconds, sub-tokens and its peak memory in MB."""
    run = make(*arguments)
    connection.send("ready")
    while (texts := connection.recv()) is not None:
        started = time.perf_counter()
        tokens = run(texts)
        seconds = time.perf_counter() - started
        connection.send((seconds, tokens, peak_memory()))


def peak_memory() -> float:
    """Peak resident memory of this process in MB (Linux; elsewhere that of its children too)."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Contender:
    """One way to read articles, in a process of its own."""

    def __init__(self, name: str, make: Callable[..., Callable[[list[str]], int]], *arguments: Any) -> None:
        self.name = name
        self.rates: list[float] = []
        self.tokens = 0.0
        self.memory = 0.0
        ours_end, theirs = mp.get_context("spawn").Pipe()
        self.connection = ours_end
        self.process = mp.get_context("spawn").Process(target=_contend, args=(theirs, make, arguments), daemon=True)
        self.process.start()
        self.connection.recv()

    def ask(self, texts: list[str]) -> float:
        """One pass; its articles a second."""
        self.connection.send(texts)
        seconds, tokens, self.memory = self.connection.recv()
        self.tokens = tokens / seconds
        return float(len(texts) / seconds)

    def stop(self) -> None:
        """End the process."""
        self.connection.send(None)
        self.process.join(10)


def best_batch(folder: Path, texts: list[str]) -> int:
    """The batch size at which the pipeline is fastest on a few articles."""
    rates: dict[int, float] = {}
    for batch in BATCHES:
        contender = Contender(f"batch {batch}", pipeline, str(folder), batch)
        contender.ask(texts[:2])
        rates[batch] = contender.ask(texts[:8])
        contender.stop()
    print("(a) by batch size, articles/s: " + ", ".join(f"{b}: {r:.2f}" for b, r in rates.items()), flush=True)
    return max(rates, key=rates.__getitem__)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", type=Path, help="an export that is timed as (f), to events")
    chosen = parser.parse_args()
    texts = read_articles(chosen.articles)
    with tempfile.TemporaryDirectory() as temporary:
        big = wordpiece_folder(texts, Path(temporary) / "parsbert")
        small = our_encoder_folder(Path(temporary) / "ours")
        batch = best_batch(big, texts)
        contenders = [
            Contender("(a) pipeline, ParsBERT's size, default", pipeline, str(big), None),
            Contender(f"(a') the same, batches of {batch}", pipeline, str(big), batch),
            Contender("(b) pipeline, our encoder", pipeline, str(small), None),
            Contender("(d) ours, entities only", ours, True),
            Contender("(e) ours, to events", ours, False),
        ]
        if chosen.model:
            contenders.append(Contender("(f) that model, to events", ours, False, chosen.model))
        try:
            contenders.insert(3, Contender("(c) spaCy tokens", spacy_tokens))
        except EOFError:
            print("(c) is left out: spaCy is not installed", file=sys.stderr)
        for contender in contenders:
            contender.ask(texts[:2])
        for number in range(chosen.rounds):
            turned = contenders[number % len(contenders) :] + contenders[: number % len(contenders)]
            for contender in turned:
                contender.rates.append(contender.ask(texts))
                print(f"round {number + 1}: {contender.name}: {contender.rates[-1]:.2f} articles/s", flush=True)
        base = contenders[0].rates
        print(f"\n{len(texts)} articles, {sum(map(len, texts))} characters, {chosen.rounds} rounds\n")
        print("| | articles/s | sub-tokens/s | peak MB | ratio to (a) | least to greatest |")
        print("| --- | --- | --- | --- | --- | --- |")
        for c in contenders:
            ratios = [rate / other for rate, other in zip(c.rates, base, strict=True)]
            print(
                f"| {c.name} | {statistics.median(c.rates):.2f} | {c.tokens:,.0f} | {c.memory:.0f} | "
                f"{statistics.median(ratios):.1f} | {min(ratios):.1f} to {max(ratios):.1f} |"
            )
            c.stop()


if __name__ == "__main__":
    main()
