"""`ssner extract`: texts in, documents with events out."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from ..document import Document
    from ..inference.inputs import InputProblem

_Item = TypeVar("_Item")

_EXAMPLES = """Read Persian news and write entities, relations and events as JSON lines.

PATHS are files (.txt: one article; .jsonl: one article a line), folders, patterns, or - for standard input.

\b
Examples:
  ssner extract article.txt
  ssner extract seeds/ -o events.jsonl --html events.html --table
  ssner extract 'news/**/*.txt' -o out.jsonl --events-csv events.csv
  cat article.txt | ssner extract -

Exit code: 0 when all was read, 1 when some input could not be (the rest is done), 2 when nothing could be begun.
"""


@click.command(help=_EXAMPLES)
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="JSONL file (default: standard output).")
@click.option("--html", type=click.Path(path_type=Path), help="Also write a right-to-left page of articles and events.")
@click.option("--events-csv", type=click.Path(path_type=Path), help="Also write one row an event, for a spreadsheet.")
@click.option("--events-parquet", type=click.Path(path_type=Path), help="The same rows as Parquet (needs pyarrow).")
@click.option("--table", is_flag=True, help="Also print a table of events (to standard error without -o).")
@click.option("--model", type=click.Path(path_type=Path), help="Folder of an exported model (default: the one within).")
@click.option("--text-field", default="text", show_default=True, help="Name of the text in JSON lines.")
@click.option("--id-field", default="id", show_default=True, help="Name of the id in JSON lines.")
@click.option("--max-document-mb", default=2.0, show_default=True, help="Largest document, in megabytes.")
@click.option("--threads", default=0, show_default=True, help="Threads of the model; 0: as many as there are cores.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
def extract(
    paths: tuple[str, ...],
    output: Path | None,
    html: Path | None,
    events_csv: Path | None,
    events_parquet: Path | None,
    table: bool,
    model: Path | None,
    text_field: str,
    id_field: str,
    max_document_mb: float,
    threads: int,
    quiet: bool,
) -> None:
    """See `_EXAMPLES`."""
    from ..document import dump_jsonl
    from ..inference.event_table import TABLES
    from ..inference.inputs import InputOptions, InputProblem, read_inputs
    from ..inference.output import OutputError, whole_file
    from ..inference.predictor import Predictor
    from ..inference.session import ModelError

    options = InputOptions(text_field, id_field, int(max_document_mb * 1e6))
    problems: list[InputProblem] = []
    kept: list[Document] = []
    counts = {"documents": 0, "entities": 0, "relations": 0, "events": 0}
    started = time.perf_counter()

    def good(items: Iterator[Document | InputProblem]) -> Iterator[Document]:
        for item in items:
            if isinstance(item, InputProblem):
                problems.append(item)
                click.echo(f"ssner: {item}", err=True)
            else:
                yield item

    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        with ExitStack() as stack:
            stream = stack.enter_context(whole_file(output)) if output is not None else sys.stdout
            page = stack.enter_context(whole_file(html)) if html is not None else None
            tables = [
                stack.enter_context(TABLES[kind](path))
                for kind, path in (("csv", events_csv), ("parquet", events_parquet))
                if path is not None
            ]
            workers = _workers(paths, threads)
            predictor = Predictor(model, 1 if workers > 1 else threads)
            outcomes = predictor.read_all(good(read_inputs(paths, options)), workers)
            for bare, document in _with_progress(outcomes, quiet):
                if isinstance(document, Exception):
                    fault = f"{type(document).__name__}: {document}"
                    problems.append(InputProblem(bare.id, fault, "a fault of ours: please report it"))
                    click.echo(f"ssner: {problems[-1]}", err=True)
                    continue
                for line in dump_jsonl([document]):
                    stream.write(line + "\n")
                if output is None:
                    sys.stdout.flush()
                for rows in tables:
                    rows.add(document)
                counts["documents"] += 1
                for name in ("entities", "relations", "events"):
                    counts[name] += len(getattr(document, name))
                if html is not None or table:
                    kept.append(document)
            if page is not None:
                from ..viewer.page import render_page

                page.write(render_page(kept))
            if counts["documents"] == 0:
                raise click.exceptions.Exit(1)
    except (ModelError, OutputError) as error:
        click.echo(f"ssner: {error}", err=True)
        raise SystemExit(2) from error
    except click.exceptions.Exit:
        click.echo("ssner: no input could be read, nothing was written", err=True)
        raise SystemExit(1) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except OSError as error:
        click.echo(f"ssner: standard output: cannot be written ({error.strerror})", err=True)
        raise SystemExit(2) from error
    except KeyboardInterrupt:
        click.echo("ssner: stopped; nothing was written" if output else "ssner: stopped", err=True)
        raise SystemExit(130) from None
    if table:
        from ..viewer.table import event_rows, format_table

        click.echo(format_table(event_rows(kept)), err=output is None)
    if not quiet:
        seconds = time.perf_counter() - started
        done = ", ".join(f"{count} {name}" for name, count in counts.items())
        failed = f"; {len(problems)} inputs could not be read" if problems else ""
        where = f" → {output}" if output else ""
        click.echo(f"ssner: {done} in {seconds:.1f} s{failed}{where}", err=True)
    if problems:
        raise SystemExit(1)


def _workers(paths: tuple[str, ...], threads: int) -> int:
    """How many articles are read at once: one where one is asked for, which then has all the cores."""
    if len(paths) == 1 and Path(paths[0]).suffix.lower() == ".txt" and Path(paths[0]).is_file():
        return 1
    return threads or os.cpu_count() or 1


def _with_progress(items: Iterator[_Item], quiet: bool) -> Iterator[_Item]:
    if quiet or not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    return iter(tqdm(items, unit=" articles", file=sys.stderr))
