from __future__ import annotations

from dataclasses import replace

from ssner.document import Canonical, Document, Relation
from ssner.evaluation.facts import score_facts
from ssner.evaluation.matching import Score
from ssner.evaluation.things import shared_names

from .builders import CAPACITY, GOLD, mention, replaced


def test_another_mention_of_the_same_thing_states_the_same_fact() -> None:
    moved = GOLD.with_(relations=(*GOLD.relations[:3], Relation("AFFILIATED_WITH", "T5", "T2"), GOLD.relations[4]))
    assert score_facts(GOLD, moved)["all"] == Score(5, 5, 5)


def test_a_fact_counts_once_however_often_it_is_stated() -> None:
    twice = GOLD.with_(relations=(*GOLD.relations, Relation("HAS_CAPACITY", "T6", "T4")))
    assert score_facts(GOLD, twice)["HAS_CAPACITY"] == Score(1, 1, 1)


def test_values_are_compared_by_number_whatever_the_span() -> None:
    shorter = mention(4, "QUANTITY", "۲۰۰", value=CAPACITY.value)
    assert score_facts(GOLD, replaced(GOLD, shorter))["HAS_CAPACITY"].correct == 1
    unread = replace(shorter, value=None)
    assert score_facts(GOLD, replaced(GOLD, unread))["HAS_CAPACITY"] == Score(0, 1, 1)


def test_a_thing_split_in_two_is_matched_where_it_shares_most() -> None:
    split = GOLD.with_(
        entities=tuple(replace(e, canonical="C9") if e.id == "T2" else e for e in GOLD.entities),
        canonical=(
            GOLD.canonical[0], Canonical("C9", "FACILITY", "x", ("T2",)),
            Canonical("C2", "FACILITY", "x", ("T6", "T7")), GOLD.canonical[2],
        ),
    )  # fmt: skip
    names, guesses = shared_names(GOLD, split)
    assert guesses["C2"] == names["C2"] and guesses["C9"] not in names.values()
    assert score_facts(GOLD, split)["all"] == Score(2, 5, 5)  # what hangs on T2 is lost


def test_the_matching_of_things_is_optimal() -> None:
    """Greedily C2, which shares two mentions with D1, would take it, and two things would be without a partner."""
    text = "الف ب پ ت ث ج چ"
    ids = ["الف", "ب", "پ", "ت", "ث"]
    entities = tuple(mention(i, "ORG", w, text) for i, w in enumerate(ids, 1))

    def grouped(*groups: tuple[str, ...]) -> Document:
        canonical = tuple(Canonical(f"C{n}", "ORG", "x", g) for n, g in enumerate(groups, 1))
        home = {m: c.id for c in canonical for m in c.mentions}
        return Document(
            "d", text, entities=tuple(replace(e, canonical=home[e.id]) for e in entities), canonical=canonical
        )

    gold, predicted = grouped(("T1", "T2", "T3"), ("T4", "T5")), grouped(("T2", "T3", "T4", "T5"), ("T1",))
    names, guesses = shared_names(gold, predicted)
    assert {guesses["C1"], guesses["C2"]} == {names["C1"], names["C2"]}


def test_an_agreement_has_no_direction() -> None:
    text = "سازمان الف با بنیاد ب همکاری می‌کند"
    one, other = mention(1, "ORG", "سازمان الف", text), mention(2, "ORG", "بنیاد ب", text)
    gold = Document("d", text, entities=(one, other), relations=(Relation("COOPERATES_WITH", "T1", "T2"),))
    turned = gold.with_(relations=(Relation("COOPERATES_WITH", "T2", "T1"),))
    assert score_facts(gold, turned)["all"] == Score(1, 1, 1)
    part = gold.with_(relations=(Relation("PART_OF", "T1", "T2"),))
    turned_part = gold.with_(relations=(Relation("PART_OF", "T2", "T1"),))
    assert score_facts(part, turned_part)["all"] == Score(0, 1, 1)
