from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssner.document import Document
from ssner.inference.inputs import InputOptions, InputProblem, read_inputs
from ssner.inference.output import OutputError, whole_file

NEWS = "درمانگاه نور باز شد."


def read(*paths: Path | str, options: InputOptions | None = None) -> list[Document | InputProblem]:
    return list(read_inputs([str(p) for p in paths], options or InputOptions()))


def test_a_folder_gives_its_texts_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(NEWS, "utf-8")
    documents = read(tmp_path)
    assert [Path(d.id).name for d in documents if isinstance(d, Document)] == ["a", "b"]
    assert documents[0].id == (tmp_path / "a").as_posix()


def test_lines_of_json_keep_their_id_and_the_rest_as_meta(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(
        json.dumps({"id": 7, "text": NEWS, "url": "x"}) + "\n\n" + json.dumps({"text": NEWS}) + "\n", "utf-8"
    )
    first, second = read(path)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, dict(first.meta)) == ("7", {"url": "x"})
    assert second.id.endswith("news:3")


def test_the_text_field_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"body": NEWS}) + "\n", "utf-8")
    assert isinstance(read(path)[0], InputProblem)
    assert isinstance(read(path, options=InputOptions(text_field="body"))[0], Document)


@pytest.mark.parametrize(
    ("name", "data", "cause", "mend"),
    [
        ("empty.txt", b"", "is empty", "leave it out"),
        ("blank.txt", b" \n\n", "is empty", "leave it out"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "is binary", "leave it out"),
        ("utf16.txt", NEWS.encode("utf-16"), "is UTF-16", "iconv -f utf-16"),
        ("cp1256.txt", (NEWS.replace("ی", "ي") * 20).encode("cp1256", "ignore"), "is not UTF-8", "iconv -f cp1256"),
        ("middle.txt", NEWS.encode() + b"\n\xff\xfe" + NEWS.encode(), "line 2", "mend those bytes"),
        ("latin.txt", b"No Persian at all.", "holds no Persian letter", "leave it out"),
        ("long.txt", (NEWS * 90_000).encode(), "is larger than 2 MB", "--max-document-mb"),
        ("broken.jsonl", b'{"text": "\n', "is not JSON", "one JSON object a line"),
        ("list.jsonl", b"[1]\n", "is not a JSON object", "one JSON object a line"),
        ("surrogate.jsonl", b'{"text": "\\ud800 \xd8\xa8"}\n', "half of a surrogate pair", "mend the escape"),
        ("empty.jsonl", b"", "is empty", "leave it out"),
        ("meta.jsonl", '{"text": "متن", "url": "\\ud800"}\n'.encode(), "half of a surrogate pair", "mend the escape"),
        ("nan.jsonl", '{"text": "متن", "x": NaN}\n'.encode(), "NaN is not in JSON", "one JSON object a line"),
    ],
)
def test_bad_input_is_named_and_the_others_are_done(
    tmp_path: Path, name: str, data: bytes, cause: str, mend: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(NEWS, "utf-8")
    problem, good = read(tmp_path / name, tmp_path / "z.txt")
    assert isinstance(problem, InputProblem) and isinstance(good, Document)
    assert name in problem.place and cause in str(problem) and mend in problem.mend


def test_a_long_line_does_not_stop_the_lines_after_it(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": NEWS * 600_000}) + "\n" + json.dumps({"text": NEWS}) + "\n", "utf-8")
    problem, good = read(path)
    assert isinstance(problem, InputProblem) and problem.place.endswith(":1") and isinstance(good, Document)


@pytest.mark.parametrize("name", ["nowhere.txt", "no*match.txt"])
def test_a_missing_path_is_named(tmp_path: Path, name: str) -> None:
    (problem,) = read(tmp_path / name)
    assert isinstance(problem, InputProblem) and name in problem.place


def test_a_whole_file_takes_its_place_only_when_done(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before", "utf-8")
    with pytest.raises(RuntimeError), whole_file(target) as stream:
        stream.write("half")
        raise RuntimeError
    assert target.read_text("utf-8") == "before"
    with whole_file(target) as stream:
        stream.write("all")
    assert target.read_text("utf-8") == "all"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_output_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(OutputError, match="cannot be written"), whole_file(tmp_path / "file" / "out.jsonl"):
        pass
    with pytest.raises(OutputError, match="is a folder"), whole_file(tmp_path):
        pass


def test_a_pipe_is_written_to_and_a_link_stays_a_link(tmp_path: Path) -> None:
    import os
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    listener = threading.Thread(target=lambda: heard.append(pipe.read_text("utf-8")))
    listener.start()
    with whole_file(pipe) as stream:
        stream.write("all")
    listener.join(10)
    assert heard == ["all"] and pipe.is_fifo()
    (tmp_path / "target").write_text("before", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with whole_file(tmp_path / "link") as stream:
        stream.write("after")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_text("utf-8") == "after"
