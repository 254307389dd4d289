"""The heads over the words of a window."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from ssner.decoding.pairs import PAIR_FEATURES  # noqa: E402
from ssner.model.heads import MarkedWords, MentionHeads  # noqa: E402
from ssner.schema import BIO_LABELS  # noqa: E402


def test_words_are_marked_with_the_labels_of_the_mentions() -> None:
    marked = MarkedWords(len(BIO_LABELS), 0, 0.0)
    with torch.no_grad():
        marked.marks.weight.copy_(torch.eye(len(BIO_LABELS)))
        index = torch.arange(6)
        first, last, kind = torch.tensor([1, 4]), torch.tensor([3, 5]), torch.tensor([0, 3])
        within = (index >= first[:, None]) & (index < last[:, None])
        found = marked(torch.zeros(6, len(BIO_LABELS)), within, first, kind).argmax(dim=1)
    assert [BIO_LABELS[i] for i in found] == ["O", "B-ORG", "I-ORG", "O", "B-QUANTITY", "O"]


@pytest.mark.parametrize("marked_layers", [0, 1])
def test_with_marks_a_pair_is_judged_by_what_else_is_a_mention(marked_layers: int) -> None:
    torch.manual_seed(0)
    heads = MentionHeads(16, 32, 0, 2, 8, 0.0, marked_layers).eval()
    words = torch.randn(9, 16)
    pairs, features = torch.tensor([[0, 1]]), torch.zeros(1, len(PAIR_FEATURES), dtype=torch.long)
    mentions = torch.tensor([[0, 2, 0], [3, 4, 2], [5, 8, 3]])
    other = mentions.clone()
    other[2, 2] = 4
    with torch.no_grad():
        one, two = (heads(words, m, pairs, features)[0][0] for m in (mentions, other))
    assert torch.equal(one, two) == (marked_layers == 0)


def test_only_the_layers_that_are_added_are_silenced() -> None:
    torch.manual_seed(0)
    words, within = torch.randn(5, 16), torch.tensor([[True, True, False, False, False]])
    first, kind = torch.tensor([0]), torch.tensor([2])
    one, two = MarkedWords(16, 1, 0.0).eval(), MarkedWords(16, 2, 0.0).eval()
    two.load_state_dict(one.state_dict(), strict=False)
    two.silence(1)
    with torch.no_grad():
        assert torch.equal(one(words, within, first, kind), two(words, within, first, kind))
        assert not torch.equal(one(words, within, first, kind), words)
        one.silence(0)
        assert torch.equal(one(words, within, first, kind), words)


def test_any_width_is_divided_among_the_heads() -> None:
    for hidden in (16, 64, 200, 312, 384, 768):
        MarkedWords(hidden, 1, 0.0)
