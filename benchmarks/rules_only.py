"""What rules alone find: the baseline that a trained model has to beat.

    python benchmarks/rules_only.py --split dev
    python benchmarks/rules_only.py --split test

Amounts and quantities by the numeral grammar and lists of currencies; organisations and facilities as a head noun with
the words after it, up to a word that no name holds; persons as the words after a title; relations to the nearest
possible head before, in the same sentence. No training. Printed is strict F1, of all documents and of the real ones.
Needs the repository (annotation) and, for the real documents, the folder of their texts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ssner.corpus.store import SPLITS, load_documents
from ssner.document import Document, Entity, Relation
from ssner.evaluation.matching import FACTS, compare
from ssner.events.heads import COMPANY_HEADS, FACILITY_HEADS, GENERIC_HEADS
from ssner.text import ZWNJ, Segmented, Word, segment
from ssner.values.dates import dates_of
from ssner.values.numerals import numerals_of
from ssner.values.units import CURRENCIES

ROOT: Final = Path(__file__).resolve().parents[1]
TITLES: Final = frozenset(["دکتر", "مهندس", "آقای", "خانم", "سید", "سیده", "حجتالاسلام", "آیتالله", "سردار", "سرهنگ"])
ALONE: Final = frozenset(["مجلس", "سپاه", "بهزیستی", "ارتش", "هلالاحمر", "ایسنا", "ایرنا", "مهر", "فارس", "تسنیم"])
ORG_HEADS: Final = (
    GENERIC_HEADS
    | COMPANY_HEADS
    | frozenset(["سازمان", "اداره", "ادارهکل", "کمیسیون", "فدراسیون", "استانداری", "شهرداری"])
) - FACILITY_HEADS
STOPS: Final = frozenset(
    ["و", "در", "به", "از", "با", "که", "را", "برای", "این", "آن", "تا", "یا", "است", "بود", "شد", "شده", "نیز", "هم",
     "بر", "اینکه", "گفت", "افزود", "کرد", "دارد", "می", "طی", "هر", "خود", "وی", "او", "ها"]
)  # fmt: skip
LONGEST: Final = 6
"""Words of a name; the median of the corpus is 3."""
CAPACITY: Final = frozenset(["تخت", "تختخوابی", "مترمربع", "متر", "طبقه", "اتاق", "تختی"])
Span = tuple[int, int, str]


def _plain(word: Word) -> str:
    return word.form.replace(ZWNJ, "")


def _dated(words: Sequence[Word]) -> set[int]:
    return {index for date in dates_of(words) for index in range(date.first, date.last)}


def _numbers(words: Sequence[Word]) -> Iterator[Span]:
    dated = _dated(words)
    for numeral in numerals_of(words):
        if numeral.first in dated or numeral.last >= len(words) or words[numeral.last].is_mark:
            continue
        following = _plain(words[numeral.last])
        money = following.removesuffix("ی") in CURRENCIES or following in CURRENCIES
        if money or following not in STOPS:
            yield numeral.first, numeral.last + 1, "MONEY" if money else "QUANTITY"


def _chain(words: Sequence[Word], first: int, taken: set[int]) -> int:
    last = first + 1
    while last < min(len(words), first + LONGEST):
        if words[last].is_mark or last in taken or _plain(words[last]) in STOPS:
            break
        last += 1
    return last


def _names(words: Sequence[Word], taken: set[int]) -> Iterator[Span]:
    index = 0
    while index < len(words):
        form = _plain(words[index])
        last = index + 1
        if index not in taken:
            if form in FACILITY_HEADS or form in ORG_HEADS:
                last = _chain(words, index, taken)
                if last > index + 1:
                    yield index, last, "FACILITY" if form in FACILITY_HEADS else "ORG"
            elif form in ALONE:
                yield index, last, "ORG"
            elif form in TITLES:
                last = min(_chain(words, index + 1, taken), index + 3)
                if last > index + 1 and not words[index + 1].is_mark:
                    yield index + 1, last, "PERSON"
        index = max(last, index + 1)


def _relations(spans: Sequence[Span], words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    for tail, (_, last, kind) in enumerate(spans):
        before = {spans[i][2]: i for i in range(tail)}  # the nearest of each type
        owner = max((before[k] for k in ("ORG", "FACILITY") if k in before), default=None)
        if owner is None:
            continue
        facility = spans[owner][2] == "FACILITY"
        if kind == "PERSON":
            yield "AFFILIATED_WITH", tail, owner
        elif kind == "MONEY":
            yield "COSTS" if facility else "FUNDS", owner, tail
        elif kind == "QUANTITY":
            size = facility and _plain(words[last - 1]) in CAPACITY
            yield "HAS_CAPACITY" if size else "REPORTS", owner, tail


def read(name: str, segmented: Segmented) -> Document:
    """A document with what the rules find in it: entities and relations."""
    entities: list[Entity] = []
    relations: list[Relation] = []
    for sentence in segmented.sentences:
        words = list(segmented.words[sentence.first : sentence.last])
        numbers = list(_numbers(words))
        taken = _dated(words) | {index for first, last, _ in numbers for index in range(first, last)}
        spans = sorted([*numbers, *_names(words, taken)])
        base = len(entities) + 1
        for first, last, kind in spans:
            start, end = words[first].start, words[last - 1].end
            entities.append(Entity(f"T{len(entities) + 1}", kind, start, end, segmented.raw[start:end]))
        relations += [Relation(n, f"T{base + h}", f"T{base + t}") for n, h, t in _relations(spans, words)]
    return Document(name, segmented.raw, entities=tuple(entities), relations=tuple(relations))


def main() -> None:
    """Read a split and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, default="test")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    chosen = parser.parse_args()
    gold = list(load_documents(ROOT, chosen.shared, (chosen.split,)))
    own = {d.id for d in load_documents(ROOT, chosen.shared, (chosen.split,), ("own",))}
    for title, part in (("all", gold), ("real", [d for d in gold if d.id not in own])):
        found = [read(d.id, segment(d.text)) for d in part]
        for kind in ("entities", "relations"):
            scores = compare(part, found, FACTS[kind])
            told = ", ".join(f"{name} {100 * score.f1:.1f}" for name, score in sorted(scores.items()))
            print(f"{chosen.split}, {title}, {len(part)} documents, {kind}: {told}")


if __name__ == "__main__":
    main()
