"""The same articles out of every format and compression, and what is said of bad ones."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest

from ssner.document import Document
from ssner.inference.inputs import InputOptions, InputProblem, read_inputs

TEXTS = ("درمانگاه نور میبد با ۹۰ میلیارد ریال باز شد.", 'مدیر بهزیستی یزد گفت: "۲۰ مرکز، با نقل‌قول"\nو خط دوم.')


def read(path: Path, **options: object) -> list[Document | InputProblem]:
    return list(read_inputs([str(path)], InputOptions(**options)))  # type: ignore[arg-type]  # of many types


def documents(path: Path, **options: object) -> list[Document]:
    found = read(path, **options)
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def problem(path: Path, **options: object) -> str:
    (found,) = read(path, **options)
    assert isinstance(found, InputProblem)
    return str(found)


def json_lines() -> bytes:
    return "".join(json.dumps({"id": f"n{i}", "text": t, "src": "x"}) + "\n" for i, t in enumerate(TEXTS)).encode()


def csv_bytes() -> bytes:
    rows = "".join(f'n{i},"{t.replace(chr(34), chr(34) * 2)}",x\r\n' for i, t in enumerate(TEXTS))
    return b"\xef\xbb\xbf" + ("id,text,src\r\n" + rows).encode()


def write_parquet(path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [{"id": f"n{i}", "text": t, "src": "x"} for i, t in enumerate(TEXTS)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)


def pack(data: bytes, path: Path) -> None:
    if path.suffix == ".zst":
        data = pytest.importorskip("zstandard").compress(data)
    else:
        data = {".gz": gzip.compress, ".xz": lzma.compress}.get(path.suffix, bytes)(data)
    path.write_bytes(data)


@pytest.mark.parametrize("compression", ["", ".gz", ".xz", ".zst"])
@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".csv"])
def test_rows_of_every_format_and_compression(tmp_path: Path, suffix: str, compression: str) -> None:
    path = tmp_path / f"news{suffix}{compression}"
    pack(csv_bytes() if suffix == ".csv" else json_lines(), path)
    found = documents(path)
    assert [(d.id, d.text, d.meta) for d in found] == [(f"n{i}", t, {"src": "x"}) for i, t in enumerate(TEXTS)]


def test_rows_of_parquet(tmp_path: Path) -> None:
    write_parquet(tmp_path / "news.parquet")
    found = documents(tmp_path / "news.parquet")
    assert [(d.id, d.text, d.meta) for d in found] == [(f"n{i}", t, {"src": "x"}) for i, t in enumerate(TEXTS)]


@pytest.mark.parametrize("compression", ["", ".gz", ".xz", ".zst"])
def test_a_text_keeps_its_name_under_compression(tmp_path: Path, compression: str) -> None:
    pack(TEXTS[1].encode(), tmp_path / f"a.txt{compression}")
    (found,) = documents(tmp_path / f"a.txt{compression}")
    assert found.text == TEXTS[1] and found.id == (tmp_path / "a").as_posix()


def test_a_page_gives_its_article_without_its_menu_and_scripts(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    body = "".join(f"<p>{TEXTS[0]} این بند شماره {i} است و باید خوانده شود، چون متن خبر است.</p>" for i in range(6))
    page = (
        "<html><head><title>افتتاح درمانگاه نور</title><script>alert('بد')</script></head><body>"
        "<nav><a href='/'>خانه</a>"
        f"<a href='/x'>تماس با ما</a></nav><article><h1>افتتاح درمانگاه نور</h1>{body}</article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, "utf-8")
    (found,) = documents(tmp_path / "page.html")
    assert "بند شماره 3" in found.text and "alert" not in found.text and "تماس با ما" not in found.text
    assert "افتتاح درمانگاه نور" in found.text


def test_a_folder_is_read_whole_but_for_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], "utf-8")
    (tmp_path / "out.jsonl").write_bytes(json_lines())
    pack(json_lines(), tmp_path / "b.jsonl.gz")
    found = documents(tmp_path, leave_out=frozenset([(tmp_path / "out.jsonl").resolve()]))
    assert [d.id.rsplit("/", 1)[-1] for d in found] == ["a", "n0", "n1"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("e.jsonl", b"", "is empty"),
        ("e.csv", b"", "is empty"),
        ("e.jsonl.gz", b"not gzip", "is damaged"),
        ("e.jsonl.xz", b"not xz", "is damaged"),
        ("e.csv", "متن\nx\n".encode(), "has no column 'text'; name the column with --text-field (there are: متن)"),
        ("e.csv", b"id,text\n1,\x00\n", "is binary"),
        ("e.csv", b"id,text\n1,\xff\xfe\xfa\n", "is not UTF-8"),
        ("e.csv", b"id,text\n1,abc\n", "holds no Persian letter"),
        ("e.csv", "id,text\n1,سلام".encode("cp1256"), "Windows-1256"),
        ("e.parquet", b"PAR1 no", "is not a Parquet file"),
        ("e.html", b"", "is empty"),
        ("e.txt", "سلام".encode("utf-16"), "UTF-16"),
    ],
)  # fmt: skip
def test_bad_files_get_one_clear_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    if name.endswith(".html"):
        pytest.importorskip("trafilatura")
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    (tmp_path / name).write_bytes(data)
    told = problem(tmp_path / name)
    assert said in told and str(tmp_path / name) in told and "\n" not in told


def test_a_cut_file_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    whole = gzip.compress(json_lines() * 2000)
    (tmp_path / "n.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    found = read(tmp_path / "n.jsonl.gz")
    assert len(found) > 10 and isinstance(found[0], Document) and "is damaged" in str(found[-1])


@pytest.mark.parametrize("compression", [".gz", ".xz", ".zst"])
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv", ".html"])
def test_a_decompression_bomb_is_read_as_a_stream_under_the_limit(
    tmp_path: Path, suffix: str, compression: str
) -> None:
    if suffix == ".html":
        pytest.importorskip("trafilatura")
    tracemalloc = pytest.importorskip("tracemalloc")
    start = b"id,text\n1," if suffix == ".csv" else b""
    path = tmp_path / f"bomb{suffix}{compression}"
    pack(start + b"a" * 60_000_000, path)
    assert path.stat().st_size < 100_000
    tracemalloc.start()
    found = read(path, most_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 1 and "larger than 1 MB" in str(found[0])
    assert peak < 20_000_000


def test_one_bad_row_costs_no_other(tmp_path: Path) -> None:
    good = f'2,"{TEXTS[0]}"\n'.encode()
    (tmp_path / "n.csv").write_bytes(b"id,text\n1,\xff\xfe\n" + good + b"3,\n" + good)
    found = read(tmp_path / "n.csv")
    assert [isinstance(item, Document) for item in found] == [False, True, False, True]
    assert "row 1" in str(found[0]) and "row 3" in str(found[2])


def test_a_missing_library_is_named_with_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    (tmp_path / "p.html").write_text("<p>سلام</p>", "utf-8")
    assert "needs trafilatura; pip install 'ssner[pages]'" in problem(tmp_path / "p.html")
