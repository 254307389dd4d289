from __future__ import annotations

import random
from itertools import permutations

import pytest

from ssner.document import Entity
from ssner.evaluation.spans import SCHEMES, Overlaps, SpanCounts, match_spans, score_spans
from ssner.schema import ENTITY_NAMES

nervaluate = pytest.importorskip("nervaluate")
NAMES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}


def mention(kind: str, start: int, end: int) -> Entity:
    return Entity(f"{kind}{start}", kind, start, end, "x" * (end - start))


def flat(rng: random.Random, length: int = 60) -> list[Entity]:
    """Mentions that do not overlap, in order."""
    out: list[Entity] = []
    at = rng.randrange(4)
    while at < length:
        end = at + rng.randrange(1, 6)
        out.append(mention(rng.choice(ENTITY_NAMES[:3]), at, end))
        at = end + rng.randrange(5)
    return out


def reference(gold: list[list[Entity]], predicted: list[list[Entity]]) -> dict[str, dict[str, dict[str, float]]]:
    """What nervaluate says: scheme → type or `all` → counts and figures."""
    as_dicts = [
        [[{"label": e.type, "start": e.start, "end": e.end - 1} for e in d] for d in side] for side in (gold, predicted)
    ]
    found = nervaluate.Evaluator(as_dicts[0], as_dicts[1], tags=list(ENTITY_NAMES), loader="dict").evaluate()
    return {
        ours: {"all": vars(found["overall"][theirs])}
        | {kind: vars(by_scheme[theirs]) for kind, by_scheme in found["entities"].items()}
        for ours, theirs in NAMES.items()
    }


def total(gold: list[list[Entity]], predicted: list[list[Entity]], scheme: str) -> dict[str, SpanCounts]:
    out: dict[str, SpanCounts] = {}
    for g, p in zip(gold, predicted, strict=True):
        for kind, counts in score_spans(g, p, scheme).items():
            out[kind] = out.get(kind, SpanCounts()) + counts
    return out


@pytest.mark.parametrize("scheme", ["strict", "exact", "partial"])
def test_agrees_with_nervaluate(scheme: str) -> None:
    rng = random.Random(7)
    gold, predicted = ([flat(rng) for _ in range(200)] for _ in "gp")
    theirs = reference(gold, predicted)[scheme]
    ours = total(gold, predicted, scheme)
    assert set(ours) == set(theirs)
    for kind, counts in ours.items():
        figures = counts.to_json()
        for name in ("precision", "recall", "f1", "correct", "partial"):
            assert figures[name] == pytest.approx(theirs[kind][name], abs=1e-9), (kind, name)


def test_agrees_with_nervaluate_on_types_where_no_mention_overlaps_two() -> None:
    rng = random.Random(8)
    gold = [[mention(rng.choice(ENTITY_NAMES), at, at + 4) for at in range(0, 60, 10)] for _ in range(100)]
    predicted = [
        [mention(rng.choice(ENTITY_NAMES), e.start + rng.randrange(-2, 3), e.end + 2) for e in d if rng.random() < 0.8]
        for d in ([mention(e.type, e.start + 2, e.end + 2) for e in d] for d in gold)
    ]
    theirs = reference(gold, predicted)["type"]
    for kind, counts in total(gold, predicted, "type").items():
        for name, figure in counts.to_json().items():
            if name not in ("gold", "predicted"):
                assert figure == pytest.approx(theirs[kind][name], abs=1e-9), (kind, name)


def test_greedy_matching_falls_short_of_the_optimum() -> None:
    gold = [mention("ORG", 0, 10), mention("ORG", 12, 20)]
    predicted = [mention("ORG", 9, 20), mention("ORG", 13, 20)]  # the first is nearest to the second gold mention
    flat_predicted = [mention("ORG", 8, 16), mention("ORG", 17, 20)]
    for guess in (predicted, flat_predicted):
        greedy = reference([gold], [guess])["type"]["all"]
        assert greedy["correct"] == 1
        assert match_spans(gold, guess, "type") == SpanCounts(correct=2)


def test_never_less_credit_than_nervaluate() -> None:
    rng = random.Random(9)
    for _ in range(300):
        gold, predicted = flat(rng), flat(rng)
        rng.shuffle(predicted)
        theirs = reference([gold], [predicted])
        for scheme in SCHEMES:
            assert match_spans(gold, predicted, scheme).f1 >= theirs[scheme]["all"]["f1"] - 1e-9


def brute_force(gold: list[Entity], predicted: list[Entity], scheme: str) -> tuple[float, int]:
    """The best credit, and the most overlapping pairs with it, over every matching there is."""
    overlaps = Overlaps(gold, predicted)
    credit = SCHEMES[scheme](overlaps)
    best = (0.0, 0)
    slots = [*range(len(predicted)), *([None] * len(gold))]
    for choice in set(permutations(slots, len(gold))):
        pairs = [(g, p) for g, p in enumerate(choice) if p is not None and overlaps.touching[g, p]]
        best = max(best, (float(sum(credit[pair] for pair in pairs)), len(pairs)))
    return best


@pytest.mark.parametrize("scheme", SCHEMES)
def test_is_the_best_of_all_matchings(scheme: str) -> None:
    rng = random.Random(10)
    for _ in range(60):
        gold, predicted = (
            [
                mention(rng.choice(ENTITY_NAMES[:2]), start, start + rng.randrange(1, 7))
                for start in (rng.randrange(10) for _ in range(rng.randrange(4)))
            ]
            for _ in "gp"
        )
        counts = match_spans(gold, predicted, scheme)
        pairs = counts.correct + counts.partial + counts.incorrect
        assert (counts.credit, pairs) == brute_force(gold, predicted, scheme)
        assert (counts.gold, counts.predicted) == (len(gold), len(predicted))


def test_nothing_predicted_is_all_missed_and_nothing_to_find_all_spurious() -> None:
    some = [mention("ORG", 0, 3), mention("MONEY", 4, 6)]
    assert match_spans(some, [], "partial") == SpanCounts(missed=2)
    assert match_spans([], some, "strict") == SpanCounts(spurious=2)
    assert match_spans([], [], "type").to_json()["f1"] == 0.0
