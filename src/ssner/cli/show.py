"""`ssner show`: documents as a page."""

from __future__ import annotations

from pathlib import Path

import click

from .convert import read_documents


@click.command()
@click.argument("documents", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="HTML file (default: beside the documents).")
def show(documents: Path, output: Path | None) -> None:
    """Make a self-contained right-to-left page of DOCUMENTS, a JSONL file or folder of shards of `ssner extract`.

    \b
    Example:
      ssner show outputs/events.jsonl -o events.html
    """  # noqa: D301  (click needs the character itself)
    from ..inference.output import OutputError, whole_file
    from ..viewer.page import render_page

    read = list(read_documents(documents))
    target = output or documents.with_suffix(".html")
    try:
        with whole_file(target) as stream:
            stream.write(render_page(read))
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(read)} documents → {target}", err=True)
