"""Canonical entities of any names: every mention has its thing, and nothing is raised."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from ssner.document import Entity
from ssner.events.aliases import link_mentions
from ssner.events.heads import DEMONSTRATIVES, FACILITY_HEADS, GENERIC_HEADS, LOOSE, PLURALS
from ssner.events.names import name_of
from ssner.events.spelling import is_number, is_size, plain_words
from ssner.values.numerals import number_prefix

HARD_WORDS = (
    "بیمارستان‌های", "شعب", "۱۲", "۵۰", "تختخوابی", "هفده‌طبقه‌ای", "نور", "کرج", "یزد", "ICU", "(ع)", "«مهر»", "-",
    "بنی‌طرف", *PLURALS,
)  # fmt: skip
WORDS = st.sampled_from([*sorted(DEMONSTRATIVES | FACILITY_HEADS | GENERIC_HEADS | LOOSE), *HARD_WORDS])
NAMES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=5).map(" ".join),
    st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text),
)
MENTIONS = st.lists(st.tuples(st.sampled_from(["ORG", "FACILITY", "PERSON"]), NAMES), min_size=1, max_size=8)
JOINTS = st.lists(st.sampled_from([" ", " و ", "، ", " (", ") ", ". ", "\n"]), min_size=8, max_size=8)


def text_with(mentions: list[tuple[str, str]], joints: list[str]) -> tuple[str, list[Entity]]:
    text, entities = "", []
    for number, ((kind, name), joint) in enumerate(zip(mentions, joints, strict=False), 1):
        entities.append(Entity(f"T{number}", kind, len(text), len(text) + len(name), name))
        text += name + joint
    return text, entities


@settings(max_examples=400, deadline=None)
@given(MENTIONS, JOINTS)
def test_every_mention_has_one_thing_of_its_kind(mentions: list[tuple[str, str]], joints: list[str]) -> None:
    text, entities = text_with(mentions, joints)
    linked, canonical = link_mentions(entities, text)
    things = {thing.id: thing for thing in canonical}
    members = Counter(member for thing in canonical for member in thing.mentions)
    assert all(count == 1 for count in members.values())
    for entity in linked:
        if entity.canonical is None:  # a name of marks alone
            assert not any(char.isalnum() for char in entity.text)
        else:
            assert entity.id in things[entity.canonical].mentions
            assert things[entity.canonical].type == entity.type


@settings(max_examples=100, deadline=None)
@given(MENTIONS, JOINTS)
def test_what_is_kept_of_earlier_names_changes_nothing(mentions: list[tuple[str, str]], joints: list[str]) -> None:
    text, entities = text_with(mentions, joints)
    kept = link_mentions(entities, text)
    for remembering in (plain_words, name_of, is_size, is_number, number_prefix):
        remembering.cache_clear()
    assert link_mentions(entities, text) == kept
