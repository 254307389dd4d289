"""`ssner corpus`: check, count, convert and split the annotated corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..corpus.store import (
    COLLECTIONS,
    CorpusError,
    IndexEntry,
    TextFinder,
    annotation_path,
    load_documents,
    read_index,
    text_hash,
)
from .corpus_convert import export, import_
from .corpus_options import root_option, say_left_out, shared_option
from .corpus_split import split
from .corpus_suggest import suggest

if TYPE_CHECKING:
    from ..corpus.validation import Problem


@click.group()
def corpus() -> None:
    """Check, count, convert and split the annotated corpus (annotations/, seeds/)."""


corpus.add_command(export)
corpus.add_command(import_)
corpus.add_command(split)
corpus.add_command(suggest)


@corpus.command()
@root_option
@shared_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def validate(root: Path, shared: Path, files: tuple[Path, ...]) -> None:
    """Check annotation files against their texts and the schema: file, line, cause and mend of every problem.

    Without FILES, all that the index names are checked.

    \b
    Examples:
      ssner corpus validate
      ssner corpus validate annotations/own/s001.ann

    Exit code: 0 when nothing was found, 1 when something was, 2 when the corpus can't be read.
    """
    from ..corpus.validation import Problem, validate_annotation

    problems: list[Problem] = []
    checked = absent = 0
    try:
        finder = TextFinder(root, shared)
        entries = read_index(root / "annotations")
        known = {annotation_path(root, e).resolve() for e in entries}
        wanted = {f.resolve() for f in files} or known
        on_disk = {p.resolve() for c in COLLECTIONS for p in (root / "annotations" / c).glob("*.ann")}
        for path in sorted((wanted if files else on_disk) - known):
            problems.append(
                Problem(str(path), 0, "stands in no row of annotations/index.tsv", "add a row or delete it")
            )
        for entry in entries:
            path = annotation_path(root, entry)
            if path.resolve() not in wanted:
                continue
            if not finder.available(entry):
                absent += 1
                continue
            if not path.is_file():
                problems.append(Problem(str(path), 0, "is named in the index but not there", "restore it or its row"))
                continue
            text = finder.text(entry)
            if text_hash(text) != entry.sha256:
                mend = "restore the text, or annotate it anew and write its sha256 into the index"
                problems.append(
                    Problem(str(path), 0, "its text has changed since it was annotated (sha256 differs)", mend)
                )
            found = validate_annotation(str(path), path.read_text("utf-8"), text, entry.collection == "own")
            problems += found
            checked += 1
            if not found:
                problems += _gold_problems(root, entry, path, text)
    except (CorpusError, UnicodeDecodeError) as error:
        click.echo(f"ssner: {error}", err=True)
        raise SystemExit(2) from error
    for problem in problems:
        click.echo(str(problem))
    say_left_out(absent, shared)
    click.echo(f"{checked} files checked, {len(problems)} problems", err=True)
    raise SystemExit(1 if problems else 0)


def _gold_problems(root: Path, entry: IndexEntry, path: Path, text: str) -> list[Problem]:
    """What keeps the gold values and events of a document from going with its annotation."""
    from ..corpus.brat import document_from_brat
    from ..corpus.gold import gold_path, with_gold
    from ..corpus.validation import Problem

    try:
        with_gold(document_from_brat(entry.document, text, path.read_text("utf-8")), root / "annotations")
    except CorpusError as error:
        mend = "mend it, or write the gold of this document anew"
        return [Problem(str(gold_path(root / "annotations", entry.document)), 0, str(error), mend)]
    return []


@corpus.command()
@root_option
@shared_option
@click.option("--picture", type=click.Path(path_type=Path), help="Also draw the counts into this SVG or PNG file.")
def statistics(root: Path, shared: Path, picture: Path | None) -> None:
    """Count documents, words, entities, relations and events by split and type, and how varied our articles are.

    \b
    Examples:
      ssner corpus statistics
      ssner corpus statistics --picture corpus.svg
    """
    from ..corpus.diversity import compare_variety, format_diversity, greatest_overlaps
    from ..corpus.statistics import count_corpus, draw_counts, format_counts
    from ..corpus.store import left_out

    try:
        documents = list(load_documents(root, shared))
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
    counts = count_corpus(documents)
    say_left_out(left_out(root, shared), shared)
    click.echo(format_counts(counts))
    ours = {d.id: d.text for d in documents if d.meta["collection"] == "own"}
    both = compare_variety(list(ours.values()), shared / "news" / "on_topic.jsonl")
    click.echo("\n" + format_diversity(greatest_overlaps(ours), both))
    if picture is not None:
        try:
            draw_counts(counts, picture)
        except (ImportError, OSError, ValueError) as error:
            raise click.ClickException(f"{picture}: cannot be drawn ({error}); pip install 'ssner[report]'") from error
        click.echo(f"→ {picture}", err=True)


@corpus.command()
@root_option
@shared_option
@click.argument("first", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("second", type=click.Path(exists=True, file_okay=False, path_type=Path))
def agreement(root: Path, shared: Path, first: Path, second: Path) -> None:
    """Agreement of two annotators: FIRST and SECOND are folders of .ann files with the same names.

    Files of documents whose texts are not here are left out.

    \b
    Example:
      ssner corpus agreement annotations/double/a annotations/double/b
    """
    from ..corpus.brat import document_from_brat
    from ..document import Document, DocumentError
    from ..evaluation.agreement import agreement_table

    try:
        finder = TextFinder(root, shared)
        entries = {e.document: e for e in read_index(root / "annotations")}
        sides: list[list[Document]] = []
        absent = 0
        for folder in (first, second):
            documents: list[Document] = []
            for path in sorted(folder.glob("*.ann")):
                entry = entries.get(path.stem)
                if entry is None:
                    raise CorpusError(f"{path}: no document of that name in annotations/index.tsv")
                if not finder.available(entry):
                    absent += 1
                    continue
                documents.append(document_from_brat(path.stem, finder.text(entry), path.read_text("utf-8")))
            sides.append(documents)
        table = agreement_table(sides[0], sides[1])
    except (CorpusError, DocumentError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    say_left_out(absent // 2, shared)
    click.echo(f"{len(sides[0])} documents\n\n{table}")
