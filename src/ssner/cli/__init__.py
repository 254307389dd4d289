"""The `ssner` command: thin, one function for each verb."""

from __future__ import annotations

from typing import ClassVar

import click

from .. import __version__


class _LazyGroup(click.Group):
    """Loads a verb's module only when that verb is called, so that `ssner extract` starts fast."""

    verbs: ClassVar[dict[str, tuple[str, str]]] = {
        "extract": ("extract", "extract"),
        "schema": ("schema", "schema"),
        "corpus": ("corpus", "corpus"),
        "show": ("show", "show"),
        "explain": ("explain", "explain"),
        "convert": ("convert", "convert"),
        "serve": ("serve", "serve"),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.verbs)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.verbs:
            return None
        from importlib import import_module

        module, attribute = self.verbs[name]
        command: click.Command = getattr(import_module(f".{module}", __package__), attribute)
        return command


@click.command(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="ssner")
def main() -> None:
    """Structured events from Persian news on social security, welfare and health services."""
