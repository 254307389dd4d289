from __future__ import annotations

import pytest

from ssner import schema
from ssner.schema import EntityType, EventFrame, RelationType, Role, SchemaError


def test_eleven_labels_and_eleven_relations() -> None:
    assert len(schema.BIO_LABELS) == 11
    assert schema.BIO_LABELS[0] == "O"
    assert len(schema.RELATION_TYPES) == 11


@pytest.mark.parametrize(
    ("head", "tail", "expected"),
    [
        ("FACILITY", "MONEY", ("COSTS",)),
        ("ORG", "MONEY", ("FUNDS",)),
        ("FACILITY", "QUANTITY", ("HAS_CAPACITY", "PROGRESS", "REPORTS")),
        ("ORG", "ORG", ("PART_OF", "COOPERATES_WITH")),
        ("QUANTITY", "QUANTITY", ("CHANGED_FROM", "CHANGE_BY")),
        ("MONEY", "QUANTITY", ("CHANGE_BY",)),
        ("QUANTITY", "ORG", ()),
        ("PERSON", "PERSON", ()),
    ],
)
def test_relations_between(head: str, tail: str, expected: tuple[str, ...]) -> None:
    assert schema.relations_between(head, tail) == expected


def test_status_hangs_on_heads_of_five_relations() -> None:
    carriers = {r.name for r in schema.RELATION_TYPES if r.head_has_status}
    assert carriers == {"COSTS", "PROGRESS", "FUNDS", "REPORTS", "COOPERATES_WITH"}
    assert {"ORG", "FACILITY"} == schema.STATUS_HEADS


@pytest.mark.parametrize(
    "make",
    [
        lambda: EntityType("org", "سازمان", "lower case"),
        lambda: EntityType("ORG", "", "no Persian name"),
        lambda: RelationType("X", "ایکس", frozenset({("ORG", "NOWHERE")}), "unknown type"),
        lambda: RelationType("X", "ایکس", frozenset(), "no signature"),
        lambda: Role("r", "نقش", "NO_RELATION"),
        lambda: Role("r", "نقش", via="cost"),
        lambda: EventFrame(
            "AGREEMENT", "توافق", frozenset({"ORG"}), (Role("a", "ا"), Role("a", "ا")), "COOPERATES_WITH"
        ),
        lambda: EventFrame("NEW", "نو", frozenset({"ORG"}), (Role("a", "ا"),)),
        lambda: EventFrame("NEW", "نو", frozenset({"ORG"}), (Role("a", "ا", "COSTS"),), "FUNDS"),
        lambda: EventFrame("NEW", "نو", frozenset({"ORG"}), (Role("a", "ا", "FUNDS", via="b"),), "FUNDS"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(make: object) -> None:
    with pytest.raises(SchemaError):
        make()  # type: ignore[operator]


def test_every_frame_names_its_roles() -> None:
    works = schema.event_frame("CONSTRUCTION")
    assert [r.name for r in works.roles][:4] == ["facility", "operator", "parent", "cost"]
    assert works.role("cost").relation == "COSTS"
    with pytest.raises(KeyError, match="no role"):
        works.role("amount")
