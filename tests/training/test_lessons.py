"""Learning from a model of ours: what it says of windows, texts that nobody annotated, a whole run."""

from __future__ import annotations

import json
import lzma
import re
from pathlib import Path

import numpy as np
import pytest

from ..conftest import ROOT
from .test_training import config

torch = pytest.importorskip("torch")

from ssner.corpus.store import CorpusError, load_documents  # noqa: E402
from ssner.decoding.pairs import MentionSpan, candidate_pairs  # noqa: E402
from ssner.decoding.tokenization import WordTokenizer  # noqa: E402
from ssner.document import Document  # noqa: E402
from ssner.inference.session import OnnxScorer  # noqa: E402
from ssner.model.configuration import JointConfig  # noqa: E402
from ssner.model.imitation import imitation_loss  # noqa: E402
from ssner.model.modeling import EncoderDropouts, JointModel  # noqa: E402
from ssner.model.scorer import TorchScorer  # noqa: E402
from ssner.training.encoders import EncoderError, load_encoder, load_trained  # noqa: E402
from ssner.training.features import make_dataset  # noqa: E402
from ssner.training.lessons import TaughtCollator, teach, unlabelled_dataset  # noqa: E402
from ssner.training.run import RunError, run_training  # noqa: E402
from ssner.training.teachers import EnsembleScorer, teacher_runs  # noqa: E402
from ssner.training.unlabelled import HeldOut, unlabelled_texts  # noqa: E402

SMALL = {"mention_size": 32, "mention_layers": 1, "mention_heads": 2, "context_size": 16, "window": 96, "dropout": 0.0}


@pytest.fixture(scope="module")
def tiny() -> tuple[JointModel, WordTokenizer]:
    torch.manual_seed(0)
    model, tokenizer = load_encoder("tiny", None, JointConfig(**SMALL))
    with torch.no_grad():  # so that it finds mentions
        model.classifier.bias[1::2] += 1.0
    return model.eval(), WordTokenizer(tokenizer.backend_tokenizer, tokenizer.pad_token_id)


def test_a_student_that_is_its_teacher_has_nothing_to_learn_and_another_has(tiny) -> None:
    model, words = tiny
    documents = list(load_documents(ROOT, ROOT, collections=("own",)))[:2]
    dataset = make_dataset(documents, words.piece_counts, 96)
    bare = unlabelled_dataset(iter(documents), words.piece_counts, [96], 3, dataset.features)
    assert bare["labels"][:] == [[], [], []]
    batch = TaughtCollator(words, teacher=TorchScorer(model, words))([*dataset.select(range(2)), *bare])
    assert [gold is None for gold in batch["gold"]] == [False, False, True, True, True]
    assert sum(len(lesson.mentions) for lesson in batch["lessons"]) > 0
    with torch.no_grad():
        same = model(**batch)
        itself = imitation_loss(model.heads, same.logits, same.states, batch["lessons"])
        other = JointModel(model.config).eval()
        output = other(**batch)
        far = imitation_loss(other.heads, output.logits, output.states, batch["lessons"])
    assert abs(float(itself)) < 0.01 < 0.1 < float(far), "but for what it says of sentences alone"
    assert torch.isfinite(output.loss)


def test_answers_that_the_teacher_is_not_sure_of_teach_nothing(tiny) -> None:
    model, words = tiny
    documents = list(load_documents(ROOT, ROOT, collections=("own",)))[:2]
    dataset = make_dataset(documents, words.piece_counts, 96).select(range(3))
    batch = TaughtCollator(words, teacher=TorchScorer(model, words))([*dataset])
    with torch.no_grad():
        other = JointModel(model.config).eval()
        output = other(**batch)
        losses = [
            float(imitation_loss(other.heads, output.logits, output.states, batch["lessons"], least))
            for least in (0.0, 0.3, 1.1)
        ]
    states = (
        2.0
        * torch.nn.functional.mse_loss(
            torch.cat([output.states[i, : len(g.states)] for i, g in enumerate(batch["lessons"])]),
            torch.cat([g.states for g in batch["lessons"]]),
        )
        / torch.cat([g.states for g in batch["lessons"]]).var()
    )
    assert losses[0] > losses[1] > losses[2]
    assert abs(losses[2] - float(states)) < 1e-5, "of answers that nobody is sure of the states alone are left"


