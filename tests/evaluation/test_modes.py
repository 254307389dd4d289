from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ssner.corpus.brat import document_to_brat
from ssner.corpus.store import IndexEntry, text_hash, write_index
from ssner.document import Document, Entity, Filler, Relation, dump_jsonl
from ssner.evaluation.metrics_schema import metrics_schema
from ssner.evaluation.modes import run_evaluation
from ssner.evaluation.settings import Outcome
from ssner.evaluation.systems import System

from .builders import GOLD, confident

EMPTY = GOLD.with_(entities=(), relations=(), canonical=(), events=())
NAMES = ("s1", "s2", "s3")


def reference(entity: Entity) -> dict[str, Any]:
    return {"entity": entity.id, "text": entity.text}


def gold_json(document: Document) -> dict[str, Any]:
    """The gold file of a document (see `ssner.corpus.gold`)."""
    by_id = {e.id: e for e in document.entities}
    things = {c.id: by_id[c.mentions[0]] for c in document.canonical}

    def filled(fillers: Sequence[Filler]) -> list[dict[str, Any]]:
        return [reference(by_id[f.entity] if f.entity else things[f.canonical or ""]) for f in fillers]

    return {
        "values": [reference(e) | {"value": e.value.to_json()} for e in document.entities if e.value],
        "canonical": [[reference(by_id[m]) for m in c.mentions] for c in document.canonical],
        "events": [
            {
                "type": e.type, "status": e.status, "roles": {n: filled(f) for n, f in e.roles.items()},
                "officials": filled(e.officials),
            }
            for e in document.events
        ],
    }  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A repository with three documents of our own in test, one of them with gold events, and one in train."""
    root = tmp_path / "repository"
    for folder in ("annotations/own", "annotations/gold", "seeds"):
        (root / folder).mkdir(parents=True)
    entries = []
    for name, split in (*((n, "test") for n in NAMES), ("s4", "train")):
        text = GOLD.text + f"\nپایان {name}"
        document = GOLD.with_(id=name, text=text)
        (root / f"seeds/{name}.txt").write_bytes(text.encode())
        (root / f"annotations/own/{name}.ann").write_text(document_to_brat(document), "utf-8")
        entries.append(IndexEntry(name, "own", "seeds/", f"{name}.txt", text_hash(text), split))
    write_index(root / "annotations", entries)
    (root / "annotations/gold/s1.json").write_text(json.dumps(gold_json(GOLD)), "utf-8")
    return root


def predictions(root: Path, document: Document, names: Sequence[str] = NAMES) -> Path:
    """A JSONL file that predicts the same for each document, under ids of its own."""
    path = root.parent / f"{len(list(root.parent.iterdir()))}.jsonl"
    found = [document.with_(id=f"{n}.txt", text=document.text + f"\nپایان {n}") for n in names]
    path.write_text("".join(f"{line}\n" for line in dump_jsonl(found)), "utf-8")
    return path


def no_model(folder: Path | None, gold: Sequence[Document], related: bool) -> System:
    raise AssertionError("no model was named")


def perfect_model(folder: Path | None, gold: Sequence[Document], related: bool) -> System:
    """Knows all, but half as many relations when its folder is called `weak`."""
    known = [confident(d) for d in gold]
    if folder is not None and "weak" in str(folder):
        known = [d.with_(relations=d.relations[::2]) for d in known]
    return System(
        str(folder or "the model in the package"), "model", "0" * 64, tuple(known), tuple(gold) if related else ()
    )


def run(root: Path, model: Any = no_model, **options: Any) -> Outcome:
    chosen: Mapping[str, Any] = {
        "root": str(root), "shared": str(root / "none"), "output": str(root / "out"), "split": "test",
        "collections": ["own"], "contexts": "own", "against": "previous", "calibration": None, "draws": 200, "seed": 0,
        "compare": {"a": None, "b": None}, "runs": [], "learning_curve": [], "calibrate": False,
        "calibrate_on_real": [], "predictions": None, "model_path": None, "robustness": False, **options,
    }  # fmt: skip
    outcome = run_evaluation(chosen, model)
    for name, content in outcome.files.items():
        path = root / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return outcome


def figure(outcome: Outcome, name: str) -> tuple[float, float, float, int]:
    f = outcome.figures["figures"][name]
    return f["f1"], f["low"], f["high"], f["documents"]


def test_a_perfect_file_scores_one_everywhere(corpus: Path) -> None:
    outcome = run(corpus, predictions=str(predictions(corpus, confident(GOLD))))
    for name, f in outcome.figures["figures"].items():
        assert (f["f1"], f["low"], f["high"]) == (1.0, 1.0, 1.0), name
    assert figure(outcome, "entities")[3] == 3
    assert figure(outcome, "events")[3] == figure(outcome, "facts")[3] == 1
    assert outcome.figures["errors"]["causes"] == {}
    assert outcome.lines[0] == "3 of 3 predictions are for the split's 3 documents"


def test_an_empty_file_scores_zero_everywhere(corpus: Path) -> None:
    path = corpus.parent / "empty.jsonl"
    path.write_text("", "utf-8")
    outcome = run(corpus, predictions=str(path))
    for name in ("entities", "relations", "values", "events", "facts"):
        assert figure(outcome, name)[:3] == (0.0, 0.0, 0.0), name
    assert outcome.figures["evaluated"]["missing"] == 3
    assert "3 documents have no prediction and count as empty" in outcome.lines
    assert outcome.figures["errors"]["causes"] == {"mention missed": {"mistakes": 24, "cost": 3 * 21}}
    assert "carry no confidence" in outcome.files["report.html"]


def test_documents_without_entities_score_as_those_without_a_prediction(corpus: Path) -> None:
    of_empty = run(corpus, predictions=str(predictions(corpus, EMPTY))).figures
    assert of_empty["figures"]["relations"]["f1"] == 0.0
    assert of_empty["evaluated"]["missing"] == 0


def test_predictions_for_unknown_documents_only_are_refused(corpus: Path) -> None:
    path = predictions(corpus, GOLD, ["s8", "s9"])
    with pytest.raises(ValueError, match="none of its 2 documents is of this split"):
        run(corpus, predictions=str(path))


def test_some_unknown_documents_are_told_and_left_aside(corpus: Path) -> None:
    outcome = run(corpus, predictions=str(predictions(corpus, GOLD, ["s1", "s9"])))
    assert outcome.lines[:2] == (
        "1 of 2 predictions are for the split's 3 documents", "2 documents have no prediction and count as empty",
    )  # fmt: skip
    assert outcome.figures["figures"]["entities"]["recall"] == pytest.approx(1 / 3)


def test_two_predictions_for_one_document_are_refused(corpus: Path) -> None:
    with pytest.raises(ValueError, match="two predictions are for document 's1'"):
        run(corpus, predictions=str(predictions(corpus, GOLD, ["s1", "s1"])))


def test_a_broken_line_is_named(corpus: Path) -> None:
    path = predictions(corpus, GOLD)
    path.write_text(path.read_text("utf-8") + "{\n", "utf-8")
    with pytest.raises(ValueError, match=rf"{path.name}:4: "):
        run(corpus, predictions=str(path))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"predictions": "nowhere.jsonl"}, "nowhere.jsonl: is not there"),
        ({"split": "tests"}, "split=tests is not one of train, dev, test"),
        ({"split": "dev"}, "no document of the split dev has its text here"),
        ({"contexts": "some"}, "contexts=some is not one of own, all"),
        ({"draws": 3}, "draws=3"),
        ({"predictions": "a", "model_path": "b"}, "predictions and model_path do not go together"),
        ({"calibrate": True, "runs": ["a"]}, "runs and calibrate do not go together"),
        ({"predictions": "a", "runs": ["a", "b"]}, "predictions and runs do not go together"),
        ({"compare": {"a": "x", "b": None}}, "compare.a= needs compare.b="),
        ({"runs": ["a"]}, "runs= needs two runs or more"),
        ({"learning_curve": "nowhere"}, "needs the folders of two training runs or more"),
    ],
)
def test_options_that_make_no_sense_are_refused(corpus: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run(corpus, **options)


def test_metrics_are_of_their_schema(corpus: Path) -> None:
    for model_path in ("weak", "strong"):
        (corpus / model_path).mkdir()
        run(corpus, perfect_model, model_path=str(corpus / model_path))
        written = json.loads((corpus / "out/metrics.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(metrics_schema()).validate(written)
    assert written["verdict"] is not None
    assert json.loads((corpus / "out/metrics.schema.json").read_text("utf-8")) == metrics_schema()


def test_the_verdict_is_against_the_run_before(corpus: Path) -> None:
    (corpus / "weak").mkdir()
    first = run(corpus, perfect_model, model_path=str(corpus / "weak"))
    assert first.figures["verdict"] is None
    second = run(corpus, perfect_model)
    assert "better in relations (+25.0)" in second.lines[-1]
    assert second.figures["verdict"]["sentence"] in second.files["report.md"]
    same = run(corpus, perfect_model)
    assert same.lines[-1].endswith("score the same.")


def test_a_named_run_must_be_there_and_of_this_version(corpus: Path) -> None:
    with pytest.raises(ValueError, match=r"against=nowhere: nowhere: is not there"):
        run(corpus, no_model, against="nowhere")  # before a model is run
    old = corpus / "old.json"
    old.write_text('{"metrics_version": 1}', "utf-8")
    with pytest.raises(ValueError, match="are metrics of version 1, not 2"):
        run(corpus, perfect_model, against=str(old))


def test_where_the_gold_has_changed_nothing_is_compared(corpus: Path) -> None:
    run(corpus, perfect_model)
    for name in NAMES:
        path = corpus / f"annotations/own/{name}.ann"
        path.write_text(path.read_text("utf-8").replace("Status T7 COMPLETED", "Status T7 PLANNED"), "utf-8")
    (corpus / "annotations/gold/s1.json").unlink()
    assert run(corpus, perfect_model).figures["verdict"] is None
    elsewhere = json.loads((corpus / "out/metrics.json").read_text("utf-8"))
    elsewhere["on"]["gold"] = dict.fromkeys(NAMES, "another")
    (corpus / "elsewhere.json").write_text(json.dumps(elsewhere), "utf-8")
    with pytest.raises(ValueError, match="no document in common"):
        run(corpus, perfect_model, against=str(corpus / "elsewhere.json"))


def test_gold_without_all_values_is_not_scored_on_events(corpus: Path) -> None:
    path = corpus / "annotations/gold/s1.json"
    data = json.loads(path.read_text("utf-8"))
    data["values"] = data["values"][1:]
    path.write_text(json.dumps(data), "utf-8")
    metrics = run(corpus, perfect_model).figures
    assert metrics["documents_with_events"] == 0
    assert "events" not in metrics and metrics["headline"] == ["entities", "relations"]


def test_compare(corpus: Path) -> None:
    (corpus / "weak").mkdir()
    pair = {"a": str(corpus / "weak"), "b": str(predictions(corpus, GOLD))}
    outcome = run(corpus, perfect_model, compare=pair)
    assert "Relations: B is better by 25.0 points" in "\n".join(outcome.lines)
    assert set(outcome.files) == {
        "comparison.json", "comparison.md", "comparison.html", "figures/differences.svg",
    }  # fmt: skip
    turned = run(corpus, perfect_model, compare={"a": None, "b": str(corpus / "weak")})
    assert "Relations: B is worse by 25.0 points" in "\n".join(turned.lines)


def test_spread_of_runs(corpus: Path) -> None:
    (corpus / "weak").mkdir()
    outcome = run(corpus, perfect_model, runs=[str(corpus / "weak"), str(predictions(corpus, GOLD))])
    (row,) = [r for r in outcome.figures["rows"] if r["name"] == "relations"]
    assert (row["least"], row["most"], row["mean"]) == pytest.approx((0.75, 1.0, 0.875))
    assert row["deviation"] == pytest.approx(0.25 / 2**0.5)


def training_run(folder: Path, documents: int) -> None:
    (folder / "export").mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"documents": {"train": documents}}), "utf-8")


def test_learning_curve(corpus: Path) -> None:
    training_run(corpus / "sweep/weak0", 50)
    training_run(corpus / "sweep/weak1", 100)
    training_run(corpus / "sweep/2", 400)
    outcome = run(corpus, perfect_model, learning_curve=str(corpus / "sweep"))
    assert outcome.figures["training_documents"] == [50, 100, 400]
    (row,) = [r for r in outcome.figures["rows"] if r["name"] == "relations"]
    assert row["f1"] == pytest.approx((0.75, 0.75, 1.0))
    assert row["end"] == pytest.approx({"slope": 0.125, "low": 0.125, "high": 0.125})  # two doublings
    assert "figures/learning_curve.svg" in outcome.files


def test_a_learning_curve_needs_runs_of_different_sizes_with_exports(corpus: Path) -> None:
    training_run(corpus / "a", 50)
    training_run(corpus / "b", 50)
    with pytest.raises(ValueError, match="as many documents"):
        run(corpus, perfect_model, learning_curve=[str(corpus / "a"), str(corpus / "b")])
    (corpus / "b/export").rmdir()
    with pytest.raises(ValueError, match="has no export/"):
        run(corpus, perfect_model, learning_curve=[str(corpus / "a"), str(corpus / "b")])


def test_calibrate_then_score_with_it(corpus: Path) -> None:
    known = confident(GOLD, relations=0.95)
    wrong = known.with_(relations=(*known.relations[:4], Relation("FUNDS", "T7", "T8", 0.95)))
    path = str(predictions(corpus, wrong))
    fitted = run(corpus, calibrate=True, predictions=path)
    assert fitted.figures["scales"]["relations"]["shift"] != 0.0
    assert "fitted on test" in fitted.lines[-1]
    before = run(corpus, predictions=path).figures["calibration"]["relations"]["ece"]
    after = run(corpus, predictions=path, calibration=str(corpus / "out/calibration.json")).figures
    assert after["calibration"]["relations"]["ece"] < before
    assert after["figures"]["relations"]["f1"] == pytest.approx(0.8)


def test_a_kind_to_calibrate_that_is_none_is_named(corpus: Path) -> None:
    with pytest.raises(ValueError, match="calibrate_on_real=roles: the kinds are entities, relations, events"):
        run(corpus, calibrate=True, calibrate_on_real=["roles"], predictions=str(predictions(corpus, confident(GOLD))))


def test_without_confidences_there_is_nothing_to_calibrate(corpus: Path) -> None:
    with pytest.raises(ValueError, match="carry no confidence"):
        run(corpus, calibrate=True, predictions=str(predictions(corpus, GOLD)))


def test_robustness_tells_what_each_disturbance_costs(corpus: Path) -> None:
    def blind_without_line_breaks(folder: Path | None, gold: Sequence[Document], related: bool) -> System:
        known = [confident(d) if "\n" in d.text else d.with_(entities=(), relations=()) for d in gold]
        return System("frail", "model", "0" * 64, tuple(known))

    outcome = run(corpus, blind_without_line_breaks, robustness=True)
    found = {row["name"]: row["differences"][0] for row in outcome.figures["rows"]}
    assert set(found) == {"half_spaces", "arabic_letters", "latin_digits", "punctuation", "line_breaks"}
    assert (found["line_breaks"]["a"], found["line_breaks"]["b"]) == (1.0, 0.0)
    assert all(d["difference"] == 0 for name, d in found.items() if name != "line_breaks")
    assert set(outcome.files) == {"robustness.json", "robustness.md", "robustness.html", "figures/robustness.svg"}
    assert any("disturbed is worse by 100.0 points" in line for line in outcome.lines)


def test_robustness_needs_a_model(corpus: Path) -> None:
    with pytest.raises(ValueError, match="name a model with model_path="):
        run(corpus, perfect_model, robustness=True, predictions=str(predictions(corpus, GOLD)))
    with pytest.raises(ValueError, match="name a model with model_path="):
        run(corpus, perfect_model, robustness=True, model_path=str(predictions(corpus, GOLD)))
