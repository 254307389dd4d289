"""What an outside set does not annotate is masked."""

from __future__ import annotations

import pytest

from ssner.schema import BIO_LABELS

torch = pytest.importorskip("torch")


def test_names_come_over_and_the_rest_is_left_open() -> None:
    from intermediate import PEYMA, relabelled
    from outside_ner_data import OutsideSet, Sentence

    labels = ("B-ORG", "I-ORG", "O", "B-LOC", "B-MON", "I-MON", "B-DAT")
    sentence = Sentence(("بانک", "ملی", "در", "تهران", "۲", "تومان", "دیروز"), labels)
    [ours] = relabelled(OutsideSet((sentence,), (), (), ""), PEYMA, "?peyma")
    assert ours.labels == ("B-ORG", "I-ORG", "?peyma", "?peyma", "B-MONEY", "I-MONEY", "?peyma")


def test_a_word_outside_may_be_of_a_type_that_the_set_does_not_know() -> None:
    from intermediate import LABELS, partial_loss, possible_labels

    possible = possible_labels()
    row = {label for label, may in zip(BIO_LABELS, possible[LABELS.index("?peyma")], strict=True) if may}
    assert row == {"O", "B-FACILITY", "I-FACILITY", "B-QUANTITY", "I-QUANTITY"}
    assert possible[LABELS.index("B-ORG")].nonzero().flatten().tolist() == [BIO_LABELS.index("B-ORG")]
    logits = torch.zeros(1, 3, len(BIO_LABELS))
    logits[0, 1, BIO_LABELS.index("B-FACILITY")] = 20.0
    logits[0, 2, BIO_LABELS.index("B-ORG")] = 20.0
    silent = LABELS.index("?peyma")
    facility, organisation = (
        partial_loss(logits, torch.tensor([[-100, *labels]]), possible).item()
        for labels in ([silent, -100], [-100, silent])
    )
    assert facility < 1e-3 and organisation > 15
