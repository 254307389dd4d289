"""From a raw text to entities, relations and attributes, whatever computes the scores.

A `Scorer` (the torch model in training, the ONNX session at inference) is asked for the words of a document's
windows, for those of doubtful sentences again, and for the mentions of each window and of each pair of sentences that
two windows part. Where windows share words (in over-long sentences), the labels' scores are averaged; events, statuses
and relations are taken from the first that holds the mentions whole. Documents are scored one by one, so that each
reads the same in any company.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from ..document import Document, Entity, Relation
from ..schema import (
    ENTITY_NAMES,
    EVENT_ANCHOR,
    MENTION_EVENTS,
    STATUS_HEADS,
    STATUSES,
    relation_type,
)
from ..text import Segmented, Word, segment
from ..text.windows import Window, even_windows
from .bare_heads import is_bare_head
from .bio import NAMED_BY_HEADS, LabelledSpan, decode_spans
from .joints import inside_joints
from .known_persons import known_names, unread_places, with_names
from .owners import without_doubtful_owners
from .pairs import NO_RELATION, RELATION_LABELS, MentionSpan, candidate_pairs
from .second_look import doubtful_sentences, mean_scores, seen_again

FloatArray = NDArray[np.floating]
_MOST_PAIRS: Final = 400


class Scorer(Protocol):
    """What computes scores."""

    capacity: int
    """How many sub-tokens a window holds, specials not counted."""
    relation_bias: float
    """Added to every relation's score before it is compared with "no relation"."""
    event_bias: float
    """Added to the score of every event of a mention before it is compared with "no event"."""

    def piece_counts(self, forms: Sequence[str]) -> list[int]:
        """How many sub-tokens each word makes."""
        ...

    def encode(self, windows: Sequence[Sequence[str]]) -> list[tuple[FloatArray, FloatArray]]:
        """For each window, log-probabilities of the labels (words, 11) and word states (words, hidden)."""
        ...

    def relate(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Logits of event (mentions, 4), status (mentions, 3) and relation (pairs, 12) of one window."""
        ...


@dataclass(frozen=True)
class ReaderOptions:
    """How a text is read.

    Attributes:
        entities_only: Leave relations and attributes out.
        gold_entities: Relate the mentions that a document already has instead of finding them.
        doubtful_owners: Keep every owner of a value, the doubtful too (see `without_doubtful_owners`).
        second_look: Read doubtful sentences a second time, by themselves (see `second_look`).
    """

    entities_only: bool = False
    gold_entities: bool = False
    doubtful_owners: bool = False
    second_look: bool = True


@dataclass
class _Prepared:
    document: Document
    segmented: Segmented
    ordinals: list[int]
    lengths: list[int]
    windows: list[Window]


def sentence_ordinals(segmented: Segmented) -> list[int]:
    """For each word the number of its sentence, where a bare label counts with the sentence after it."""
    out: list[int] = []
    number = 0
    for sentence in segmented.sentences:
        out += [number] * (sentence.last - sentence.first)
        if not sentence.is_label:
            number += 1
    return out


def _softmax(logits: FloatArray) -> FloatArray:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def _raised(logits: FloatArray, bias: float) -> FloatArray:
    """Logits of which the first is that of "none", with a bias on the others: (rows, labels)."""
    raised = logits.astype(np.float64)
    raised[:, 1:] += bias
    return raised


class DocumentReader:
    """Reads documents with a scorer."""

    def __init__(self, scorer: Scorer, options: ReaderOptions | None = None) -> None:
        self.scorer = scorer
        self.options = options or ReaderOptions()

    def read(self, document: Document) -> Document:
        """The document with entities, relations and attributes; only id, text and meta are looked at.

        With `gold_entities` its entities are looked at too, and kept.
        """
        prepared = self._prepare(document)
        return self._assemble(prepared, self._encode(prepared, prepared.windows))

    def _encode(self, prepared: _Prepared, windows: Sequence[Window]) -> list[tuple[FloatArray, FloatArray]]:
        words = prepared.segmented.words
        requests = [[w.form for w in words[window.first : window.last]] for window in windows]
        return self.scorer.encode(requests) if requests else []

    def _prepare(self, document: Document) -> _Prepared:
        segmented = segment(document.text)
        counts = self.scorer.piece_counts([w.form for w in segmented.words])
        bounds = [(s.first, s.last) for s in segmented.sentences]
        windows = even_windows(bounds, counts, self.scorer.capacity) if bounds else []
        return _Prepared(document, segmented, sentence_ordinals(segmented), counts, windows)

    def _assemble(self, prepared: _Prepared, scored: list[tuple[FloatArray, FloatArray]]) -> Document:
        document, segmented = prepared.document, prepared.segmented
        words = segmented.words
        if self.options.gold_entities:
            entities = list(document.entities)
            spans = _spans_of(entities, segmented)
        else:
            spans = self._find_spans(prepared, scored)
            entities = [
                Entity(
                    f"T{number}", s.type, words[s.first].start, words[s.last - 1].end,
                    document.text[words[s.first].start : words[s.last - 1].end], confidence=round(s.confidence, 4),
                )
                for number, s in enumerate(spans, 1)
            ]  # fmt: skip
        if self.options.entities_only or not entities:
            return document.with_(entities=tuple(entities), relations=(), events=(), canonical=())
        events, statuses, best = self._relate(prepared, scored, spans)
        relations = tuple(
            Relation(RELATION_LABELS[label], entities[h].id, entities[t].id, round(confidence, 4))
            for (h, t), (label, confidence) in sorted(best.items())
        )
        heads = {r.head for r in relations if relation_type(r.type).head_has_status}
        finished = [
            _with_attributes(entity, events[i], statuses[i], entity.id in heads) if i in events else entity
            for i, entity in enumerate(entities)
        ]
        return document.with_(entities=tuple(finished), relations=relations, events=(), canonical=())

    def _find_spans(self, prepared: _Prepared, scored: list[tuple[FloatArray, FloatArray]]) -> list[LabelledSpan]:
        words = prepared.segmented.words
        mean = mean_scores(len(words), prepared.windows, [scores for scores, _ in scored])
        sentences = [(s.first, s.last) for s in prepared.segmented.sentences]  # no span crosses one
        if self.options.second_look:
            again = doubtful_sentences(mean, sentences, prepared.windows, prepared.lengths, self.scorer.capacity)
            mean = seen_again(mean, again, [scores for scores, _ in self._encode(prepared, again)])
        found = [_decode(mean[first:last], words, first, last) for first, last in sentences]
        forms = [word.form for word in words]
        names = known_names(itertools.chain.from_iterable(found), forms)
        for row, (first, last) in enumerate(sentences if names else ()):
            places = unread_places(names, found[row], forms, first, last)
            if places:
                raised = with_names(mean[first:last], [(start - first, stop - first) for start, stop in places])
                found[row] = _decode(raised, words, first, last)
        return list(itertools.chain.from_iterable(found))

    def _score_window(
        self, states: FloatArray, mentions: NDArray[np.int64], pairs: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """`Scorer.relate` in slices of pairs, so that a long list of names takes no gigabytes."""
        event, status, relation = self.scorer.relate(states, mentions, pairs[:_MOST_PAIRS], features[:_MOST_PAIRS])
        parts = [relation]
        for start in range(_MOST_PAIRS, len(pairs), _MOST_PAIRS):
            stop = start + _MOST_PAIRS
            parts.append(self.scorer.relate(states, mentions, pairs[start:stop], features[start:stop])[2])
        return event, status, np.concatenate(parts)

    def _relate(
        self, prepared: _Prepared, scored: list[tuple[FloatArray, FloatArray]], spans: Sequence[LabelledSpan]
    ) -> tuple[dict[int, FloatArray], dict[int, FloatArray], dict[tuple[int, int], tuple[int, float]]]:
        """Event and status probabilities by mention, and the relation of each related pair with its probability."""
        events: dict[int, FloatArray] = {}
        statuses: dict[int, FloatArray] = {}
        found: dict[tuple[int, int], FloatArray] = {}
        states = np.empty((len(prepared.segmented.words), scored[0][1].shape[-1]), dtype=scored[0][1].dtype)
        for window, (_, rows) in zip(prepared.windows, scored, strict=True):
            states[window.first : window.last] = rows
        for window in (*prepared.windows, *_bridges(prepared, spans, self.scorer.capacity)):
            inside = [i for i, s in enumerate(spans) if window.first <= s.first and s.last <= window.last]
            if not inside:
                continue
            mentions = [
                MentionSpan(
                    spans[i].first - window.first, spans[i].last - window.first, ENTITY_NAMES.index(spans[i].type)
                )
                for i in inside
            ]
            pairs, features = candidate_pairs(mentions, prepared.ordinals[window.first : window.last])
            event, status, relation = self._score_window(
                states[window.first : window.last], np.array(mentions, dtype=np.int64), pairs, features
            )
            relation = _raised(relation, self.scorer.relation_bias)
            event = _softmax(_raised(event, self.scorer.event_bias))
            status = _softmax(status)
            for row, index in enumerate(inside):
                events.setdefault(index, event[row])
                statuses.setdefault(index, status[row])
            for (h, t), probabilities in zip(pairs.tolist(), _softmax(relation), strict=True):
                found.setdefault((inside[h], inside[t]), probabilities)
        best = {k: (int(np.argmax(p)), float(np.max(p))) for k, p in found.items() if np.argmax(p) != NO_RELATION}
        return events, statuses, best if self.options.doubtful_owners else without_doubtful_owners(best)


def _bridges(prepared: _Prepared, spans: Sequence[LabelledSpan], capacity: int) -> list[Window]:
    """The pairs of neighbouring sentences that two windows part and that both hold mentions.

    Of a sentence longer than a window only what is nearest to the edge is taken.
    """
    ordinals, lengths, out = prepared.ordinals, prepared.lengths, []
    for one, other in itertools.pairwise(prepared.windows):
        if other.first < one.last:
            continue
        high = ordinals[other.first]
        low = min(ordinals[one.last - 1], high - 1)  # a label before the edge counts with the sentence after it
        first, last, left, right = one.last, other.first, capacity, capacity
        while first and ordinals[first - 1] >= low and lengths[first - 1] <= left:
            first -= 1
            left -= lengths[first]
        while last < len(ordinals) and ordinals[last] == high and lengths[last] <= right:
            right -= lengths[last]
            last += 1
        sides = (first, one.last), (other.first, last)
        if all(any(start <= s.first and s.last <= stop for s in spans) for start, stop in sides):
            out.append(Window(first, last))
    return out


def _decode(log_probabilities: FloatArray, words: Sequence[Word], first: int, last: int) -> list[LabelledSpan]:
    """The spans of one sentence, words `first` to `last`, whose labels have these log-probabilities."""
    part = list(words[first:last])
    heads = [is_bare_head(word.form) for word in part]
    out: list[LabelledSpan] = []
    for span in decode_spans(log_probabilities, inside_joints(part), heads):
        trimmed = trim(span, part)
        if trimmed is not None and not is_head_alone(span.type, *trimmed, heads):
            out.append(LabelledSpan(trimmed[0] + first, trimmed[1] + first, span.type, span.confidence))
    return out


def is_head_alone(kind: str, first: int, last: int, heads: Sequence[bool]) -> bool:
    """Whether marks were all that a head noun went on with (`بیمارستان «`)."""
    return kind in NAMED_BY_HEADS and last - first == 1 and heads[first]


def trim(span: LabelledSpan, words: Sequence[Word]) -> tuple[int, int] | None:
    """The span without punctuation at its edges; `None` where nothing else is left."""
    first, last = span.first, span.last
    while first < last and words[first].is_mark:
        first += 1
    while first < last and words[last - 1].is_mark:
        last -= 1
    return (first, last) if first < last else None


def _spans_of(entities: Sequence[Entity], segmented: Segmented) -> list[LabelledSpan]:
    starts = {w.start: i for i, w in enumerate(segmented.words)}
    ends = {w.end: i + 1 for i, w in enumerate(segmented.words)}
    return [LabelledSpan(starts[e.start], ends[e.end], e.type, 1.0) for e in entities]


def _with_attributes(entity: Entity, event: FloatArray, status: FloatArray, heads_status: bool) -> Entity:
    kind = MENTION_EVENTS[int(np.argmax(event[1:]))] if entity.type == EVENT_ANCHOR and np.argmax(event) > 0 else None
    carries = kind is not None or (heads_status and entity.type in STATUS_HEADS)
    return replace(entity, event=kind, status=STATUSES[int(np.argmax(status))] if carries else None)
