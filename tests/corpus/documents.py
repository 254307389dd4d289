"""Small documents that hypothesis builds: valid by the schema and the validator."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from ssner import schema
from ssner.corpus.brat import document_to_brat
from ssner.corpus.validation import validate_annotation
from ssner.document import Canonical, Document, Entity, Event, Filler, Relation, Value

_MENTIONS = {
    "ORG": ("تأمین اجتماعی یزد", "بانک رفاه", "این سازمان"),
    "FACILITY": ("درمانگاه نور", "بیمارستان ۵۰۰ تخت‌خوابی مهر", "بخش قلب"),
    "MONEY": ("۹۰ میلیارد ریال", "۳ همت"),
    "QUANTITY": ("۱۲ تخت", "۷۴.۲۵ درصد", "۱۲٪"),
    "PERSON": ("مهدی ناقوسی", "ناقوسی"),
}
_WORDS = ("ساخته شد", "می‌گرداند", "🔻", "،", "با", "«نو»", "و", "آی.سی.یو", "(ع)", "#خبر", "گفت:")
_GAPS = (" ", "  ", "\u00a0", " \u200f")
_BREAKS = (". ", ".\n", "؟ ", "\n", "\n\n", "!\r\n")
_SPLIT = st.sampled_from(("train", "dev", "test"))
_SCORE = st.none() | st.floats(0, 1)


@st.composite
def documents(draw: st.DrawFn, rich: bool = False) -> Document:
    """A gold document; a `rich` one also has what predictions have: scores, values, canonical entities, events, ids."""
    text, spans = _text(draw)
    prefix = draw(st.sampled_from(("T", "M"))) if rich else "T"
    ids = [f"{prefix}{i}" for i in range(1, len(spans) + 1)]
    relations = _relations(draw, ids, spans) if spans else ()
    heads = {r.head for r in relations if schema.relation_type(r.type).head_has_status}
    entities = []
    for name, (kind, start, end, _) in zip(ids, spans, strict=True):
        event = draw(st.none() | st.sampled_from(schema.MENTION_EVENTS)) if kind == schema.EVENT_ANCHOR else None
        status = draw(st.sampled_from(schema.STATUSES)) if event or name in heads else None
        entities.append(Entity(name, kind, start, end, text[start:end], event=event, status=status))
    names = st.text("abcآب۱۲_-‌", min_size=1, max_size=8)
    meta = draw(
        st.fixed_dictionaries({}, optional={"split": _SPLIT, "source": st.text(max_size=5), "n": st.integers()})
    )
    document = Document(draw(names), text, meta, tuple(entities), relations)
    assume(validate_annotation("d", document_to_brat(document), text) == [])
    return _enriched(draw, document) if rich else document


def _text(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int, int]]]:
    text = draw(st.sampled_from(("", "\n", "🔻 ")))
    spans: list[tuple[str, int, int, int]] = []
    for number in range(draw(st.integers(1, 3))):
        for _ in range(draw(st.integers(1, 4))):
            kind = draw(st.sampled_from((None, *schema.ENTITY_NAMES)))
            words = draw(st.sampled_from(_WORDS if kind is None else _MENTIONS[kind]))
            if kind is not None:
                spans.append((kind, len(text), len(text) + len(words), number))
            text += words + draw(st.sampled_from(_GAPS))
        text = text.rstrip(" \u00a0\u200f") + draw(st.sampled_from(_BREAKS))
    return text, spans


def _relations(draw: st.DrawFn, ids: list[str], spans: list[tuple[str, int, int, int]]) -> tuple[Relation, ...]:
    possible = [
        Relation(kind, one, other)
        for one, (head, _, _, here) in zip(ids, spans, strict=True)
        for other, (tail, _, _, there) in zip(ids, spans, strict=True)
        if one != other and abs(here - there) <= 1
        for kind in schema.relations_between(head, tail)
    ]
    return tuple(draw(st.lists(st.sampled_from(possible), unique=True, max_size=4))) if possible else ()


def _enriched(draw: st.DrawFn, document: Document) -> Document:
    value = Value(number=Fraction(1, 3), unit="تخت", kind="count")
    entities, canonical, events = [], [], []
    for entity in document.entities:
        named = f"C{entity.id}" if draw(st.booleans()) else None
        if named:
            canonical.append(Canonical(named, entity.type, entity.text, (entity.id,)))
        if named and entity.type == schema.EVENT_ANCHOR:
            filler = Filler(entity.text, canonical=named)
            span = (entity.start, entity.end)
            events.append(Event(f"E{entity.id}", "CONSTRUCTION", {"facility": (filler,)}, "ONGOING", (), (span,), 0.5))
        with_value = value if entity.type == "QUANTITY" and draw(st.booleans()) else None
        entities.append(
            Entity(
                entity.id, entity.type, entity.start, entity.end, entity.text, draw(_SCORE), named,
                entity.event, entity.status, with_value,
            )
        )  # fmt: skip
    relations = tuple(Relation(r.type, r.head, r.tail, draw(_SCORE)) for r in document.relations)
    return document.with_(
        entities=tuple(entities), relations=relations, canonical=tuple(canonical), events=tuple(events)
    )


def batches(rich: bool = False) -> st.SearchStrategy[list[Document]]:
    """A few documents with names of their own."""
    return st.lists(documents(rich), min_size=1, max_size=3, unique_by=lambda d: d.id)