def test_several_teachers_answer_with_the_mean_of_their_probabilities(tiny) -> None:
    model, words = tiny
    torch.manual_seed(5)
    wide, _ = load_encoder("tiny", None, JointConfig(**SMALL))
    scorers = [TorchScorer(model, words), TorchScorer(wide.eval(), words)]
    forms = ["سازمان", "۱۲", "تخت", "خرید", "."]
    (together, states), *_ = EnsembleScorer(scorers).encode([forms])
    each = [scorer.encode([forms])[0] for scorer in scorers]
    assert np.allclose(np.exp(together), np.mean([np.exp(scores) for scores, _ in each], axis=0), atol=1e-6)
    spans = [MentionSpan(0, 1, 0), MentionSpan(1, 3, 3)]
    pairs, features = candidate_pairs(spans, [0] * 5)
    asked = np.array(spans, dtype=np.int64), pairs, features
    ensemble = EnsembleScorer(scorers)
    ensemble.encode([forms])
    answers = [scorer.relate(own, *asked) for scorer, (_, own) in zip(scorers, each, strict=True)]
    for place, mean in enumerate(ensemble.relate(states, *asked)):
        singly = [np.exp(a[place]) / np.exp(a[place]).sum(axis=-1, keepdims=True) for a in answers]
        assert np.allclose(np.exp(mean), np.mean(singly, axis=0), atol=1e-6)
        assert np.isfinite(mean).all()


def test_a_teacher_tells_the_mean_of_the_window_and_of_its_sentences_alone(tiny) -> None:
    model, words = tiny
    forms, ordinals = (
        ["سازمان", "۱۲", "تخت", "خرید", ".", "وزارت", "۳", "میلیارد", "تومان", "داد", "."],
        [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2],
    )
    scorer = TorchScorer(model, words)
    whole, *alone = (scores for scores, _ in scorer.encode([forms, forms[:5], forms[5:8], forms[8:]]))
    mean = (whole + np.concatenate(alone)) / 2
    told = teach(scorer, forms, ordinals).log_probabilities.numpy()
    assert np.allclose(np.exp(told).sum(axis=1), 1.0, atol=1e-5)
    assert np.allclose(told - told[:, :1], mean - mean[:, :1], atol=1e-4)
    assert not np.allclose(whole, mean, atol=1e-4)
    both = teach(scorer, forms, [0] * 5 + [1] * 6).log_probabilities.numpy()
    assert np.allclose(both, whole, atol=1e-4), "a window of two sentences is read once"


def test_a_batch_that_nobody_annotated_has_a_loss_and_gradients(tiny) -> None:
    model, words = tiny
    documents = list(load_documents(ROOT, ROOT, collections=("own",)))[:1]
    features = make_dataset(documents, words.piece_counts, 96).features
    bare = unlabelled_dataset(iter(documents), words.piece_counts, [96], 2, features)
    student = JointModel(model.config)
    loss = student(**TaughtCollator(words, teacher=TorchScorer(model, words))(list(bare))).loss
    loss.backward()
    assert torch.isfinite(loss) and float(loss.detach()) > 0
    assert float(student.heads.relation[0].weight.grad.abs().sum()) > 0


def test_texts_near_held_out_ones_and_texts_without_numbers_are_left_out(tmp_path: Path) -> None:
    held_out = Document("x", "۱۲ تخت تازه به بخش دیالیز بیمارستان افزوده شد و مدیر آن گفت ۳ دستگاه دیگر می‌آید.")
    rows = [
        {"src": "a", "id": 1, "title": "", "text": held_out.text + " این را ۵ خبرنگار نوشتند."},
        {"src": "a", "id": 2, "title": "", "text": "هوا امروز آفتابی است و باد آرامی می‌وزد."},
        {"src": "a", "id": 3, "title": "وام", "text": "صندوق ۴۰ میلیون تومان وام به ۱۲ نفر داد."},
    ]
    path = tmp_path / "news.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join(json.dumps(r, ensure_ascii=False) for r in rows).encode()))
    assert [d.id for d in unlabelled_texts(path, HeldOut([held_out]), [], 0)] == ["a/3"]
    assert [d.id for d in unlabelled_texts(path, HeldOut([]), ["بیمارستان"], 0)] == ["a/1", "a/3"]
    assert [d.id for d in unlabelled_texts(path, HeldOut([]), ["صندوق", "وام"], 0)] == ["a/3", "a/1"]


def test_a_held_out_text_is_known_by_name_where_it_is_not_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held_out = HeldOut.of_corpus(ROOT, tmp_path)
    assert held_out.absent == 100 and "100 documents of dev and test are not in" in capsys.readouterr().out
    source, _, number = min(held_out.names - {f"seeds/{d.id}.txt" for d in held_out.documents}).partition("/")
    path = tmp_path / "news.jsonl"
    rows = [
        {"src": source, "id": i, "title": "", "text": "صندوق ۴۰ میلیون تومان وام به ۱۲ نفر داد."} for i in (number, "x")
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    assert [d.id for d in unlabelled_texts(path, held_out, [], 0)] == [f"{source}/x"]


@pytest.mark.parametrize(
    "line", ["{", '{"src": "a", "id": 1, "text": "b"}', '{"src": "a", "id": 1, "title": null, "text": "b"}']
)
def test_a_damaged_file_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(CorpusError, match=r"news\.jsonl: damaged after line"):
        next(unlabelled_texts(path, HeldOut([]), [], 0))


def test_a_plain_encoder_is_no_run_to_go_on_from(tmp_path: Path) -> None:
    model, _ = load_encoder("tiny", None, JointConfig(**SMALL))
    model.encoder.save_pretrained(tmp_path / "model")
    with pytest.raises(EncoderError, match=r"holds no joint model.*encoder\.path="):
        load_trained(tmp_path)


def test_layers_and_windows_that_an_encoder_has_not_are_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="layers must be 2 to 12, not 1"):
        load_encoder("embedded", None, JointConfig(**SMALL), layers=1)
    with pytest.raises(RunError, match=r"model\.window=511: this encoder reads 510 sub-tokens at most"):
        run_training(config("debug=tiny", "model.window=511"), tmp_path)


