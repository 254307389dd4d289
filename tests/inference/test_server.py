"""The server: right answers, limits, bad bodies, many at once."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from ssner.document import Document
from ssner.inference.predictor import Predictor

pytest.importorskip("fastapi")
httpx = pytest.importorskip("httpx")
uvicorn = pytest.importorskip("uvicorn")

from ssner.inference.server import ServerOptions, make_app  # noqa: E402  (after importorskip)

TEXT = "درمانگاه نور میبد با ۹۰ میلیارد ریال باز شد."


class _Slow:
    """A predictor that takes its time and counts how many are in it."""

    folder = Path("slow")

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds, self.inside, self.most = seconds, 0, 0
        self._lock = threading.Lock()

    def read(self, document: Document) -> Document:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        time.sleep(self.seconds)
        with self._lock:
            self.inside -= 1
        return document


def serve(predictor: Any, options: ServerOptions | None = None) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(predictor, options), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    yield from serve(Predictor(threads=1), ServerOptions(most_bytes=100_000))


@pytest.fixture
def slow() -> Iterator[tuple[str, _Slow]]:
    predictor = _Slow(0.1)
    for address in serve(predictor, ServerOptions(workers=2, waiting=3)):
        yield address, predictor


def test_it_answers_as_the_library_does(real: str) -> None:
    answer = httpx.post(f"{real}/extract", json={"text": TEXT, "id": "n", "meta": {"src": "x"}})
    assert answer.status_code == 200
    expected = Predictor(threads=1).read(Document("n", TEXT, {"src": "x"}))
    assert Document.from_json(answer.json()) == expected and expected.events


def test_health_schema_and_openapi(real: str) -> None:
    assert httpx.get(f"{real}/health").json()["status"] == "ok"
    assert httpx.get(f"{real}/schema").json()["title"] == "ssner document"
    assert "/extract" in httpx.get(f"{real}/openapi.json").json()["paths"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"{}", b'{"text": 1}', b'{"text": ""}', b'{"text": "abc"}', b'{"text": " \\n"}',
        b'{"text": "\\ud800"}', b'{"text": "\\u0000"}', b"\xff\xfe", json.dumps({"text": TEXT, "more": 1}).encode(),
        json.dumps({"text": TEXT, "meta": {"x": "\ud800"}}).encode(), b'{"text":' * 5000,
        b'{"text": "x", "meta": {"a": ' + b"[" * 3000 + b"]" * 3000 + b"}}",
    ],
)  # fmt: skip
def test_bad_bodies_are_refused_and_told_why(real: str, body: bytes) -> None:
    answer = httpx.post(f"{real}/extract", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422) and isinstance(answer.json()["detail"], str)


def test_a_large_body_is_refused_whether_or_not_it_says_its_size(real: str) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 10_000

    for content in (b" " * 200_000, chunks()):
        try:
            answer = httpx.post(f"{real}/extract", content=content)
        except httpx.WriteError:  # refused and closed while we were still sending
            continue
        assert answer.status_code == 413 and "larger than 0.1 MB" in answer.json()["detail"]
    assert httpx.get(f"{real}/health").status_code == 200


def test_a_page_of_another_name_is_not_answered(real: str) -> None:
    assert httpx.get(f"{real}/health", headers={"host": "evil.example"}).status_code == 400


def test_many_at_once_are_held_back(slow: tuple[str, _Slow]) -> None:
    address, predictor = slow
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda i: httpx.post(f"{address}/extract", json={"text": f"متن {i}"}), range(12)))
    codes = sorted(a.status_code for a in answers)
    assert predictor.most == 2
    assert codes.count(200) >= 5 and codes.count(503) >= 1 and set(codes) == {200, 503}
    assert all(a.headers["retry-after"] == "1" for a in answers if a.status_code == 503)
    assert httpx.get(f"{address}/health").json()["inside"] == 0


def test_under_load_every_answer_is_its_own(real: str) -> None:
    texts = [f"درمانگاه نور میبد با {i} میلیارد ریال باز شد." for i in range(2, 30)]

    def ask(text: str) -> Any:
        return httpx.post(f"{real}/extract", json={"text": text, "id": text}, timeout=60).json()

    with ThreadPoolExecutor(8) as pool:
        for text, answer in zip(texts, pool.map(ask, texts), strict=True):
            assert answer["text"] == answer["id"] == text


def test_its_openapi_holds_under_schemathesis() -> None:
    schemathesis = pytest.importorskip("schemathesis")
    app = make_app(_Slow(), ServerOptions(hosts=["*"]))  # type: ignore[arg-type]
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert {operation.path for operation in operations} == {"/extract", "/health", "/schema"}
    for operation in operations:

        @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            case.call_and_validate()

        check()
