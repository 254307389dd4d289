"""Values of the MONEY and QUANTITY mentions of a document."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from ..document import Document, Entity
from ..text import Segmented, segment
from ..values import read_money, read_quantity


def with_values(document: Document, segmented: Segmented | None = None) -> Document:
    """The document with the value of every MONEY and QUANTITY mention."""
    segmented = segmented or segment(document.text)
    words = segmented.words
    starts = {w.start: i for i, w in enumerate(words)}
    ends = {w.end: i + 1 for i, w in enumerate(words)}
    entities: list[Entity] = []
    before: list[tuple[int, int]] = []
    earlier: list[tuple[int, int]] = []
    before_in = -1
    for index, entity in enumerate(document.entities):
        if entity.type not in ("MONEY", "QUANTITY"):
            entities.append(entity)
            continue
        sentence = segmented.sentence_of(entity.start)
        following: list[tuple[int, int]] = []
        for later in islice(document.entities, index + 1, None):
            if segmented.sentence_of(later.start) != sentence:
                break
            if later.type == entity.type:
                following.append((starts[later.start], ends[later.end]))
        first, last = starts[entity.start], ends[entity.end]
        if entity.type == "MONEY":
            if before_in != sentence:
                earlier = before if before and segmented.distance(before_in, sentence) == 1 else []
                before, before_in = [], sentence
            value = read_money(words, first, last, following, before, earlier)
            before.append((first, last))
        else:
            value = read_quantity(words, first, last, following)
        entities.append(replace(entity, value=value))
    return document.with_(entities=tuple(entities))
