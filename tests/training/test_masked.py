"""Masked words: what is hidden, what is learnt, and that a run can go on from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import ROOT
from .test_training import config

torch = pytest.importorskip("torch")

from ssner.corpus.store import load_documents  # noqa: E402
from ssner.decoding.tokenization import WordTokenizer  # noqa: E402
from ssner.model.configuration import JointConfig  # noqa: E402
from ssner.model.modeling import IGNORED, JointModel  # noqa: E402
from ssner.training.encoders import load_encoder  # noqa: E402
from ssner.training.masked import MaskedWordModel, MaskingCollator, run_masked, text_windows  # noqa: E402
from ssner.training.run import RunError, run_training  # noqa: E402

FORMS = ["بیمارستان", "کوثر", "با", "۱۲۰", "تختخواب", "در", "خرم‌آباد", "گشوده", "شد", "."]


@pytest.fixture(scope="module")
def words() -> WordTokenizer:
    _, tokenizer = load_encoder("tiny", None, JointConfig())
    return WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)


def test_whole_words_are_asked_for_and_what_stood_there_is_the_answer(words: WordTokenizer) -> None:
    plain = words.encode([FORMS])
    ids = torch.from_numpy(plain.input_ids)[0]
    word_of = torch.searchsorted(torch.from_numpy(plain.first_pieces)[0], torch.arange(len(ids)), right=True) - 1
    collator = MaskingCollator(words, mask_id=3, vocabulary=1000, rate=0.3, seed=1)
    hidden = kept = other = 0
    for _ in range(300):
        batch = collator([{"forms": FORMS}])
        asked = batch["targets"][0] != IGNORED
        assert torch.equal(batch["targets"][0][asked], ids[asked]) and torch.equal(
            batch["input_ids"][0][~asked], ids[~asked]
        )
        assert not asked[0] and not asked[-1] and asked.any(), "specials never, something always"
        for word in set(word_of[asked].tolist()):
            assert asked[1:-1][word_of[1:-1] == word].all(), "whole words"
        seen = batch["input_ids"][0][asked]
        hidden += int((seen == 3).sum())
        kept += int((seen == ids[asked]).sum())
        other += int(((seen != 3) & (seen != ids[asked])).sum())
    total = hidden + kept + other
    assert 0.74 < hidden / total < 0.86 and 0.05 < kept / total < 0.16 and 0.05 < other / total < 0.16


def test_only_what_is_asked_counts(words: WordTokenizer) -> None:
    torch.manual_seed(0)
    model, _ = load_encoder("tiny", None, JointConfig())
    guesser = MaskedWordModel(model.encoder).eval()
    batch = MaskingCollator(words, 3, 1000, 0.3, 1)([{"forms": FORMS}, {"forms": FORMS[:4]}])
    asked = batch["targets"] != IGNORED
    with torch.no_grad():
        output = guesser(**batch)
        other = guesser(**batch | {"targets": torch.where(asked, (batch["targets"] + 1) % 1000, batch["targets"])})
        nothing = guesser(**batch | {"targets": torch.full_like(batch["targets"], IGNORED)})
    assert int(output.asked) == int(asked.sum()) and float(output.loss) > 0 and float(output.loss) != float(other.loss)
    assert float(nothing.loss) == 0.0


def test_windows_hold_each_sentence_once(words: WordTokenizer) -> None:
    documents = list(load_documents(ROOT, ROOT, collections=("own",)))[:3]
    forms = [form for window in text_windows(iter(documents), words, 64) for form in window["forms"]]
    alone = [form for d in documents for window in text_windows(iter([d]), words, 4000) for form in window["forms"]]
    assert forms == alone and len(forms) > 300


def test_texts_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"masked\.texts=.*no such file"):
        run_masked(config("debug=tiny", "masked.windows=500", f"masked.texts={tmp_path}/no.jsonl"), tmp_path)


@pytest.mark.slow
def test_an_encoder_learns_to_guess_and_a_run_goes_on_from_it(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    documents = list(load_documents(ROOT, ROOT, ("train",), ("own",)))[:150]
    rows = ({"src": "s", "id": d.id, "title": "", "text": d.text} for d in documents)
    texts.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    asked = [
        "debug=tiny",
        "masked.windows=1000",
        f"masked.texts={texts}",
        "masked.capacity=24",
        "masked.learning_rate=0.01",
    ]
    figures = run_masked(config(*asked), tmp_path / "masked")
    assert figures["loss_after"] < figures["loss_before"] - 1 and figures["accuracy_after"] > figures["accuracy_before"]
    assert json.loads((tmp_path / "masked/masked.json").read_text("utf-8")) == figures
    with pytest.raises(RunError, match="at least 400 are needed"):
        run_masked(config(*asked, "masked.windows=100"), tmp_path / "few")
    going = config("debug=tiny", "trainer.tracker=null", "export=false", "fit_bias=false", f"start={tmp_path}/masked")
    run_training(going, tmp_path / "on")
    begun, ended = (JointModel.from_pretrained(tmp_path / name / "model") for name in ("masked", "on"))
    record = json.loads((tmp_path / "on/run.json").read_text("utf-8"))
    assert record["start"] and not torch.equal(begun.classifier.weight, ended.classifier.weight)
