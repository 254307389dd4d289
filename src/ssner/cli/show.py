"""`ssner show`: documents as a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ..document import Document
from .convert import read_documents


@click.command()
@click.argument("documents", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="HTML file (default: beside the documents).")
@click.option(
    "--gold", type=click.Path(exists=True, path_type=Path), help="Gold beside them: the same JSON, the same ids."
)
@click.option("--title", help="Title of the page.")
def show(documents: Path, output: Path | None, gold: Path | None, title: str | None) -> None:
    """Make a page of DOCUMENTS, a JSONL file or folder of JSONL shards of `ssner extract`.

    The page is one right-to-left HTML file that needs no network: entities in colour, relations and events that light
    up in the text, filters, search. With --gold, gold and prediction stand side by side, with their differences
    marked: missed, spurious, wrong type, wrong boundary. Gold of documents that are not shown is left out. Documents
    that were annotated but not assembled get the events that follow.

    \b
    Examples:
      ssner show outputs/events.jsonl -o events.html
      ssner show predicted.jsonl --gold gold.jsonl --title 'آزمون' -o compared.html
    """
    from ..inference.output import OutputError, whole_file
    from ..viewer.page import TITLE, GoldError, render_page

    read = list(_assembled(documents))
    answers = list(_assembled(gold)) if gold is not None else None
    target = output or documents.with_suffix(".html")
    try:
        page = render_page(read, TITLE if title is None else title, answers)
        with whole_file(target) as stream:
            stream.write(page)
    except GoldError as error:
        raise click.ClickException(f"{gold}: {error}") from error
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    said = ""
    if answers is not None:
        paired = len({d.id for d in read} & {d.id for d in answers})
        said = f", {paired} with gold" + (f" ({len(answers) - paired} gold left out)" if paired < len(answers) else "")
    click.echo(f"{len(read)} documents{said} → {target}", err=True)


def _assembled(path: Path) -> Iterator[Document]:
    from ..events import assemble

    for document in read_documents(path):
        yield document if document.events or document.canonical else assemble(document)
