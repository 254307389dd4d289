from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ssner.document import Document, Relation
from ssner.evaluation.cases import Case, make_cases
from ssner.evaluation.contexts import costliest
from ssner.evaluation.errors import all_mistakes, count_causes, relation_errors

from .builders import COST, GOLD, HOSPITAL, MONEY, PERSON, mention, replaced


def cases(predicted: Document) -> list[Case]:
    return make_cases([GOLD], [predicted], with_events={"d1"})


def test_a_perfect_prediction_has_no_mistakes() -> None:
    assert all_mistakes(cases(GOLD)) == []
    assert relation_errors(cases(GOLD)) == {}


def test_a_mention_costs_what_hangs_on_it() -> None:
    """Missed: itself, its event and status, and three relations."""
    left = tuple(e for e in GOLD.entities if e.id != "T2")
    guess = GOLD.with_(entities=left, relations=GOLD.relations[3:], canonical=(), events=())
    (mistake,) = all_mistakes(cases(guess))
    assert (mistake.cause, mistake.cost) == ("mention missed", 6)
    assert (mistake.gold, mistake.predicted, mistake.gold_says) == ((HOSPITAL,), (), "FACILITY")


def test_a_wrong_boundary_costs_on_both_sides() -> None:
    short = mention(5, "PERSON", "رضا", canonical="C3")
    (mistake,) = all_mistakes(cases(replaced(GOLD, short)))
    assert (mistake.cause, mistake.cost) == ("wrong boundary", 4)
    assert (mistake.gold, mistake.predicted) == ((PERSON,), (short,))


def test_relations_with_right_ends() -> None:
    guess = GOLD.with_(
        relations=(
            Relation("PART_OF", "T2", "T1", 0.6),  # another type
            *GOLD.relations[2:4],
            Relation("REPORTS", "T7", "T4", 0.9),  # spurious; COSTS and REPORTS T7 T8 are missed
        )
    )
    found = all_mistakes(cases(guess))
    assert [(m.cause, m.cost, m.confidence) for m in found] == [
        ("relation of another type or direction", 2, 0.6),
        ("spurious relation, both ends right", 1, 0.9),
        ("relation missed, both ends found", 1, 0.0),
        ("relation missed, both ends found", 1, 0.0),
    ]
    assert found[0].gold_says == "OPERATED_BY: بیمارستان مهر شیراز → سازمان تأمین اجتماعی"


def test_a_turned_relation_is_one_mistake() -> None:
    turned = replace(GOLD.relations[4], head="T8", tail="T7")
    (mistake,) = all_mistakes(cases(GOLD.with_(relations=(*GOLD.relations[:4], turned))))
    assert mistake.cause == "relation of another type or direction"


def test_attributes_and_values_of_right_mentions() -> None:
    guess = replaced(
        GOLD, replace(HOSPITAL, status="PLANNED"), replace(COST, value=replace(MONEY, number=Fraction(9)))
    )  # fmt: skip
    found = {m.cause: m for m in all_mistakes(cases(guess))}
    assert found["event or status of a mention"].cost == 2
    assert found["event or status of a mention"].predicted_says == "CONSTRUCTION PLANNED"
    assert found["value of an amount or quantity"].gold_says == "90000000000 IRR"
    assert found["value of an amount or quantity"].predicted_says == "9 IRR"


def test_causes_are_counted() -> None:
    empty = GOLD.with_(entities=(), relations=(), canonical=(), events=())
    assert count_causes(all_mistakes(cases(empty))) == {"mention missed": {"mistakes": 8, "cost": 8 + 10 + 3}}


def test_relation_errors_say_whether_an_end_was_lacking() -> None:
    short = mention(5, "PERSON", "رضا", canonical="C3")
    guess = replaced(GOLD, short).with_(relations=GOLD.relations[1:])
    assert relation_errors(cases(guess)) == {
        "AFFILIATED_WITH": {"same sentence": {"missed": 1, "missed_ends": 1, "spurious": 1, "spurious_ends": 1}},
        "OPERATED_BY": {"same sentence": {"missed": 1, "missed_ends": 0}},
    }


def test_contexts_show_both_sides_of_the_sentence() -> None:
    short = mention(5, "PERSON", "رضا", canonical="C3")
    found = cases(replaced(GOLD, short))
    ((shown,),) = costliest(all_mistakes(found), found, own_only=True, limit=50).values()
    second_line = GOLD.text.split("\n")[1]
    for pieces in (shown.gold, shown.predicted):
        assert "".join(p.text for p in pieces) == second_line
    assert [p.text for p in shown.gold if p.is_point] == ["رضا کاویانی"]
    assert [p.text for p in shown.predicted if p.is_point] == ["رضا"]
    assert [p.type for p in shown.predicted if p.type] == ["PERSON", "FACILITY", "FACILITY", "QUANTITY"]


def test_contexts_of_texts_that_are_not_ours_are_left_out() -> None:
    news = GOLD.with_(id="d2", meta={"collection": "news"})
    found = make_cases([GOLD, news], [])
    own = costliest(all_mistakes(found), found, own_only=True, limit=50)
    everything = costliest(all_mistakes(found), found, own_only=False, limit=50)
    assert {s.mistake.document for group in own.values() for s in group} == {"d1"}
    assert {s.mistake.document for group in everything.values() for s in group} == {"d1", "d2"}


def test_the_limit_keeps_the_costliest() -> None:
    found = cases(GOLD.with_(entities=(), relations=(), canonical=(), events=()))
    (shown,) = costliest(all_mistakes(found), found, own_only=True, limit=2).values()
    assert [s.mistake.cost for s in shown] == [6, 3]


def test_of_a_very_long_sentence_only_what_is_near_is_shown() -> None:
    text = "واژه " * 400 + "سازمان رفاه" + " واژه" * 400
    gold = Document("d", text, {"collection": "own"}, entities=(mention(1, "ORG", "سازمان رفاه", text),))
    found = make_cases([gold], [])
    ((shown,),) = costliest(all_mistakes(found), found, own_only=True, limit=1).values()
    assert 100 < sum(len(p.text) for p in shown.gold) < 400
    assert [p.text for p in shown.gold if p.is_point] == ["سازمان رفاه"]