def test_a_run_without_a_model_teaches_nobody(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="holds no trained model"):
        load_trained(tmp_path, config().trainer, None)


def test_no_hub_is_asked_for_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        pytest.fail("a folder that is not there was taken for a name on a hub")

    monkeypatch.setattr(JointModel, "from_pretrained", asked)
    with pytest.raises(EncoderError, match="holds no trained model"):
        load_trained(Path("no_such_run"))


def test_a_round_up_that_holds_a_held_out_brief_is_left_out(tmp_path: Path) -> None:
    brief = "صندوق بازنشستگی شهرداری ۴۰ میلیون تومان وام به ۱۲ نفر از کارکنان خود داد."
    long = " ".join(f"در شهر {i} امروز {i + 3} کارگاه تازه گشوده شد و {i * 7} تن به کار رفتند." for i in range(40))
    path = tmp_path / "news.jsonl"
    row = {"src": "a", "id": 1, "title": "", "text": f"{long} {brief} {long}"}
    path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    assert list(unlabelled_texts(path, HeldOut([Document("x", brief)]), [], 0)) == []
    assert len(list(unlabelled_texts(path, HeldOut([]), [], 0))) == 1


@pytest.mark.slow
def test_a_run_taught_by_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = ["debug=tiny", "trainer.tracker=null", "fit_bias=false"]
    run_training(config(*settings), tmp_path / "first")
    texts = tmp_path / "news.jsonl"
    row = {"src": "a", "id": 1, "title": "", "text": "صندوق ۴۰ میلیون تومان وام به ۱۲ نفر داد. " * 9}
    texts.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    taught = config(*settings, f"teacher.run={tmp_path}/first", f"teacher.texts={texts}", "teacher.capacities=[96,48]")
    run_training(taught, tmp_path / "second", OnnxScorer(tmp_path / "first/export"))
    assert re.search(rf"[1-9]\d* windows of {re.escape(str(texts))} that nobody annotated", capsys.readouterr().out)
    records = [json.loads((tmp_path / name / "run.json").read_text("utf-8")) for name in ("first", "second")]
    assert records[0]["teacher"] is None and len(records[1]["teacher"]) == 64
    assert 0 < _moved(tmp_path / "first", tmp_path / "second") < 0.1, "it begins with its teacher's weights"
    both = config(
        *settings,
        f"teacher.run=[{tmp_path}/first,{tmp_path}/second]",
        f"teacher.texts={texts}",
        "teacher.capacities=[96]",
        "export=false",
    )
    assert teacher_runs(both) == [tmp_path / "first", tmp_path / "second"]
    run_training(both, tmp_path / "third", EnsembleScorer([OnnxScorer(run / "export") for run in teacher_runs(both)]))
    assert 0 < _moved(tmp_path / "first", tmp_path / "third") < 0.1, "it begins with the first one's weights"
    assert json.loads((tmp_path / "third" / "run.json").read_text("utf-8"))["teacher"].count(",") == 1


@pytest.mark.slow
def test_a_run_that_goes_on_from_another_and_is_taught_by_a_third(tmp_path: Path) -> None:
    settings = ["debug=tiny", "trainer.tracker=null", "fit_bias=false"]
    run_training(config(*settings), tmp_path / "teacher")
    run_training(config(*settings, "seed=2", "export=false"), tmp_path / "first")
    further = config(
        *settings, f"start={tmp_path}/first", f"teacher.run={tmp_path}/teacher", f"teacher.texts={tmp_path}/none",
        "teacher.capacities=[96]",
        "export=false",
    )  # fmt: skip
    run_training(further, tmp_path / "further", OnnxScorer(tmp_path / "teacher/export"))
    record = json.loads((tmp_path / "further/run.json").read_text("utf-8"))
    assert len(record["start"]) == len(record["teacher"]) == 64
    assert (
        0 < _moved(tmp_path / "first", tmp_path / "further") < 0.1 < _moved(tmp_path / "teacher", tmp_path / "further")
    )


def _moved(begun: Path, ended: Path) -> float:
    """How far the weights of two runs are apart at most."""
    first, _ = load_trained(begun, EncoderDropouts(), None)
    last = JointModel.from_pretrained(ended / "model")
    both = zip(first.parameters(), last.parameters(), strict=True)
    return max(float((a - b).detach().abs().max()) for a, b in both)
