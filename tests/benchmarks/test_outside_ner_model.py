"""The classifier around an encoder: places of labels, a short training, strict scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from outside_ner_data import Sentence
    from outside_ner_model import Tagger

pytest.importorskip("torch")
pytest.importorskip("seqeval")

LABELS = ["O", "B-LOC", "I-LOC"]
PLACES = ("شیراز", "اهواز", "یزد")


@pytest.fixture
def tagger() -> Tagger:
    """A tiny random encoder whose pieces are letters."""
    import torch
    from outside_ner_model import Tagger
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
    from transformers import BertForTokenClassification, PreTrainedTokenizerFast

    from ssner.training.encoders import tiny_encoder

    names = ["<s>", "<pad>", "</s>", "<unk>", *sorted(set("".join(PLACES) + "ازبهدررفتآمد"))]
    backend = Tokenizer(models.WordLevel({name: i for i, name in enumerate(names)}, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    backend.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, pad_token="<pad>", unk_token="<unk>")
    torch.manual_seed(1)
    config = tiny_encoder(len(names))
    config.num_labels = len(LABELS)
    return Tagger(BertForTokenClassification(config), tokenizer, LABELS)


def sentence(words: str, labels: str) -> Sentence:
    from outside_ner_data import Sentence

    return Sentence(tuple(words.split()), tuple(labels.split()))


def test_the_first_piece_of_a_word_has_its_label(tagger: Tagger) -> None:
    (row,) = tagger.features([sentence("از یزد آمد", "O B-LOC O")])
    assert len(row["input_ids"]) == len(row["attention_mask"]) == 10
    assert row["labels"] == [-100, 0, -100, 1, -100, -100, 0, -100, -100, -100]


def test_a_long_sentence_is_cut_and_predicted_whole(tagger: Tagger) -> None:
    from outside_ner_model import LONGEST

    long = sentence("از یزد " * 60, "O B-LOC " * 60)
    parts = tagger.features([long])
    assert len(parts) == 2 and all(len(part["input_ids"]) <= LONGEST for part in parts)
    assert [len(labels) for labels in tagger.predict([long, sentence("رفت", "O")])] == [120, 1]


def test_sentences_of_one_document_are_read_together_and_told_apart(tagger: Tagger) -> None:
    from outside_ner_data import Sentence

    document = [
        Sentence(tuple(words.split()), ("O",) * len(words.split()), "1") for words in ("از یزد", "به", "در آمد")
    ]
    assert [window.forms for window in tagger.cut(document)] == [["از", "یزد", "به", "در", "آمد"]]
    assert [len(labels) for labels in tagger.predict(document)] == [2, 1, 2]
    assert tagger.predict([]) == []


def test_it_learns_what_it_is_shown(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    import outside_ner_model

    monkeypatch.setattr(outside_ner_model, "LEARNING_RATE", 0.01)
    shown = [sentence(f"از {a} {b} به در رفت", "O B-LOC I-LOC O O O") for a in PLACES for b in PLACES]
    tagger.train(shown, 40, seed=1)
    assert tagger.predict(shown) == [list(s.labels) for s in shown]


def test_scores_are_strict() -> None:
    from outside_ner_model import strict_scores

    gold = [sentence("از شیراز یزد آمد", "O B-LOC I-LOC O"), sentence("اهواز", "B-LOC")]
    scores = strict_scores(gold, [["O", "I-LOC", "I-LOC", "O"], ["B-LOC"]])
    assert (
        scores["LOC"] == scores["micro"] == pytest.approx({"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "support": 2})
    )


def test_no_entities_no_scores() -> None:
    from outside_ner_model import strict_scores

    assert strict_scores([sentence("رفت", "O")], [["B-LOC"]]) == {}


def test_labels_are_well_formed() -> None:
    import numpy as np
    from outside_ner_model import well_formed

    likely = np.log([[0.2, 0.35, 0.45], [0.1, 0.2, 0.7], [0.5, 0.3, 0.2]])
    assert likely.argmax(axis=1).tolist() == [2, 2, 0]
    assert well_formed(likely, LABELS) == [1, 2, 0]
    assert well_formed(np.log([[0.8, 0.1, 0.1], [0.2, 0.3, 0.5]]), LABELS) == [0, 1]


def test_the_best_of_all_well_formed_sequences_is_found() -> None:
    import itertools

    import numpy as np
    from outside_ner_model import well_formed

    labels = ["O", "B-LOC", "B-PER", "I-LOC", "I-PER"]

    def is_well_formed(path: tuple[int, ...]) -> bool:
        names = ["O", *(labels[i] for i in path)]
        return all(not b.startswith("I-") or (a != "O" and a[2:] == b[2:]) for a, b in itertools.pairwise(names))

    rng = np.random.default_rng(3)
    for _ in range(20):
        scores = np.log(rng.dirichlet(np.ones(5), size=4))
        best = max(
            filter(is_well_formed, itertools.product(range(5), repeat=4)),
            key=lambda path: sum(scores[i, label] for i, label in enumerate(path)),
        )
        assert well_formed(scores, labels) == list(best)
