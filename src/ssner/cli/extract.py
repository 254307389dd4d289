"""`ssner extract`: texts in, documents with events out."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from typing import Any

import click

_EXAMPLES = """Read Persian news and write entities, relations and events.

PATHS are files, folders, patterns, or - for standard input. One article a file: .txt, .html. Many: .jsonl, .csv,
.parquet. Each (but Parquet) also compressed: .gz, .xz, .zst.

\b
Examples:
  ssner extract article.txt
  ssner extract seeds/ -o events.jsonl --html events.html --table
  ssner extract 'news/**/*.txt' -o events.sqlite --events-csv events.csv
  ssner extract news.csv --text-field body --id-field url -o events.jsonl.gz
  cat article.txt | ssner extract -
\b
A long run, that may be killed at any point and gone on with (a folder of shards):
  ssner extract all.jsonl.xz -o run/ --shard-size 500
  ssner extract all.jsonl.xz -o run/ --shard-size 500 --resume
\b
The same on a Ray cluster (needs the extra scale), over files that all its nodes see:
  ssner extract 'shared/news/*.jsonl.gz' -o shared/run/ --engine ray --ray-address auto --resume

The suffix of -o says the format: .jsonl (also .gz, .xz, .zst), .parquet, .sqlite, or .csv (one row an event).

Exit code: 0 when all was read, 1 when some input could not be (the rest is done), 2 when nothing could be begun.
"""
_path = click.Path(path_type=Path)


@click.command(help=_EXAMPLES)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=_path, help="File, or folder of shards (default, or -: JSON lines to standard output)."
)
@click.option("--html", type=_path, help="Also write a right-to-left page of articles and events.")
@click.option("--events-csv", type=_path, help="Also write one row an event, for a spreadsheet.")
@click.option("--events-parquet", type=_path, help="The same rows as Parquet (needs pyarrow).")
@click.option("--table", is_flag=True, help="Also print a table of events (to standard error without -o).")
@click.option("--min-confidence", default=0.0, show_default=True, help="Leave out events below this confidence.")
@click.option("--model", type=_path, help="Folder of an exported model (default: the one within).")
@click.option("--text-field", default="text", show_default=True, help="Name of the text in JSON lines, CSV, Parquet.")
@click.option("--id-field", default="id", show_default=True, help="Name of the id there.")
@click.option("--max-document-mb", default=2.0, show_default=True, help="Largest document, in megabytes.")
@click.option("--quarantine", type=_path, help="Also write what could not be read, with reasons, as JSON lines.")
@click.option("--strict", is_flag=True, help="Stop at the first input that can't be read.")
@click.option("--shard-size", type=click.IntRange(min=1), help="Inputs a shard: makes -o a folder of shards.")
@click.option("--shard-format", type=click.Choice(["jsonl", "parquet"]), default="jsonl", show_default=True)
@click.option("--resume", is_flag=True, help="Go on with an earlier run into the same folder of shards.")
@click.option(
    "--unordered", is_flag=True, help="Write documents to one file as they come, not in the order of the inputs."
)
@click.option("--threads", default=0, show_default=True, help="Threads; 0: as many as there are cores.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="What runs it.")
@click.option("--ray-address", help="Cluster to join: host:port, auto, or local: one of its own (the default).")
@click.option("--workers", type=click.IntRange(min=1), help="Ray's actors, a model each (default: all processors).")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
def extract(paths: tuple[str, ...], **options: Any) -> None:
    """See `_EXAMPLES`."""
    from ..inference.extraction import Extraction, ExtractionError, NothingReadError
    from ..inference.output import OutputError
    from ..inference.ray_worker import EngineError
    from ..inference.session import ModelError
    from ..inference.shards import StrictStopError

    if options["output"] == Path("-"):
        options["output"] = None
    output: Path | None = options["output"]
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    signal.signal(signal.SIGTERM, _interrupt)
    extraction = Extraction(paths, say=lambda line: click.echo(f"ssner: {line}", err=True), **options)
    try:
        extraction.run()
    except (ModelError, OutputError, ExtractionError, EngineError) as error:
        click.echo(f"ssner: {error}", err=True)
        raise SystemExit(2) from error
    except NothingReadError as error:
        click.echo(f"ssner: {error}", err=True)
        raise SystemExit(1) from error
    except StrictStopError as error:
        kept = (
            "the shards before it stay; mend it and give --resume" if extraction.is_sharded else "nothing was written"
        )
        click.echo(f"ssner: stopped, as --strict asks: {error}; {kept}", err=True)
        raise SystemExit(1) from error
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except OSError as error:
        click.echo(f"ssner: standard output: cannot be written ({error.strerror})", err=True)
        raise SystemExit(2) from error
    except KeyboardInterrupt:
        kept = "whole shards stay; go on with --resume" if extraction.is_sharded else "nothing was written"
        click.echo(f"ssner: stopped; {kept}" if output else "ssner: stopped", err=True)
        raise SystemExit(130) from None
    if options["table"]:
        from ..viewer.table import event_rows, format_table

        click.echo(format_table(event_rows(extraction.kept)), err=output is None)
    if extraction.problems or not extraction.counts["documents"]:
        raise SystemExit(1)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
