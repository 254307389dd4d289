"""Files as other tools write them: what is read, what is counted, what is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ssner import schema
from ssner.corpus.formats import FORMATS, FormatError, Loss
from ssner.corpus.formats.brat import configuration
from ssner.corpus.formats.label_studio import labeling
from ssner.document import Document, Entity, Relation

from .test_formats import needs_datasets

TEXT = "🔻 درمانگاه نور با ۳ همت ساخته شد."
CLINIC, MONEY = "درمانگاه نور", "۳ همت"
AT = {words: (TEXT.index(words), TEXT.index(words) + len(words)) for words in (CLINIC, MONEY, "ساخته شد")}
GOLD = Document(
    "d",
    TEXT,
    {"split": "dev"},
    (
        Entity("T1", "FACILITY", *AT[CLINIC], CLINIC, event="CONSTRUCTION", status="COMPLETED"),
        Entity("T2", "MONEY", *AT[MONEY], MONEY),
    ),
    (Relation("COSTS", "T1", "T2"),),
)


def read(name: str, path: Path, content: str) -> tuple[list[Document], Loss]:
    path.write_bytes(content.encode())
    return FORMATS[name].read(path)


# brat


def brat_folder(folder: Path, annotation: str) -> Path:
    (folder / "d.txt").write_bytes(TEXT.encode())
    (folder / "d.ann").write_bytes(annotation.encode())
    return folder


T1 = f"T1\tFACILITY {AT[CLINIC][0]} {AT[CLINIC][1]}\t{CLINIC}\n"
T2 = f"T2\tMONEY {AT[MONEY][0]} {AT[MONEY][1]}\t{MONEY}\n"


def test_brat_counts_what_the_schema_has_no_place_for(tmp_path: Path) -> None:
    start, end = AT["ساخته شد"]
    others = [
        f"T3\tTrigger {start} {end}\tساخته شد", "T4\tORG 2 4;6 8\tدرما", "E1\tTrigger:T3 Theme:T1",
        "R1\tCOSTS Arg1:T1 Arg2:T2", "R2\tCOSTS Arg1:T1 Arg2:T3", "R3\tLIKES Arg1:T1 Arg2:T2", "A1\tEvent T1 EXPANSION",
        "A2\tNegation E1", "A3\tMood T1 GOOD", "A4\tStatus T3 ONGOING", "A5\tEvent T1 EQUIPMENT",
        "N1\tReference T1 Wiki:1\tx", "*\tEquiv T1 T2", "#1\tAnnotatorNotes T1\tsure",
    ]  # fmt: skip
    (document,), loss = FORMATS["brat"].read(brat_folder(tmp_path, T1 + T2 + "\n".join(others)))
    assert loss.counts == {
        "attributes mood=GOOD": 1, "attributes of entities that are lost": 1, "attributes without a value": 1,
        "brat events": 1, "entities of type Trigger": 1, "equivalences": 1, "normalizations": 1, "notes": 1,
        "relations of entities that are lost": 1, "relations of type LIKES": 1, "second values of event": 1,
        "spans in several pieces": 1,
    }  # fmt: skip
    assert [e.event for e in document.entities] == ["EXPANSION", None] and len(document.relations) == 1


def test_brat_files_from_windows_are_read(tmp_path: Path) -> None:
    (document,), loss = FORMATS["brat"].read(brat_folder(tmp_path, (T1 + T2).replace("\n", "\r\n")))
    assert [e.text for e in document.entities] == [CLINIC, MONEY] and not loss


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (T1.replace(CLINIC, "درمانگاه نو"), "quotes 'درمانگاه نو', the text has"),
        ("T1\tORG 30 900\tx", "is empty or over its text"),
        (T1 + T1, "another span has that id"),
        (T1 + "R1\tCOSTS Arg1:T1 Arg2:T7", "relation COSTS names a span T7, which is not there"),
        (T1 + "A1\tEvent T7 EXPANSION", "attribute event names a span T7, which is not there"),
    ],
)
def test_brat_files_that_do_not_hold_together_are_refused(tmp_path: Path, annotation: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        FORMATS["brat"].read(brat_folder(tmp_path, annotation))


def test_a_text_without_annotation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("متن", "utf-8")
    with pytest.raises(FormatError, match=r"a\.txt: has no \.ann file beside it"):
        FORMATS["brat"].read(tmp_path)


def test_the_configuration_of_brat_names_every_label() -> None:
    sections = configuration().split("[")
    assert [s.split("]")[0] for s in sections[1:]] == ["entities", "relations", "events", "attributes"]
    for name in (*schema.ENTITY_NAMES, *schema.RELATION_NAMES, *schema.MENTION_EVENTS, *schema.STATUSES):
        assert name in configuration()


@pytest.mark.parametrize("name", ["", "a/b", "..", ".hidden", "a\nb", "x" * 300])
def test_names_that_are_no_file_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError, match="can't be the name of a file"):
        FORMATS["brat"].write([Document(name, "متن")], tmp_path)


# CoNLL


def test_bio_of_others_is_read(tmp_path: Path) -> None:
    content = "-DOCSTART- -X- O\n\nبانک NN B-ORG\nرفاه NN I-ORG\nگفت VB O\n. PU O\n\nمهدی NN B-PERSON\nتهران NN B-LOC\n"
    (document,), loss = read("conll", tmp_path / "x.txt", content)
    assert document.text == "بانک رفاه گفت.\nمهدی تهران"
    assert [(e.id, e.type, e.text) for e in document.entities] == [
        ("T1", "ORG", "بانک رفاه"),
        ("T2", "PERSON", "مهدی"),
    ]
    assert loss.counts == {"entities of type LOC": 1}


def test_marks_are_set_as_persian_print_does(tmp_path: Path) -> None:
    words = ["او", "گفت", ":", "«", "بانک", "(", "رفاه", ")", "،", "آی", ".", "سی", ".", "یو", "»", "."]
    (document,), _ = read("conll", tmp_path / "dev.conll", "".join(f"{w}\tO\n" for w in words))
    assert document.text == "او گفت: «بانک (رفاه)، آی.سی.یو»."
    assert (document.id, document.meta) == ("dev", {"split": "dev"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("بانک\tO\nرفاه\tI-ORG\n", "2: I-ORG goes on from no B-ORG"),
        ("بانک\tB-ORG\nرفاه\tI-PERSON\n", "2: I-PERSON goes on from no B-PERSON"),
        ("بانک رفاه\n", "1: 'بانک رفاه' is not a word and a label"),
        ("# document = a\nبانک\tO\n# document = a\n", "two documents are called 'a'"),
    ],
)
def test_broken_bio_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        read("conll", tmp_path / "x.conll", content)


def test_entities_that_bio_cannot_state_are_counted(tmp_path: Path) -> None:
    start, end = AT[CLINIC]
    inner = Entity("T3", "ORG", start, start + len("درمانگاه"), "درمانگاه")
    ragged = Entity("T4", "ORG", AT["ساخته شد"][0], AT["ساخته شد"][0] + 3, "ساخ")
    loss = FORMATS["conll"].write([GOLD.with_(entities=(*GOLD.entities, inner, ragged))], tmp_path)
    assert loss.counts["entities that do not fit words or overlap"] == 2
    (back,), _ = FORMATS["conll"].read(tmp_path)
    assert [e.text for e in back.entities] == [CLINIC, MONEY] and end > start


# doccano


def doccano_row(**changes: Any) -> str:
    FORMATS["doccano"].write([GOLD], path := Path(changes.pop("folder")) / "out.jsonl")
    return json.dumps({**json.loads(path.read_text("utf-8")), **changes}, ensure_ascii=False)


def test_a_line_of_doccano_is_as_its_documentation_says(tmp_path: Path) -> None:
    row = json.loads(doccano_row(folder=tmp_path))
    assert row["entities"][1] == {"id": 2, "label": "MONEY", "start_offset": AT[MONEY][0], "end_offset": AT[MONEY][1]}
    assert row["relations"] == [{"id": 1, "from_id": 1, "to_id": 2, "type": "COSTS"}]


def test_doccanos_own_example_of_relations_is_read(tmp_path: Path) -> None:
    row = {
        "id": 7, "text": "بانک رفاه در سال ۱۳۳۹ تأسیس شد.", "site": "x", "Comments": [],
        "entities": [
            {"id": 0, "start_offset": 0, "end_offset": 9, "label": "ORG"},
            {"id": 1, "start_offset": 17, "end_offset": 21, "label": "DATE"},
        ],
        "relations": [{"from_id": 0, "to_id": 1, "type": "foundedAt"}],
    }  # fmt: skip
    (document,), loss = read("doccano", tmp_path / "x.jsonl", json.dumps(row))
    assert (document.id, document.meta, document.entities[0].text) == ("7", {"site": "x"}, "بانک رفاه")
    assert loss.counts == {"entities of type DATE": 1, "relations of type foundedAt": 1}


def test_doccano_without_relations_is_read(tmp_path: Path) -> None:
    row = {"id": 1, "text": "بانک رفاه", "label": [[0, 9, "ORG"]]}
    (document,), loss = read("doccano", tmp_path / "x.jsonl", json.dumps(row))
    assert document.entities == (Entity("T1", "ORG", 0, 9, "بانک رفاه"),) and not loss


def test_attributes_of_a_span_that_was_changed_in_doccano_are_counted(tmp_path: Path) -> None:
    shorter = [{"id": 1, "label": "FACILITY", "start_offset": AT[CLINIC][0], "end_offset": AT[CLINIC][1] - 4}]
    line = doccano_row(folder=tmp_path, entities=shorter, relations=[])
    (document,), loss = read("doccano", tmp_path / "x.jsonl", line)
    assert document.entities[0].event is None
    assert loss.counts == {"attributes of spans that were changed": 2}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": 3}, "needs a field 'text' of type str"),
        ({"entities": [3]}, "'3' in 'entities' is not a JSON object"),
        ({"entities": []}, "a relation names an entity that is not there"),
        ({"text": "نیم \ud83d"}, "half of a character"),
        ({"entities": [], "relations": [], "attributes": [], "label": [[1]]}, "is not .start, end, label."),
    ],
)
def test_broken_lines_of_doccano_are_refused(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    line = doccano_row(folder=tmp_path, **changes)
    (tmp_path / "x.jsonl").write_text(json.dumps(json.loads(line)), "utf-8")
    with pytest.raises(FormatError, match=f"x.jsonl:1: .*{said}"):
        FORMATS["doccano"].read(tmp_path / "x.jsonl")


def test_what_is_not_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"x.jsonl:2: is not JSON"):
        read("doccano", tmp_path / "x.jsonl", '{"text": "متن"}\n{')


def test_what_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes('{"text": "بانک"}'.encode("cp1256"))
    with pytest.raises(FormatError, match=r"x.jsonl:1: is not JSON"):
        FORMATS["doccano"].read(tmp_path / "x.jsonl")


# Label Studio


def region(name: str, kind: str, value: str, words: str = CLINIC, start: int | None = None, **more: Any) -> Any:
    at = AT[words][0] if start is None else start
    inside = {"start": at, "end": at + len(words), "text": words, kind: [value]}
    return {"id": name, "from_name": "event", "to_name": "text", "type": kind, "value": inside, **more}


def studio(tmp_path: Path, result: list[Any], **task: Any) -> tuple[list[Document], Loss]:
    whole = {"id": 5, "data": {"text": TEXT}, "annotations": [{"result": result}], **task}
    return read("label-studio", tmp_path / "x.json", json.dumps([whole]))


TWO = [region("a", "labels", "FACILITY"), region("b", "labels", "MONEY", MONEY)]


def test_relations_of_label_studio_have_a_direction(tmp_path: Path) -> None:
    left = {"type": "relation", "from_id": "b", "to_id": "a", "direction": "left", "labels": ["COSTS"]}
    both = {**left, "direction": "bi", "from_id": "a", "to_id": "b"}
    (document,), loss = studio(tmp_path, [*TWO, left, both, {**left, "labels": []}])
    assert document.relations == (Relation("COSTS", "a", "b"),) * 2
    assert loss.counts == {"relations without a label": 1, "second directions of a relation": 1}


def test_choices_of_a_region_are_its_attributes(tmp_path: Path) -> None:
    whole_text = {"id": "z", "from_name": "topic", "type": "choices", "value": {"choices": ["health"]}}
    (document,), loss = studio(tmp_path, [*TWO, region("a", "choices", "EXPANSION"), whole_text])
    assert document.entities[0].event == "EXPANSION"
    assert loss.counts == {"results of type choices": 1}


def test_offsets_in_utf16_units_are_mended(tmp_path: Path) -> None:
    later = region("a", "labels", "FACILITY", start=AT[CLINIC][0] + 1)
    (document,), _ = studio(tmp_path, [later])
    assert (document.entities[0].start, document.entities[0].text) == (AT[CLINIC][0], CLINIC)


def test_offsets_that_no_counting_explains_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"task 1: span a .* mend its offsets"):
        studio(tmp_path, [region("a", "labels", "FACILITY", start=AT[CLINIC][0] + 2)])


def test_the_annotation_that_counts_is_read(tmp_path: Path) -> None:
    annotations = [
        {"result": TWO, "was_cancelled": True},
        {"result": []},
        {"result": TWO[:1], "ground_truth": True},
    ]
    (document,), loss = studio(tmp_path, [], annotations=annotations)
    assert [e.id for e in document.entities] == ["a"] and document.id == "5"
    assert loss.counts == {"further annotations of a task": 1}


def test_predictions_are_read_where_there_is_no_annotation(tmp_path: Path) -> None:
    (document,), _ = studio(
        tmp_path, [], annotations=[], predictions=[{"result": [region("a", "labels", "FACILITY", score=0.5)]}]
    )
    assert document.entities[0].confidence == 0.5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "is not a list of tasks"),
        ("[", "is not JSON"),
        ("[3]", "is not a JSON object"),
        ('[{"data": {}}]', "'text'"),
    ],
)
def test_what_is_not_of_label_studio_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        read("label-studio", tmp_path / "x.json", content)


def test_the_labelling_configuration_fits_the_tasks(tmp_path: Path) -> None:
    FORMATS["label-studio"].write([GOLD], tmp_path)
    (task,) = json.loads((tmp_path / "tasks.json").read_text("utf-8"))
    view = ElementTree.fromstring((tmp_path / "labeling.xml").read_text("utf-8"))
    controls = {e.get("name"): {c.get("value") for c in e} for e in view.iter() if e.get("toName") == "text"}
    for item in task["annotations"][0]["result"]:
        if item["type"] == "relation":
            assert set(item["labels"]) <= {e.get("value") for e in view.iter("Relation")}
        else:
            assert set(item["value"][item["type"]]) <= controls[item["from_name"]]
    assert set(schema.RELATION_NAMES) == {e.get("value") for e in ElementTree.fromstring(labeling()).iter("Relation")}


# Hugging Face


@needs_datasets
def test_the_dataset_is_one_for_token_classification(tmp_path: Path) -> None:
    import datasets

    FORMATS["huggingface"].write([GOLD], tmp_path)
    files = {"validation": str(tmp_path / "validation.parquet")}
    loaded = datasets.load_dataset("parquet", data_files=files, cache_dir=str(tmp_path / "cache"))
    names = loaded["validation"].features["ner_tags"].feature.names
    row = loaded["validation"][0]
    tagged = [(word, names[tag]) for word, tag in zip(row["tokens"], row["ner_tags"], strict=True)]
    assert tuple(names) == schema.BIO_LABELS
    assert [pair for pair in tagged if pair[1] != "O"] == [
        ("درمانگاه", "B-FACILITY"), ("نور", "I-FACILITY"), ("۳", "B-MONEY"), ("همت", "I-MONEY"),
    ]  # fmt: skip


@needs_datasets
def test_a_dataset_saved_to_disk_is_read(tmp_path: Path) -> None:
    import datasets

    FORMATS["huggingface"].write([GOLD], tmp_path)
    files = {"validation": str(tmp_path / "validation.parquet")}
    loaded = datasets.load_dataset("parquet", data_files=files, cache_dir=str(tmp_path / "cache"))
    loaded.save_to_disk(str(tmp_path / "saved"))
    assert FORMATS["huggingface"].read(tmp_path / "saved") == ([GOLD], Loss())


@needs_datasets
def test_a_dataset_without_our_columns_is_refused(tmp_path: Path) -> None:
    import datasets

    datasets.Dataset.from_list([{"text": "متن"}]).to_parquet(str(tmp_path / "x.parquet"))
    with pytest.raises(FormatError, match="has no column 'id'"):
        FORMATS["huggingface"].read(tmp_path)


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(FormatError, match="pip install datasets"):
        FORMATS["huggingface"].write([GOLD], tmp_path)


@needs_datasets
def test_what_is_not_parquet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="is not a Parquet file"):
        read("huggingface", tmp_path / "x.parquet", "no")


# json


def test_what_is_no_document_is_told_with_its_line(tmp_path: Path) -> None:
    FORMATS["json"].write([GOLD], tmp_path / "x.jsonl")
    line = (tmp_path / "x.jsonl").read_text("utf-8")
    assert (
        read("json", tmp_path / "x.jsonl", line + "\n" + line.replace(f'"id":"{GOLD.id}"', '"id":"other"'))[1] == Loss()
    )
    with pytest.raises(FormatError, match=r"x\.jsonl:2: is no document .*ssner extract"):
        read("json", tmp_path / "x.jsonl", line + '{"id": "d"}\n')
