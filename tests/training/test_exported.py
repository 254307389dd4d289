"""An export can be trained further: its weights come back out of its graphs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..conftest import ROOT
from .test_training import config

pytest.importorskip("torch")

import torch
from transformers import AutoTokenizer

from ssner.decoding.reader import DocumentReader
from ssner.decoding.tokenization import WordTokenizer
from ssner.document import Document
from ssner.inference.predictor import Predictor, pretrained_folder
from ssner.model.configuration import JointConfig
from ssner.model.modeling import JointModel
from ssner.model.scorer import TorchScorer
from ssner.training.encoders import EncoderError, load_encoder, load_trained
from ssner.training.export import export_model
from ssner.training.exported import load_exported
from ssner.training.run import run_training

SMALL = {"mention_size": 32, "mention_heads": 2, "context_size": 16, "window": 96, "relation_bias": 0.4}


@pytest.fixture(scope="module")
def small() -> tuple[JointModel, AutoTokenizer]:
    torch.manual_seed(3)
    model, tokenizer = load_encoder("tiny", None, JointConfig(**SMALL))
    for parameter in model.parameters():  # biases and layer norms too: as they begin they would all look alike
        torch.nn.init.normal_(parameter, std=0.1)
    return model, tokenizer


def test_every_weight_of_an_export_in_floats_comes_back(
    small: tuple[JointModel, AutoTokenizer], tmp_path: Path
) -> None:
    model, tokenizer = small
    export_model(model, tokenizer, tmp_path / "export", quantize=False)
    again, words = load_trained(tmp_path / "export")
    assert again.config.relation_bias == 0.4 and again.config.window == 96
    for name, weight in model.state_dict().items():
        assert torch.equal(again.state_dict()[name], weight), name
    text = "بیمارستان شهید رهنمون یزد ۲۱ تخت دارد."
    assert words(text)["input_ids"] == tokenizer(text)["input_ids"] and words.pad_token_id == tokenizer.pad_token_id


def test_weights_of_an_export_in_int8_come_back_within_half_a_step(
    small: tuple[JointModel, AutoTokenizer], tmp_path: Path
) -> None:
    model, tokenizer = small
    export_model(model, tokenizer, tmp_path / "export", quantize=True)
    again = load_exported(tmp_path / "export").state_dict()
    changed = 0
    for name, weight in model.state_dict().items():
        step = weight.abs().max().item() / 100
        assert torch.allclose(again[name], weight, atol=step), name
        changed += not torch.equal(again[name], weight)
    assert changed > 10  # else nothing was in int8


def test_the_model_in_the_package_reads_in_floats_what_it_reads_in_int8() -> None:
    model, tokenizer = load_trained(pretrained_folder())
    reader = DocumentReader(TorchScorer(model, WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)))
    text = (ROOT / "seeds" / "s003.txt").read_text("utf-8")
    floats, shipped = (
        {(e.type, e.start, e.end) for e in d.entities} for d in (reader.read(Document("d", text)), Predictor()(text))
    )
    assert len(shipped) > 20 and len(floats & shipped) >= 0.95 * len(floats | shipped)


def test_an_export_is_trained_further(small: tuple[JointModel, AutoTokenizer], tmp_path: Path) -> None:
    export_model(*small, tmp_path / "export", quantize=False)
    run_training(config("debug=tiny", f"start={tmp_path / 'export'}"), tmp_path / "run")
    again = JointModel.from_pretrained(tmp_path / "run" / "model")
    assert again.config.mention_size == SMALL["mention_size"]


def test_an_export_that_lacks_weights_is_one_line(small: tuple[JointModel, AutoTokenizer], tmp_path: Path) -> None:
    export_model(*small, tmp_path / "export", quantize=False)
    shutil.copy(tmp_path / "export/mentions.onnx", tmp_path / "export/words.onnx")
    with pytest.raises(EncoderError, match="weights are not in its graphs"):
        load_trained(tmp_path / "export")
    (tmp_path / "export/words.onnx").write_bytes(b"no graph")
    with pytest.raises(EncoderError, match=r"words\.onnx is damaged"):
        load_trained(tmp_path / "export")
