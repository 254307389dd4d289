"""A whole run in-process, and what goes into it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from ..conftest import ROOT

torch = pytest.importorskip("torch")

from hydra import compose, initialize_config_dir  # noqa: E402
from omegaconf import OmegaConf  # noqa: E402

from ssner.corpus.store import load_documents  # noqa: E402
from ssner.decoding.bio import labels_to_spans  # noqa: E402
from ssner.decoding.pairs import PAIR_FEATURES  # noqa: E402
from ssner.inference.predictor import Predictor  # noqa: E402
from ssner.model.heads import MentionHeads, range_maximum  # noqa: E402
from ssner.training.augmentation import lose_half_spaces  # noqa: E402
from ssner.training.features import document_windows  # noqa: E402
from ssner.training.run import RunError, run_training  # noqa: E402


def config(*overrides: str):
    with initialize_config_dir(str(ROOT / "configs"), version_base="1.3"):
        composed = compose("train", overrides=[f"data.root={ROOT}", f"data.shared={ROOT}/nowhere", *overrides])
    OmegaConf.resolve(composed)
    return composed


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "configs/experiment").glob("*.yaml")))
def test_each_recipe_composes_and_differs_from_the_default_run(name: str) -> None:
    changed = config(f"experiment={name}", "teacher.run=runs/teacher")
    default = config("teacher.run=runs/teacher")
    assert changed != default and set(changed) == set(default), "it sets what the default run has, and nothing else"
    assert set(changed.trainer) == set(default.trainer) and set(changed.data) == set(default.data)


@pytest.mark.parametrize("path", sorted((ROOT / "configs/experiment").glob("*.yaml")), ids=lambda p: p.stem)
def test_what_a_recipe_says_holds(path: Path) -> None:
    said = OmegaConf.load(path)
    said.pop("defaults", None)
    composed = config(f"experiment={path.stem}", "teacher.run=runs/teacher")
    if "teacher" in said:
        said.teacher.run = "runs/teacher"  # the one value that a recipe leaves open
    assert OmegaConf.merge(composed, said) == composed


def test_the_large_recipe_takes_parsbert_and_another_encoder_beside_it() -> None:
    assert config("experiment=large").encoder.path == "HooshvareLab/bert-fa-base-uncased"
    assert config("experiment=large", "encoder=xlm_roberta").encoder.path == "FacebookAI/xlm-roberta-base"


@pytest.mark.slow
def test_a_tiny_run_ends_with_a_model_that_reads(tmp_path: Path) -> None:
    figures = run_training(config("debug=tiny", "trainer.tracker=null"), tmp_path)
    assert {"entities_f1", "relations_f1", "attributes_f1", "selection"} <= set(figures)
    record = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert record["commit"] and len(record["corpus"]) == 64 and record["left_out"] > 0
    assert json.loads((tmp_path / "metrics.json").read_text("utf-8")) == figures
    assert OmegaConf.load(tmp_path / "config.yaml").seed == 13
    document = Predictor(tmp_path / "export")("سازمان تأمین اجتماعی ۹۰ میلیارد ریال پرداخت.")
    assert document.text


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    settings = config("debug=tiny", "trainer.tracker=null", "export=false", "fit_bias=false", "data.limit=2")
    first = run_training(settings, tmp_path / "a")
    assert first == run_training(settings, tmp_path / "b")
    one, two = ((tmp_path / d / "model/model.safetensors").read_bytes() for d in "ab")
    assert one == two


def test_no_documents_is_one_line(tmp_path: Path) -> None:
    settings = config("debug=tiny", "data.collections=[news]")
    with pytest.raises(RunError, match="no documents to train on"):
        run_training(settings, tmp_path)


@pytest.mark.parametrize("group", ["parsbert", "parsbert_zwnj", "xlm_roberta", "embedded"])
def test_every_encoder_has_a_configuration(group: str) -> None:
    assert config(f"encoder={group}").encoder.name == group


def test_windows_keep_every_mention_and_every_relation() -> None:
    for document in list(load_documents(ROOT, ROOT, collections=("own",)))[:12]:
        windows = document_windows(document, lambda forms: [2] * len(forms), 120)
        seen_relations = set()
        mentions = set()
        for window in windows:
            spans = labels_to_spans(window["labels"])
            assert len(spans) == len(window["mentions"])
            for h, t, label in window["relations"]:
                key = tuple(" ".join(window["forms"][slice(*window["mentions"][i][:2])]) for i in (h, t))
                seen_relations.add((label, *key))
            mentions |= {" ".join(window["forms"][first:last]) for first, last, _ in spans}
        assert len(mentions) == len({" ".join(_words(document, e)) for e in document.entities})
        assert len(seen_relations) <= len(document.relations)
        assert len(seen_relations) >= 0.9 * len({(r.type, r.head, r.tail) for r in document.relations})


def _words(document, entity) -> list[str]:
    from ssner.text import segment

    return [w.form for w in segment(document.text).words if entity.start <= w.start and w.end <= entity.end]


def test_half_spaces_are_lost_at_the_rate_asked_for() -> None:
    forms = ["بیمارستان\u200cها", "رفت"]
    assert lose_half_spaces(forms, random.Random(0), 0.0) is forms
    assert lose_half_spaces(forms, random.Random(0), 1.0) == ["بیمارستانها", "رفت"]


def test_greatest_over_ranges_is_that_of_each_range() -> None:
    torch.manual_seed(0)
    for count in (1, 2, 3, 8, 65, 300):
        rows = torch.randn(count, 3)
        ends = torch.randint(0, count, (100, 2)).sort(dim=1).values
        want = torch.stack([rows[low : high + 1].amax(dim=0) for low, high in ends.tolist()])
        assert torch.equal(range_maximum(rows, ends[:, 0], ends[:, 1]), want)


def test_heads_take_spans_that_overlap_and_forbid_what_no_signature_allows() -> None:
    torch.manual_seed(0)
    heads = MentionHeads(16, 32, 1, 2, 8, 0.0).eval()
    mentions = torch.tensor([[0, 4, 1], [2, 5, 1], [6, 7, 2]])
    pairs = torch.tensor([[0, 1], [0, 2]])
    features = torch.zeros(2, len(PAIR_FEATURES), dtype=torch.long)
    features[:, list(PAIR_FEATURES).index("signature")] = torch.tensor([6, 7])
    event, status, relation = heads(torch.randn(9, 16), mentions, pairs, features)
    assert event.shape == (3, 4) and status.shape == (3, 3)
    assert torch.isfinite(relation).all() and relation.abs().max() <= 1e4
    allowed = relation > -1e3
    assert allowed.sum(dim=1).tolist() == [2, 2], "none and PART_OF; none and COSTS"
