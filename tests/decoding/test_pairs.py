from __future__ import annotations

from ssner.decoding.pairs import PAIR_FEATURES, RELATION_LABELS, MentionSpan, candidate_pairs, signature_mask
from ssner.schema import ENTITY_NAMES, RELATION_TYPES

ORG, FACILITY, MONEY, QUANTITY, PERSON = range(5)


def test_only_pairs_that_a_signature_allows_within_one_sentence_of_each_other() -> None:
    mentions = [
        MentionSpan(0, 1, FACILITY),
        MentionSpan(2, 3, MONEY),
        MentionSpan(5, 6, QUANTITY),
        MentionSpan(9, 10, MONEY),
    ]
    pairs, features = candidate_pairs(mentions, [0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
    found = {(int(h), int(t)) for h, t in pairs}
    assert found == {(0, 1), (0, 2), (1, 2), (2, 1), (2, 3), (3, 2)}
    assert features.shape == (6, len(PAIR_FEATURES))


def test_features_stay_in_their_range() -> None:
    mentions = [MentionSpan(i, i + 1, i % 5) for i in range(60)]
    _, features = candidate_pairs(mentions, [0] * 60)
    assert (features >= 0).all()
    assert (features.max(axis=0) < list(PAIR_FEATURES.values())).all()


def test_no_mentions_no_pairs() -> None:
    pairs, features = candidate_pairs([], [])
    assert pairs.shape == (0, 2) and features.shape == (0, len(PAIR_FEATURES))


def test_the_mask_states_the_schema() -> None:
    mask = signature_mask()
    for relation in RELATION_TYPES:
        for h, head in enumerate(ENTITY_NAMES):
            for t, tail in enumerate(ENTITY_NAMES):
                row = mask[h * len(ENTITY_NAMES) + t]
                assert row[RELATION_LABELS.index(relation.name)] == relation.allows(head, tail)
    assert mask[:, 0].all()
