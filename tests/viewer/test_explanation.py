from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from ssner.cli import main
from ssner.document import dump_jsonl
from ssner.events import explain
from ssner.viewer.explanation import explain_event
from tests.inference.test_event_table import gold


def test_an_explanation_names_mentions_relations_and_rules() -> None:
    document = gold()
    explained = explain(document)
    text = explain_event(explained.document, explained.document.events[0], explained.parts["E1"])
    assert "خبر ۱ E1 CONSTRUCTION COMPLETED" in text
    assert "T1 FACILITY «درمانگاه نور نهاوند»" in text and "the mention's event attribute begins the event" in text
    assert "as cost: T1 COSTS T3" in text and "cost: ۹۰ میلیارد ریال = 90,000,000,000 IRR" in text
    assert "official: مهری" in text and "date: هفتم اسفند ۱۴۰۲ = 1402-12-07 = 2024-02-26" in text


def test_the_command_explains_a_document_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(dump_jsonl([gold()])) + "\n", "utf-8")
    result = CliRunner().invoke(main, ["explain", str(path), "-e", "E1"])
    assert result.exit_code == 0 and "CONSTRUCTION COMPLETED" in result.output


def test_an_unknown_event_or_document_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(dump_jsonl([gold(), gold().with_(id="b")])) + "\n", "utf-8")
    for arguments, said in (
        (["-d", "b", "-e", "E9"], "has no event E9; its events are: E1"),
        (["-d", "c"], "holds no document c"),
        ([], "holds 2 documents; name one"),
    ):
        result = CliRunner().invoke(main, ["explain", str(path), *arguments])
        assert result.exit_code == 1 and said in result.output and "Traceback" not in result.output
    path.write_text(json.dumps({"id": "a"}) + "\n", "utf-8")
    assert f"{path}:1: " in CliRunner().invoke(main, ["explain", str(path)]).output
