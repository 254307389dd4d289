"""What each constraint of the decoding brings, one after the other, on the same scores of the model.

    python benchmarks/decoding.py                          the model in the package on dev
    python benchmarks/decoding.py --split test --model runs/2026-11-22/10-00-00/export
    python benchmarks/decoding.py --split train --gold     what the gold itself says of these rules; no model is asked

The encoder reads each document once; its label scores are then decoded (1) by plain argmax, an `I-` that follows no
label of its type dropped, (2) by Viterbi with the BIO scheme and the price of names that touch, (3) with no edge inside
a numeral, (4) nor inside another joint (`ج.ا.ا`), (5) with no name of a head noun alone, (6) with surnames known from
the same document, (7) with doubtful sentences read a second time, by themselves. Last, (6) with each sentence read
alone. Strict F1 of entities, of all and of the real documents. Then relations and attributes with every owner of a
value, and without the doubtful.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ssner.corpus.store import SPLITS, load_documents
from ssner.decoding.bare_heads import is_bare_head
from ssner.decoding.bio import LabelledSpan, decode_spans, labels_to_spans
from ssner.decoding.joints import inside_joints
from ssner.decoding.known_persons import known_names, unread_places, with_names
from ssner.decoding.owners import OWNING
from ssner.decoding.pairs import RELATION_LABELS
from ssner.decoding.reader import DocumentReader, ReaderOptions, is_head_alone, trim
from ssner.decoding.second_look import Scores, doubtful_sentences, mean_scores, seen_again
from ssner.document import Document, Entity
from ssner.evaluation.matching import FACTS, compare
from ssner.inference.session import OnnxScorer
from ssner.schema import ENTITY_NAMES
from ssner.text import Segmented, Word, segment
from ssner.text.windows import even_windows
from ssner.values.numerals import inside_numeral

ROOT: Final = Path(__file__).resolve().parents[1]
STEPS: Final = ("argmax", "viterbi", "numerals", "joints", "head nouns", "known persons")
_KINDS: Final = ("all", *ENTITY_NAMES)


@dataclass(frozen=True)
class Scored:
    """A gold document, its words, and log-probabilities of their labels, (words, 11)."""

    gold: Document
    segmented: Segmented
    scores: Scores


def ask(scorer: OnnxScorer, gold: Document, alone: bool, second_look: bool = False) -> Scored:
    """The scores of a document, in even windows as everywhere or each sentence in one of its own.

    Args:
        scorer: A model.
        gold: The document.
        alone: Each sentence in a window of its own.
        second_look: Doubtful sentences once more in one of their own.
    """
    segmented = segment(gold.text)
    forms = [word.form for word in segmented.words]
    bounds = [(s.first, s.last) for s in segmented.sentences]
    lengths = scorer.piece_counts(forms)
    groups = [[bound] for bound in bounds] if alone else [bounds]
    windows = [window for group in groups for window in even_windows(group, lengths, scorer.capacity)]
    scored = [scores for scores, _ in scorer.encode([forms[w.first : w.last] for w in windows])]
    mean = mean_scores(len(forms), windows, scored)
    if second_look:
        again = doubtful_sentences(mean, bounds, windows, lengths, scorer.capacity)
        looks = [scores for scores, _ in scorer.encode([forms[w.first : w.last] for w in again])] if again else []
        mean = seen_again(mean, again, looks)
    return Scored(gold, segmented, mean)


def _sentence(scores: Scores, words: Sequence[Word], step: int) -> list[LabelledSpan]:
    if step == 0:
        return [LabelledSpan(*span, 1.0) for span in labels_to_spans(scores.argmax(axis=1).tolist())]
    heads = [is_bare_head(word.form) for word in words] if step >= 4 else None
    inside = None if step < 2 else inside_numeral(words) if step == 2 else inside_joints(words)
    found = []
    for span in decode_spans(scores, inside, heads):
        trimmed = trim(span, words)
        if trimmed is not None and not (heads is not None and is_head_alone(span.type, *trimmed, heads)):
            found.append(LabelledSpan(*trimmed, span.type, span.confidence))
    return found


def decode(scored: Scored, step: int) -> Document:
    """The document with the entities that the decoding up to a step finds."""
    words, bounds = scored.segmented.words, [(s.first, s.last) for s in scored.segmented.sentences]
    forms = [word.form for word in words]

    def spans(scores: Scores, first: int, last: int) -> list[LabelledSpan]:
        inner = _sentence(scores, words[first:last], step)
        return [LabelledSpan(s.first + first, s.last + first, s.type, s.confidence) for s in inner]

    found = [spans(scored.scores[first:last], first, last) for first, last in bounds]
    names = known_names(itertools.chain.from_iterable(found), forms) if step >= 5 else frozenset()
    for row, (first, last) in enumerate(bounds):
        places = [(a - first, b - first) for a, b in unread_places(names, found[row], forms, first, last)]
        if places:
            found[row] = spans(with_names(scored.scores[first:last], places), first, last)
    return to_document(scored, list(itertools.chain.from_iterable(found)))


def to_document(scored: Scored, spans: Sequence[LabelledSpan]) -> Document:
    """The document with these spans of words as its entities."""
    words, text = scored.segmented.words, scored.gold.text
    entities = []
    for number, span in enumerate(spans, 1):
        start, end = words[span.first].start, words[span.last - 1].end
        entities.append(Entity(f"T{number}", span.type, start, end, text[start:end]))
    return Document(scored.gold.id, text, entities=tuple(entities))


def table_head(split: str) -> str:
    """The first two lines of a table of entities."""
    return f"| {split} | {' | '.join(_KINDS)} | real, all |\n|{' --- |' * (len(_KINDS) + 2)}"


def table_row(name: str, gold: Sequence[Document], read: Sequence[Document], real: Sequence[int]) -> str:
    """Strict F1 of entities in percent, by type and of the real documents (`real`: their places)."""
    scores = compare(gold, read, FACTS["entities"])
    part = compare([gold[i] for i in real], [read[i] for i in real], FACTS["entities"])["all"]
    return f"| {name} | {' | '.join(f'{100 * scores[k].f1:.1f}' for k in _KINDS)} | {100 * part.f1:.1f} |"


def relations(scorer: OnnxScorer, gold: Sequence[Document], real: Sequence[int]) -> str:
    """A table of relations and attributes, of all and of the real documents, with and without doubtful owners."""
    lines = ["| | relations | attributes | real: relations | attributes |", f"|{' --- |' * 5}"]
    for name, options in (("every owner", ReaderOptions(doubtful_owners=True)), ("none doubtful", ReaderOptions())):
        read = [DocumentReader(scorer, options).read(Document(d.id, d.text)) for d in gold]
        cells = [
            f"{100 * compare([gold[i] for i in part], [read[i] for i in part], FACTS[fact])['all'].f1:.1f}"
            for part in (range(len(gold)), real)
            for fact in ("relations", "attributes")
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def told_by_gold(gold: Sequence[Document]) -> str:
    """How often gold mentions have an edge inside a joint, and how many owners of a kind gold values have."""
    places = edges = 0
    owners: Counter[tuple[str, str, str]] = Counter()
    for document in gold:
        segmented = segment(document.text)
        starts, ends = ({getattr(e, side) for e in document.entities} for side in ("start", "end"))
        for sentence in segmented.sentences:
            words = segmented.words[sentence.first : sentence.last]
            joints = zip(inside_joints(words), inside_numeral(words), strict=True)
            for i, (inside, numeral) in enumerate(joints):
                if inside and not numeral:
                    places += 1
                    edges += words[i].start in starts or words[i - 1].end in ends
        for relation in document.relations:
            label = RELATION_LABELS.index(relation.type)
            if label in OWNING:
                owners[document.id, relation.tail, OWNING[label]] += 1
    single = sum(count == 1 for count in owners.values())
    return (
        f"{len(gold)} documents: {places} places inside joints that are no numeral, {edges} of them edges of mentions; "
        f"{len(owners)} values with an owner of a kind, {100 * single / max(1, len(owners)):.1f}% of them with one"
    )


def main() -> None:
    """Read a split and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--model", type=Path, default=ROOT / "src/ssner/pretrained")
    parser.add_argument("--gold", action="store_true", help="count in the gold, and ask no model")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    chosen = parser.parse_args()
    gold = list(load_documents(ROOT, chosen.shared, (chosen.split,)))
    if chosen.gold:
        print(told_by_gold(gold))
        return
    scorer = OnnxScorer(chosen.model)
    own = {d.id for d in load_documents(ROOT, chosen.shared, (chosen.split,), ("own",))}
    real = [i for i, d in enumerate(gold) if d.id not in own]
    print(table_head(chosen.split))
    together, alone = ([ask(scorer, d, apart) for d in gold] for apart in (False, True))
    twice = [ask(scorer, d, alone=False, second_look=True) for d in gold]
    last = len(STEPS) - 1
    rows = [*((name, together, step) for step, name in enumerate(STEPS)), ("second look", twice, last)]
    rows.append(("sentence by sentence", alone, last))
    for name, scored, step in rows:
        print(table_row(name, gold, [decode(s, step) for s in scored], real))
    print(f"\n{relations(scorer, gold, real)}")


if __name__ == "__main__":
    main()
