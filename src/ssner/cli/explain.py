"""`ssner explain`: why an event is there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from ..document import Document, DocumentError


@click.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@click.option("-d", "--document", "document_id", help="Id of the document, in a JSONL file of many.")
@click.option("-e", "--event", "event_ids", multiple=True, help="Id of an event (E1); may be repeated. Default: all.")
@click.option("--model", type=click.Path(path_type=Path), help="Folder of an exported model, for a text.")
def explain(path: Path, document_id: str | None, event_ids: tuple[str, ...], model: Path | None) -> None:
    """Show, for an event, the mentions, relations and rules that made it.

    PATH is a text (.txt, or - for standard input), which is read with the model first, or JSONL that `ssner extract`
    wrote.

    \b
    Examples:
      ssner explain article.txt -e E1
      ssner explain outputs/events.jsonl -d seeds/s001 -e E2 -e E3
    """
    from ..events import explain as explain_document
    from ..viewer.explanation import explain_event

    document = _document(path, document_id, model)
    explained = explain_document(document)
    told = {e.id: e.confidence for e in document.events}
    events = {e.id: replace(e, confidence=told.get(e.id, e.confidence)) for e in explained.document.events}
    unknown = [e for e in event_ids if e not in events]
    if unknown:
        known = ", ".join(events) or "none"
        raise click.ClickException(f"{document.id} has no event {', '.join(unknown)}; its events are: {known}")
    for number, event_id in enumerate(event_ids or events):
        if number:
            click.echo()
        click.echo(explain_event(explained.document, events[event_id], explained.parts[event_id]))
    if not events:
        click.echo(f"{document.id} tells no event")


def _document(path: Path, document_id: str | None, model: Path | None) -> Document:
    if str(path) != "-" and path.suffix == ".jsonl":
        return _from_jsonl(path, document_id)
    from ..inference.inputs import InputOptions, InputProblem, read_inputs
    from ..inference.predictor import Predictor
    from ..inference.session import ModelError

    try:
        for item in read_inputs((str(path),), InputOptions()):
            if isinstance(item, InputProblem):
                raise click.ClickException(str(item))
            return Predictor(model).read(item)
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    raise click.ClickException(f"{path}: holds no text; name a text file or JSONL that ssner extract wrote")


def _from_jsonl(path: Path, document_id: str | None) -> Document:
    if not path.is_file():
        raise click.ClickException(f"{path}: is not there; check the path")
    ids: list[str] = []
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                if document_id is None or data.get("id") == document_id:
                    ids.append(str(data.get("id")))
                    found = Document.from_json(data)
            except (ValueError, AttributeError, DocumentError) as error:
                raise click.ClickException(f"{path}:{number}: {error}; write it with ssner extract") from error
    if len(ids) == 1:
        return found
    if not ids:
        raise click.ClickException(f"{path}: holds no document {document_id or ''}; see its ids with `cut -c1-60`")
    raise click.ClickException(f"{path}: holds {len(ids)} documents; name one with --document, e.g. -d {ids[0]}")
