"""Options and messages that the verbs of `ssner corpus` share."""

from __future__ import annotations

from pathlib import Path

import click

root_option = click.option(
    "--root", default=".", show_default=True, type=click.Path(path_type=Path, file_okay=False), help="The repository."
)
shared_option = click.option(
    "--shared", default="../shared", show_default=True, type=click.Path(path_type=Path),
    help="Folder of the texts that are not ours; where absent, their documents are left out.",
)  # fmt: skip


def say_left_out(count: int, shared: Path) -> None:
    """Say how many documents are left out because their texts are not there."""
    if count:
        click.echo(f"ssner: {count} documents are left out: their texts are not in {shared}", err=True)
