"""`ssner corpus suggest`: which documents to annotate next."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from ..corpus.suggestion import CRITERIA, SuggestionError, Wanted
from ..corpus.suggestion import suggest as choose
from .convert import read_documents
from .corpus_options import root_option, say_left_out, shared_option

_NEEDED = {"doubt": "confidences of mentions"}


@click.command()
@root_option
@shared_option
@click.argument("documents", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-n", "--count", default=50, show_default=True, type=click.IntRange(min=1), help="Documents, at most.")
@click.option(
    "--by",
    type=click.Choice(list(CRITERIA)),
    default="doubt",
    show_default=True,
    help="Doubt, relations found, or different mentions found of a type.",
)
@click.option(
    "--shortest", default=300, show_default=True, type=click.IntRange(min=0), help="Characters of the shortest."
)
@click.option(
    "--longest", default=3000, show_default=True, type=click.IntRange(min=1), help="Characters of the longest."
)
@click.option("--about", multiple=True, metavar="WORD", help="Only documents that hold it (repeatable).")
@click.option(
    "--least-about", default=1, show_default=True, type=click.IntRange(min=1), help="How many of those, at least."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="TSV file (default: standard output).")
def suggest(
    root: Path,
    shared: Path,
    documents: tuple[Path, ...],
    count: int,
    by: str,
    shortest: int,
    longest: int,
    about: tuple[str, ...],
    least_about: int,
    output: Path | None,
) -> None:
    """Choose what to annotate next: documents that the model doubts or finds much in, unlike each other.

    DOCUMENTS are JSONL files or folders of shards of `ssner extract`. Copies of documents of the corpus and of each
    other are left out. The result is a TSV of source, id, what was chosen by for 1,000 characters and share of
    new words, the best first.

    \b
    Examples:
      ssner extract news.jsonl.xz -o run/ --shard-size 1000
      ssner corpus suggest run/ --count 100 --about بیمارستان --about بیمه -o next.tsv
      ssner corpus suggest run/ --by FACILITY --shortest 400

    Exit code: 0 when some were found, 1 when none was.
    """
    from ..corpus.store import CorpusError, TextFinder, read_index
    from ..inference.output import OutputError, whole_file

    try:
        finder = TextFinder(root, shared)
        entries = read_index(root / "annotations")
        known = [finder.text(entry) for entry in entries if finder.available(entry)]
        wanted = Wanted((shortest, longest), about, least_about)
    except (CorpusError, SuggestionError) as error:
        raise click.ClickException(str(error)) from error
    say_left_out(len(entries) - len(known), shared)
    read = (document for path in documents for document in read_documents(path))
    found = choose(read, count, known, wanted, CRITERIA[by])
    if not found:
        cause = (
            f"no document of {shortest} to {longest} characters that holds what is asked for has {_NEEDED.get(by, by)}"
        )
        raise click.ClickException(f"{cause}, and is no copy: ask for less, or name what ssner extract wrote")
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(("source", "document", by, "new_words"))
    writer.writerows(
        (s.document.meta.get("src", ""), s.document.id, f"{s.score:.3f}", f"{s.new_words:.3f}") for s in found
    )
    try:
        if output is None:
            click.echo(table.getvalue(), nl=False)
        else:
            with whole_file(output) as stream:
                stream.write(table.getvalue())
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(found)} documents, {sum(len(s.document.text) for s in found):,} characters", err=True)
