"""Masked words: what is hidden, what is learnt, and that a run can go on from it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ..conftest import ROOT
from .test_training import config

pytest.importorskip("torch")

import torch

from ssner.corpus.store import load_documents
from ssner.decoding.tokenization import WordTokenizer
from ssner.document import Document
from ssner.model.configuration import JointConfig
from ssner.model.modeling import IGNORED, JointModel
from ssner.training.encoders import load_encoder
from ssner.training.masked_run import MaskedTexts, run_masked, text_windows
from ssner.training.masked_words import MaskedWordModel, MaskingCollator
from ssner.training.run import RunError, run_training

FORMS = ["بیمارستان", "کوثر", "با", "۱۲۰", "تختخواب", "در", "خرم‌آباد", "گشوده", "شد", "."]
ORDINARY = np.arange(4, 1000)


@pytest.fixture(scope="module")
def words() -> WordTokenizer:
    _, tokenizer = load_encoder("tiny", None, JointConfig())
    return WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)


def own(split: str) -> list[Document]:
    return list(load_documents(ROOT, ROOT / "nowhere", (split,), ("own",)))


def written(path: Path, documents: list[Document]) -> Path:
    rows = ({"src": "s", "id": d.id, "title": "", "text": d.text} for d in documents)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_whole_words_are_asked_for_and_what_stood_there_is_the_answer(words: WordTokenizer) -> None:
    plain = words.encode([FORMS])
    ids = torch.from_numpy(plain.input_ids)[0]
    word_of = torch.searchsorted(torch.from_numpy(plain.first_pieces)[0], torch.arange(len(ids)), right=True) - 1
    collator = MaskingCollator(words, mask_id=3, ordinary=ORDINARY, rate=0.3, seed=1)
    hidden = kept = other = 0
    for _ in range(300):
        batch = collator([{"forms": FORMS}])
        asked = batch["targets"][0] != IGNORED
        seen, answers = batch["input_ids"][0], batch["targets"][0]
        assert torch.equal(answers[asked], ids[asked]) and torch.equal(seen[~asked], ids[~asked])
        assert not asked[0] and not asked[-1] and asked.any(), "specials never, something always"
        for word in set(word_of[asked].tolist()):
            assert asked[1:-1][word_of[1:-1] == word].all(), "whole words"
        hidden += int((seen[asked] == 3).sum())
        kept += int((seen[asked] == ids[asked]).sum())
        other += int(((seen[asked] != 3) & (seen[asked] != ids[asked])).sum())
    total = hidden + kept + other
    assert 0.74 < hidden / total < 0.86 and 0.05 < kept / total < 0.16 and 0.05 < other / total < 0.16


def test_only_what_is_asked_counts(words: WordTokenizer) -> None:
    torch.manual_seed(0)
    model, _ = load_encoder("tiny", None, JointConfig())
    guesser = MaskedWordModel(model.encoder).eval()
    batch = MaskingCollator(words, 3, ORDINARY, 0.3, 1)([{"forms": FORMS}, {"forms": FORMS[:4]}])
    asked = batch["targets"] != IGNORED
    with torch.no_grad():
        output = guesser(**batch)
        other = guesser(**batch | {"targets": torch.where(asked, (batch["targets"] + 1) % 1000, batch["targets"])})
        nothing = guesser(**batch | {"targets": torch.full_like(batch["targets"], IGNORED)})
    assert int(output.asked) == int(asked.sum()) and float(output.loss) > 0 and float(output.loss) != float(other.loss)
    assert float(nothing.loss) == 0.0


def test_windows_hold_each_word_once_and_are_full(words: WordTokenizer) -> None:
    documents = own("dev")[:3]
    windows = [window for d in documents for window in text_windows(d, words, 64)]
    alone = [form for d in documents for window in text_windows(d, words, 4000) for form in window["forms"]]
    assert [form for window in windows for form in window["forms"]] == alone and len(alone) > 300
    assert max(w["length"] for w in windows) <= 64 and sum(w["length"] for w in windows) / len(windows) > 40
    long = Document("long", " ".join(f"کلمه{i}" for i in range(200)))
    cut = [form for window in text_windows(long, words, 64) for form in window["forms"]]
    assert cut == [form for window in text_windows(long, words, 4000) for form in window["forms"]]


def test_a_text_is_learnt_or_guessed_and_a_copy_of_a_guessed_one_neither(words: WordTokenizer) -> None:
    documents = own("train")[:45]
    copy = Document("copy", documents[20].text)
    texts = MaskedTexts.of(iter([*documents, copy]), words, 96, 10_000)
    windows = {d.id: list(text_windows(d, words, 96)) for d in documents}
    kept = [documents[i].id for i in (0, 20, 40)]
    assert texts.kept == [w for name in kept for w in windows[name]]
    assert texts.learnt == [w for d in documents if d.id not in kept for w in windows[d.id]]
    few = MaskedTexts.of(iter(documents), words, 96, 30)
    assert len(few.kept) + len(few.learnt) == 30


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (["masked.windows=100"], "masked.windows=100: at least 200"),
        (["masked.windows=-5"], "masked.windows=-5: at least 200"),
        (["masked.rate=1.5"], r"masked\.rate=1\.5 is a share"),
        (["masked.rate=0"], r"masked\.rate=0 is a share"),
        (["masked.capacity=0"], r"masked\.capacity=0: .* 1 to 510"),
        (["masked.capacity=511"], r"masked\.capacity=511: .* 1 to 510"),
        (["masked.texts=nowhere.jsonl"], r"masked\.texts=nowhere\.jsonl: no such file"),
        (["resume=runs/a"], "does not go with resume="),
        (["average=[runs/a,runs/b]"], "does not go with average="),
        ([], "holds too little"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(settings: list[str], told: str, tmp_path: Path) -> None:
    texts = written(tmp_path / "texts.jsonl", own("train")[:2])
    with pytest.raises(RunError, match=told):
        run_masked(config("debug=tiny", "masked.windows=500", f"masked.texts={texts}", *settings), tmp_path)


def test_held_out_texts_are_neither_learnt_nor_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held_out = own("dev")[:2] + own("test")[:2]
    learnt = own("train")[:60]
    texts = written(tmp_path / "texts.jsonl", [*held_out, *learnt])
    seen: list[str] = []

    def note(documents, *_):
        seen.extend(d.id for d in documents)
        raise RunError("seen")

    monkeypatch.setattr(MaskedTexts, "of", note)
    with pytest.raises(RunError, match="seen"):
        run_masked(config("debug=tiny", "masked.windows=500", f"masked.texts={texts}"), tmp_path)
    assert {f"s/{d.id}" for d in held_out}.isdisjoint(seen) and len(seen) > 50


@pytest.mark.slow
def test_an_encoder_learns_to_guess_and_runs_go_on_from_it(tmp_path: Path) -> None:
    texts = written(tmp_path / "texts.jsonl", own("train")[:150])
    asked = ["debug=tiny", "trainer.tracker=null", "masked.windows=600", f"masked.texts={texts}", "masked.capacity=96"]
    figures = run_masked(config(*asked, "masked.learning_rate=0.01"), tmp_path / "masked")
    assert figures["loss_after"] < figures["loss_before"] - 1 and figures["accuracy_after"] > figures["accuracy_before"]
    assert json.loads((tmp_path / "masked/masked.json").read_text("utf-8"))["figures"] == figures
    going = ["debug=tiny", "trainer.tracker=null", "export=false", "fit_bias=false", "trainer.learning_rate=1e-6"]
    encoder = f"encoder.path={tmp_path}/masked/encoder"
    run_training(config(*going, "encoder.name=local", encoder), tmp_path / "on")
    learnt, on = (weights(tmp_path / name) for name in ("masked/encoder", "on/model"))
    assert apart(learnt, {name.removeprefix("encoder."): w for name, w in on.items()}) < 1e-3, "it begins with it"

    run_masked(config(*asked, f"start={tmp_path}/on"), tmp_path / "further")
    further = weights(tmp_path / "further/model")
    heads = {name for name in on if not name.startswith("encoder.")}
    assert heads and all(torch.equal(on[name], further[name]) for name in heads), "heads are left alone"
    assert apart(on, further) > 1e-4, "the encoder is not"
    assert isinstance(JointModel.from_pretrained(tmp_path / "further/model"), JointModel)


def weights(folder: Path) -> dict[str, torch.Tensor]:
    from safetensors.torch import load_file

    return load_file(folder / "model.safetensors")


def apart(some: dict[str, torch.Tensor], others: dict[str, torch.Tensor]) -> float:
    """How far the weights that both have are apart at most."""
    shared = some.keys() & others.keys()
    assert shared
    return max(float((some[name] - others[name]).abs().max()) for name in shared)
