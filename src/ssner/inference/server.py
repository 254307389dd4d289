"""A server for those who ask one article at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import anyio
import anyio.to_thread
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .. import __version__
from ..document import Document
from ..json_schema import document_schema
from .inputs import InputProblem
from .inputs.checks import PERSIAN_LETTER, checked
from .predictor import Predictor

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]", "::1")
_RETRY_SECONDS: Final = "1"


@dataclass(frozen=True)
class ServerOptions:
    """Limits of the server.

    Attributes:
        most_bytes: The largest body of a request.
        workers: Articles that are read at once.
        waiting: Requests that may wait for their turn; more are refused with 503.
        hosts: Names by which it may be asked for, against pages that point a name of theirs at it; `*`: any.
    """

    most_bytes: int = 2_000_000
    workers: int = 2
    waiting: int = 32
    hosts: Sequence[str] = LOOPBACK


class Article(BaseModel):
    """An article to be read."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[
        str,
        Field(
            min_length=1, description="The text, as it is, with a Persian letter in it; offsets point into it.",
            json_schema_extra={"pattern": f"^[^\\u0000]*{PERSIAN_LETTER}[^\\u0000]*$"},
        ),
    ]  # fmt: skip
    id: Annotated[str, Field(max_length=1000)] = "text"
    meta: Annotated[
        dict[str, JsonValue], Field(description="Comes back as it is; `date` (ISO or Jalali) resolves relative dates.")
    ] = {}


class Refusal(BaseModel):
    """Why an article was not read."""

    detail: str


class _BodyLimit:
    """Refuses bodies over a limit as they come in, whatever their headers say."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app, self.most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        taken = 0
        chunks: list[Message] = []
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return
            taken += len(message.get("body", b""))
            if taken > self.most_bytes:
                limit = f"the body is larger than {self.most_bytes / 1e6:g} MB; send a shorter article"
                await JSONResponse({"detail": limit}, 413, {"connection": "close"})(scope, receive, send)
                return
            chunks.append(message)
            more = message.get("more_body", False)
        waiting = iter(chunks)

        async def replay() -> Message:
            return next(waiting, None) or await receive()

        await self.app(scope, replay, send)


class _Gate:
    """Lets so many articles in at once, so many wait, and no more."""

    def __init__(self, workers: int, waiting: int) -> None:
        self.turns = anyio.Semaphore(workers)
        self.inside = 0
        self.most = workers + waiting

    async def run(self, read: Callable[[], Document]) -> Document:
        if self.inside >= self.most:
            raise HTTPException(503, "too many articles at once; ask again", {"Retry-After": _RETRY_SECONDS})
        self.inside += 1
        try:
            async with self.turns:
                return await anyio.to_thread.run_sync(read)
        finally:
            self.inside -= 1


def make_app(predictor: Predictor, options: ServerOptions | None = None) -> FastAPI:
    """The application: `/extract`, `/health`, `/schema`, and OpenAPI under `/docs` and `/openapi.json`."""
    options = options or ServerOptions()
    gate = _Gate(options.workers, options.waiting)
    app = FastAPI(
        title="ssner", version=__version__, docs_url=None, redoc_url=None,
        description="Structured events from Persian news on social security, welfare and health services.",
    )  # fmt: skip
    refusals: dict[int | str, dict[str, Any]] = {
        400: {"description": "The body is not JSON."},
        413: {"description": "The body is too large."},
        422: {"description": "The body is not an article that can be read.", "model": Refusal},
        503: {"description": "Too many articles at once."},
    }

    @app.post("/extract", responses=refusals, response_description="The document, by the JSON Schema of /schema.")
    async def extract(article: Article) -> JSONResponse:
        """Read one article: entities, relations, events."""
        try:
            article.model_dump_json().encode("utf-8")
        except (UnicodeEncodeError, ValueError) as error:
            raise HTTPException(422, "the article: holds half of a surrogate pair; mend its escapes") from error
        document = checked(Document(article.id, article.text, article.meta), "the article")
        if isinstance(document, InputProblem):
            raise HTTPException(422, str(document))
        return JSONResponse((await gate.run(lambda: predictor.read(document))).to_json())

    @app.get("/health")
    async def health() -> dict[str, str | int]:
        """Whether the server is up, and how many articles are in it."""
        return {"status": "ok", "version": __version__, "model": predictor.folder.name, "inside": gate.inside}

    @app.get("/schema")
    async def schema() -> dict[str, Any]:
        """The JSON Schema of a document."""
        return document_schema()

    @app.middleware("http")
    async def guard(request: Request, go_on: Callable[[Request], Awaitable[Any]]) -> Any:
        response = await go_on(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.exception_handler(RequestValidationError)
    async def refuse(_: Request, error: RequestValidationError) -> JSONResponse:
        told = ["{}: {}".format(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors()]
        return JSONResponse({"detail": "; ".join(told).encode("utf-8", "replace").decode("utf-8")}, 422)

    app.add_middleware(_BodyLimit, most_bytes=options.most_bytes)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(options.hosts))
    return app
