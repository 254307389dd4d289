"""`ssner show`: documents as a page."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..document import Document, DocumentError


@click.command()
@click.argument("documents", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="HTML file (default: beside the documents).")
def show(documents: Path, output: Path | None) -> None:
    r"""Make a self-contained right-to-left page of DOCUMENTS, a JSONL file that `ssner extract` wrote.

    \b
    Example:
      ssner show outputs/events.jsonl -o events.html
    """
    from ..inference.output import OutputError, whole_file
    from ..viewer.page import render_page

    read: list[Document] = []
    for number, line in enumerate(documents.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            read.append(Document.from_json(json.loads(line)))
        except (ValueError, DocumentError) as error:
            raise click.ClickException(f"{documents}:{number}: {error}; write it with ssner extract") from error
    target = output or documents.with_suffix(".html")
    try:
        with whole_file(target) as stream:
            stream.write(render_page(read))
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(read)} documents → {target}", err=True)
