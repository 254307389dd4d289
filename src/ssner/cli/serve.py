"""`ssner serve`: a server for one article at a time."""

from __future__ import annotations

import os
from pathlib import Path

import click

_ANYWHERE = ("0.0.0.0", "::")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback unless told.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--model", type=click.Path(path_type=Path), help="Folder of an exported model (default: the one within).")
@click.option("--max-document-mb", default=2.0, show_default=True, help="Largest body of a request, in megabytes.")
@click.option("--workers", default=0, show_default=True, help="Articles read at once; 0: as many as there are cores.")
@click.option("--waiting", default=32, show_default=True, help="Requests that may wait; more are refused (503).")
@click.option("--allow-host", multiple=True, help="A name by which it may be asked for, beside --host; * for any.")
def serve(
    host: str, port: int, model: Path | None, max_document_mb: float, workers: int, waiting: int,
    allow_host: tuple[str, ...],
) -> None:  # fmt: skip
    """Answer over HTTP: POST /extract {"text": "…"}, GET /health, GET /schema, GET /openapi.json.

    \b
    Examples:
      ssner serve
      ssner serve --port 9000 --workers 4
      curl -s 127.0.0.1:8000/extract -H 'content-type: application/json' -d '{"text": "درمانگاه نور میبد باز شد."}'
    """
    try:
        import uvicorn

        from ..inference.server import LOOPBACK, ServerOptions, make_app
    except ImportError as error:
        raise click.ClickException(f"{error.name} is missing; pip install 'ssner[serve]'") from error
    from ..inference.predictor import Predictor
    from ..inference.session import ModelError

    workers = workers or os.cpu_count() or 1
    hosts = list(allow_host) or (["*"] if host in _ANYWHERE else sorted({*LOOPBACK, host}))
    try:
        predictor = Predictor(model, 1 if workers > 1 else 0)
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    options = ServerOptions(int(max_document_mb * 1e6), workers, waiting, hosts)
    uvicorn.run(make_app(predictor, options), host=host, port=port, log_level="info", server_header=False)
