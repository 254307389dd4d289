"""`ssner schema`: the JSON Schema of a document."""

from __future__ import annotations

import json

import click

from ..json_schema import document_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of one document (a line of `ssner extract`'s output).

    \b
    Example:
      ssner schema > document.schema.json
    """
    click.echo(json.dumps(document_schema(), ensure_ascii=False, indent=2))
