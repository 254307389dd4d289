"""Documents of our own for the tests of the page."""

from __future__ import annotations

from typing import Any

from ssner.document import Document, Entity, Relation
from ssner.events import assemble

OPENING = (
    "افتتاح درمانگاه نور\n\n"
    "درمانگاه نور نهاوند هفتم اسفند ۱۴۰۲ با ۲۰ تخت و ۹۰ میلیارد ریال هزینه باز شد. مهری، مدیر سازمان بیمه سلامت همدان، "
    "آنجا بود.\n\nاین سازمان سال گذشته ۴۰ میلیارد تومان پرداخت کرد و به ۳۵۰۰ بیمار خدمت می\u200cدهد."
)
HOSPITAL = "بیمارستان بعثت ملایر با ۵۰ درصد پیشرفت ساخته مي\u200cشود. كلنگ آن را استاندار زد."
HOSTILE = (
    "خبر <script>window.broken = 1</script> و </script><script>window.broken = 2</script> <!-- سازمان آب "
    "<img src=x onerror='window.broken = 3'> \u2028 😀 سازمان <b onclick=alert(1)>برق</b> \" ' ]]> &lt;script&gt;"
)


def mention(text: str, name: str, kind: str, words: str, **more: Any) -> Entity:
    start = text.index(words)
    return Entity(name, kind, start, start + len(words), words, **more)


def opening() -> Document:
    """Two relations of a facility, an official, and three events of different types, statuses and confidences."""
    entities = (
        mention(OPENING, "T1", "FACILITY", "درمانگاه نور نهاوند", confidence=0.9, event="CONSTRUCTION",
                status="COMPLETED"),
        mention(OPENING, "T2", "QUANTITY", "۲۰ تخت", confidence=0.95),
        mention(OPENING, "T3", "MONEY", "۹۰ میلیارد ریال", confidence=0.97),
        mention(OPENING, "T4", "PERSON", "مهری", confidence=0.9),
        mention(OPENING, "T5", "ORG", "سازمان بیمه سلامت همدان", confidence=0.8),
        mention(OPENING, "T6", "ORG", "این سازمان", confidence=0.6, status="PLANNED"),
        mention(OPENING, "T7", "MONEY", "۴۰ میلیارد تومان", confidence=0.5),
        mention(OPENING, "T8", "QUANTITY", "۳۵۰۰ بیمار", confidence=0.99),
    )  # fmt: skip
    relations = (
        Relation("HAS_CAPACITY", "T1", "T2", 0.9),
        Relation("COSTS", "T1", "T3", 0.8),
        Relation("AFFILIATED_WITH", "T4", "T5", 0.9),
        Relation("FUNDS", "T6", "T7", 0.3),
        Relation("REPORTS", "T6", "T8", 0.9),
    )
    return assemble(Document("درمان/افتتاح", OPENING, {"source": "خبرگزاری ما"}, entities, relations))


def hospital() -> Document:
    entities = (
        mention(HOSPITAL, "T1", "FACILITY", "بیمارستان بعثت ملایر", confidence=0.7, event="CONSTRUCTION",
                status="ONGOING"),
        mention(HOSPITAL, "T2", "QUANTITY", "۵۰ درصد", confidence=0.9),
    )  # fmt: skip
    return assemble(Document("hospital", HOSPITAL, {}, entities, (Relation("PROGRESS", "T1", "T2", 0.9),)))


def hostile() -> Document:
    """Markup in the id, the text, a mention beyond an emoji, and the metadata."""
    entities = (
        mention(HOSTILE, "T1", "ORG", "سازمان آب", confidence=0.9),
        mention(HOSTILE, "T2", "ORG", "سازمان <b onclick=alert(1)>برق</b>", confidence=0.9),
    )
    name = "</script><img src=x onerror='window.broken = 4'>"
    return assemble(Document(name, HOSTILE, {"title": name, "n": 3}, entities, (Relation("PART_OF", "T1", "T2", 0.9),)))


def gold_of_opening() -> Document:
    """As `opening`, but: T4 has another boundary, T5 another type, T6 is not there, one mention and relation more."""
    kept = {e.id: e for e in opening().entities}
    plain = {"confidence": None, "canonical": None, "value": None}
    entities = [
        mention(OPENING, e.id, "FACILITY" if e.id == "T5" else e.type, "مهری، مدیر" if e.id == "T4" else e.text,
                event=e.event, status=e.status)
        for e in kept.values() if e.id not in ("T6",)
    ]  # fmt: skip
    assert all(getattr(e, name) is value for e in entities for name, value in plain.items())
    entities.append(mention(OPENING, "T9", "QUANTITY", "هفتم"))
    relations = (
        Relation("HAS_CAPACITY", "T1", "T2"),
        Relation("AFFILIATED_WITH", "T4", "T5"),
        Relation("PROGRESS", "T1", "T9"),
    )
    document = Document("درمان/افتتاح", OPENING, {}, tuple(sorted(entities, key=lambda e: e.start)), relations)
    return assemble(document)
