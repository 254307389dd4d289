"""`ssner extract` as a user runs it, with the model in the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import ssner
from ssner.document import Document
from ssner.json_schema import document_schema

from ..conftest import ROOT

ARTICLE = ROOT / "seeds" / "s001.txt"


def run(*arguments: str | Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ssner", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=120)


def lines(output: bytes | str) -> list[dict]:
    text = output.decode() if isinstance(output, bytes) else output
    return [json.loads(line) for line in text.splitlines()]


def test_an_article_gives_a_valid_document_with_events(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    result = run("extract", ARTICLE, "-o", tmp_path / "out.jsonl", "--html", tmp_path / "out.html", "--table")
    assert result.returncode == 0, result.stderr.decode()
    (document,) = lines((tmp_path / "out.jsonl").read_text("utf-8"))
    jsonschema.Draft202012Validator(document_schema()).validate(document)
    assert document["id"] == ARTICLE.with_suffix("").as_posix()
    assert document["text"] == ARTICLE.read_bytes().decode("utf-8")
    assert document["events"] and document["canonical"]
    assert 'dir="rtl"' in (tmp_path / "out.html").read_text("utf-8")
    assert b"document" in result.stdout and b"1 document, " in result.stderr


def test_a_folder_of_shards_tells_each_in_a_log_and_is_gone_on_with(tmp_path: Path) -> None:
    texts = "".join(json.dumps({"id": str(i), "text": f"صندوق {i} میلیارد ریال پرداخت."}) + "\n" for i in range(5))
    source = tmp_path / "news.jsonl"
    source.write_text(texts, "utf-8")
    options = ("-o", tmp_path / "run", "--shard-size", "2")
    first = run("extract", source, *options)
    assert [line for line in first.stderr.decode().splitlines() if " shard " in line] == [
        "ssner: shard 0: 2 documents", "ssner: shard 1: 2 documents", "ssner: shard 2: 1 document",
    ]  # fmt: skip
    assert b"--resume" in run("extract", source, *options).stderr
    again = run("extract", source, *options, "--resume").stderr.decode()
    assert "3 shards done before" in again and "shard 0" not in again


def test_shards_within_the_folder_that_is_read_are_no_articles(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"a{number}.txt").write_text(f"صندوق {number} میلیارد ریال پرداخت.", "utf-8")
    odd = json.dumps({"id": "x", "title\u2028": "y"}, ensure_ascii=False)  # a field whose name ends a line for some
    (tmp_path / "odd.jsonl").write_text(odd + "\n", "utf-8")
    options = ("-o", tmp_path / "run", "--shard-size", "2")
    assert run("extract", tmp_path, *options).returncode == 1
    whole = {p.name: p.read_bytes() for p in (tmp_path / "run").iterdir()}
    (tmp_path / "run/part-00000.jsonl").unlink()
    for again in (tmp_path, tmp_path / "**/*"):
        result = run("extract", again, *options, "--resume")
        assert result.returncode == 1 and b"Traceback" not in result.stderr
        assert {p.name: p.read_bytes() for p in (tmp_path / "run").iterdir()} == whole


def test_standard_input_and_output() -> None:
    result = run("extract", "-q", "-", stdin=ARTICLE.read_bytes())
    assert result.returncode == 0
    assert lines(result.stdout)[0]["id"] == "stdin"
    piped = run("extract", "-q", "-", stdin=json.dumps({"id": "n", "text": ARTICLE.read_text("utf-8")}).encode())
    assert lines(piped.stdout)[0]["id"] == "n"


def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plain, dash = (run("extract", "-q", ARTICLE, *more) for more in ((), ("-o", "-")))
    assert dash.returncode == 0 and dash.stdout == plain.stdout and lines(dash.stdout)
    assert not list(tmp_path.iterdir())


def test_bad_inputs_are_told_and_the_others_done(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2")
    (tmp_path / "good.txt").write_text("درمانگاه نور میبد با ۹۰ میلیارد ریال باز شد.", "utf-8")
    result = run("extract", tmp_path, tmp_path / "nowhere.txt", "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1
    assert len(lines((tmp_path / "out.jsonl").read_text("utf-8"))) == 1
    said = result.stderr.decode()
    assert (
        "binary.txt: is binary" in said and "nowhere.txt: no such file" in said and "2 inputs could not be read" in said
    )


def test_nothing_is_written_where_nothing_could_be_read(tmp_path: Path) -> None:
    result = run("extract", tmp_path / "nowhere.txt", "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1 and not (tmp_path / "out.jsonl").exists()
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_can_not_be_written_stops_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    result = run("extract", ARTICLE, "-o", tmp_path / "file" / "out.jsonl")
    assert result.returncode == 2 and "cannot be written" in result.stderr.decode()


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    result = run("extract", ARTICLE, "--model", tmp_path)
    assert result.returncode == 2 and result.stderr.decode().count("\n") == 1


def test_help_has_examples() -> None:
    assert b"Examples:" in run("extract", "--help").stdout
    assert b"extract" in run("--help").stdout


def test_a_long_text_is_read_to_its_end() -> None:
    filler = "هوا امروز در بیشتر شهرها آفتابی و آرام بود. " * 2400
    text = filler + "\nسازمان تأمین اجتماعی ۹۰ میلیارد ریال به بیمارستان غرضی اصفهان پرداخت."
    assert len(text) > 100_000
    document = ssner.load()(text)
    assert any(e.type == "MONEY" and e.start > 100_000 for e in document.entities)


def test_inference_needs_no_torch() -> None:
    code = (
        "import sys, ssner; ssner.load()('بیمارستان نور'); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'datasets')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_article_reads_the_same_in_any_company(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_bytes((ROOT / "seeds" / f"s00{number}.txt").read_bytes())
    together = lines(run("extract", "-q", tmp_path).stdout)
    alone = [lines(run("extract", "-q", tmp_path / f"{number}.txt").stdout)[0] for number in (1, 2, 3)]
    assert together == alone


@pytest.mark.parametrize(
    "odd", ["مساحت ۵۰۰ متر ² است ①", "قثصض" * 600, "1" * 5000, "\u202e\u2066\ufe0f" * 50, "🇮🇷" * 400]
)
def test_odd_text_is_read(odd: str) -> None:
    text = f"بیمارستان شریعتی باز شد. {odd} سازمان تأمین اجتماعی ۹۰ میلیارد ریال داد."
    document = ssner.load()(text)
    assert any(e.type == "MONEY" for e in document.entities)


def test_the_same_text_gives_the_same_document() -> None:
    nlp = ssner.load()
    text = ARTICLE.read_text("utf-8")
    assert nlp(text) == nlp(text)
    assert isinstance(nlp(text), Document)
