"""`ssner corpus split`: documents into train, dev and test."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import click

from ..corpus.store import SPLITS


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--test", required=True, metavar="N", help="Documents of the test split, or a share (10%).")
@click.option("--dev", required=True, metavar="N", help="Documents of the dev split, or a share (10%).")
@click.option(
    "--near-duplicates", default=0.5, show_default=True, type=click.FloatRange(0, 1, min_open=True),
    help="Overlap of word 5-grams from which documents stay on one side.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="TSV file (default: standard output).")
def split(paths: tuple[str, ...], test: str, dev: str, near_duplicates: float, output: Path | None) -> None:
    """Assign documents to train, dev and test by a hash of their names, near-duplicates on one side.

    PATHS are files (.txt: one document; .jsonl: one a line), folders or patterns. The result does not depend on their
    order. It is a TSV of document and split; counts and the near-duplicates found are printed beside it.

    \b
    Examples:
      ssner corpus split seeds/ --test 20 --dev 20 -o split.tsv
      ssner corpus split 'news/*.txt' --test 10% --dev 10% --near-duplicates 0.3

    Exit code: 0 when all was read, 1 when some input could not be (the rest is split).
    """
    from ..corpus.near_duplicates import near_duplicates as find
    from ..corpus.splitting import SplitError, assign_splits, size_of
    from ..inference.output import OutputError, whole_file

    texts, left_out = _texts(paths)
    try:
        groups = find(texts, near_duplicates)
        sizes = {name: size_of(amount, len(texts)) for name, amount in (("test", test), ("dev", dev))}
        splits = assign_splits(texts, [g.names for g in groups], **sizes)
        table = io.StringIO()
        writer = csv.writer(table, delimiter="\t", lineterminator="\n")
        writer.writerows([("document", "split"), *splits.items()])
        if output is None:
            click.echo(table.getvalue(), nl=False)
        else:
            with whole_file(output) as stream:
                stream.write(table.getvalue())
    except (SplitError, OutputError) as error:
        raise click.ClickException(str(error)) from error
    counts = Counter(splits.values())
    click.echo(f"{len(splits)} documents: " + ", ".join(f"{s} {counts[s]}" for s in SPLITS), err=True)
    for name, size in sizes.items():
        if counts[name] < size:
            cause = "what is left are larger groups of near-duplicates"
            click.echo(f"ssner: {name} has {counts[name]} documents, not {size}: {cause}", err=True)
    click.echo(f"{len(groups)} groups of near-duplicates (overlap {near_duplicates:g} or more)", err=True)
    for group in groups:
        click.echo(f"  {splits[group.names[0]]}, overlap {group.overlap:.2f}: {', '.join(group.names)}", err=True)
    raise SystemExit(1 if left_out else 0)


def _texts(paths: tuple[str, ...]) -> tuple[dict[str, str], int]:
    """Texts by document name: a file's without its folder, so that a split does not depend on where the files lie.

    Input that can't be read is told and left out.

    Returns:
        The texts, and how many inputs were left out.
    """
    from ..inference.inputs import InputOptions, InputProblem, expand, read_inputs
    from ..inference.inputs.opening import bare_name

    texts: dict[str, str] = {}
    left_out = 0
    for path in expand(paths):
        for item in [path] if isinstance(path, InputProblem) else read_inputs([str(path)], InputOptions()):
            if isinstance(item, InputProblem):
                click.echo(f"ssner: {item}", err=True)
                left_out += 1
                continue
            name = Path(item.id).name if isinstance(path, Path) and item.id == bare_name(path) else item.id
            if name in texts:
                raise click.ClickException(f"two documents are called {name!r}; give each a name of its own")
            texts[name] = item.text
    return texts, left_out
