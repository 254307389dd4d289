"""`ssner convert`: documents from one format to another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ..document import Document, DocumentError


@click.command()
@click.argument("documents", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File; its suffix says the format."
)
@click.option("--min-confidence", default=0.0, show_default=True, help="Leave out events below this confidence.")
def convert(documents: Path, output: Path, min_confidence: float) -> None:
    """Write DOCUMENTS, a JSONL file (also .gz, .xz, .zst) or a folder of JSONL shards, in another format.

    The suffix of -o says which: .jsonl (also compressed), .parquet, .sqlite, or .csv (one row an event).

    \b
    Examples:
      ssner convert events.jsonl -o events.csv
      ssner convert run/ -o events.sqlite --min-confidence 0.6
    """
    from ..inference.output import OutputError
    from ..inference.writers import writer_for

    count = 0
    try:
        with writer_for(output) as writer:
            for document in read_documents(documents):
                kept = tuple(e for e in document.events if e.confidence is None or e.confidence >= min_confidence)
                writer.add(document.with_(events=kept) if min_confidence > 0 else document)
                count += 1
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} documents → {output}", err=True)


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a JSONL file or of a folder of JSONL shards, in order.

    Raises:
        click.ClickException: A line is no document, or the folder holds no shards.
    """
    from ..inference.inputs.opening import DAMAGE, MissingLibraryError, open_bytes

    unreadable: tuple[type[Exception], ...] = (*DAMAGE, OSError, MissingLibraryError)
    files = sorted(path.glob("part-*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise click.ClickException(f"{path}: holds no part-*.jsonl; name a folder of shards or a JSONL file")
    for file in files:
        try:
            with open_bytes(file) as stream:
                yield from _documents(file, stream)
        except unreadable as error:
            raise click.ClickException(f"{file}: can't be read to its end ({error}); write it anew") from error


def _documents(file: Path, stream: Iterable[bytes]) -> Iterator[Document]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            yield Document.from_json(json.loads(line))
        except (ValueError, DocumentError) as error:
            raise click.ClickException(f"{file}:{number}: {error}; write it with ssner extract") from error
