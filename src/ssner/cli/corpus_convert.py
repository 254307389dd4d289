"""`ssner corpus export` and `import`: the corpus in the formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..corpus.formats import FORMATS, FormatError
from ..corpus.store import COLLECTIONS, SPLITS, CorpusError, TextFinder, load_documents, read_index
from ..document import DocumentError
from .corpus_options import root_option, say_left_out, shared_option

if TYPE_CHECKING:
    from ..corpus.formats import Format, Loss
    from ..document import Document

_OWN = COLLECTIONS[0]
_DEFAULT = "conll"


@click.command("export")
@root_option
@shared_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default=_DEFAULT, show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="New folder, or file for doccano and json.")
@click.option("--split", "splits", multiple=True, type=click.Choice(SPLITS), help="Only these (repeat; default: all).")
@click.option(
    "--collection", "collections", multiple=True, default=[_OWN], show_default=True,
    type=click.Choice(COLLECTIONS), help="Repeat for several. Only the texts of `own` are ours to pass on.",
)  # fmt: skip
def export(
    root: Path, shared: Path, form: str, output: Path | None, splits: tuple[str, ...], collections: tuple[str, ...]
) -> None:
    """Write the corpus in the format of another tool, and say what that format can't hold (count, kinds).

    Without -o, BIO files of the texts that we own are written to annotations/bio.

    \b
    Examples:
      ssner corpus export
      ssner corpus export --format brat -o brat/ --split dev --collection own --collection news
      ssner corpus export --format doccano -o corpus.jsonl
      ssner corpus export --format label-studio -o studio/
      ssner corpus export --format huggingface -o dataset/
      ssner corpus export --format json --split test -o gold.jsonl
      ssner extract gold.jsonl -o out.jsonl && ssner show out.jsonl --gold gold.jsonl
    """
    from ..inference.output import OutputError

    splits = splits or SPLITS
    if output is None and form != _DEFAULT:
        raise click.UsageError(f"--format {form} needs a place: name it with -o")
    target = output or root / "annotations" / "bio"
    if set(collections) != {_OWN} and _lies_in(target, root / "annotations"):
        raise click.ClickException(f"{target}: texts that are not ours can't go into annotations/; name another place")
    try:
        finder = TextFinder(root, shared)
        entries = [e for e in read_index(root / "annotations") if e.split in splits and e.collection in collections]
        say_left_out(sum(not finder.available(e) for e in entries), shared)
        documents = list(load_documents(root, shared, splits, collections))
        if not documents:
            raise CorpusError("no document of these splits and collections is here; choose others")
        loss = _write(FORMATS[form], documents, target, replace=output is None)
    except (CorpusError, DocumentError, FormatError, OutputError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or target}: {error.strerror}") from error
    _say(len(documents), target, loss)


@click.command("import")
@root_option
@click.option("--format", "form", required=True, type=click.Choice(list(FORMATS)))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--into-annotations", is_flag=True, help="Allow a folder within annotations/.")
def import_(root: Path, form: str, path: Path, output: Path, into_annotations: bool) -> None:
    """Read another tool's PATH and write .txt and .ann pairs into a new folder, checked against the schema.

    It says what could not be kept (count, kinds), and each problem with its file and line, cause and mend.

    \b
    Examples:
      ssner corpus import --format doccano all.jsonl -o checked/
      ssner corpus import --format label-studio project-1.json -o checked/
      ssner corpus import --format conll annotations/bio/dev.conll -o checked/
      ssner corpus import --format json out.jsonl -o draft/            what ssner extract found, to be corrected

    Exit code: 0 when all is well, 1 when there are problems or nothing could be read.
    """
    from ..corpus.brat import document_to_brat
    from ..corpus.validation import validate_annotation
    from ..inference.output import OutputError

    if not into_annotations and _lies_in(output, root / "annotations"):
        raise click.ClickException(f"{output}: lies within annotations/; name another folder, or --into-annotations")
    try:
        documents, loss = FORMATS[form].read(path)
        if not documents:
            raise FormatError(f"{path}: holds no document; name another file")
        documents = [d.with_(id=d.id.replace("/", "__")) for d in documents]  # ids of extracted files are paths
        loss += _write(FORMATS["brat"], documents, output)
    except (DocumentError, FormatError, OutputError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}: {error.strerror}") from error
    problems = [
        problem
        for d in documents
        for problem in validate_annotation(str(output / f"{d.id}.ann"), document_to_brat(d), d.text)
    ]
    for problem in problems:
        click.echo(str(problem))
    _say(len(documents), output, loss)
    click.echo(f"{len(documents)} files checked, {len(problems)} problems", err=True)
    raise SystemExit(1 if problems else 0)


def _write(form: Format, documents: Sequence[Document], target: Path, replace: bool = False) -> Loss:
    from ..inference.output import whole_path
    from .whole_folder import whole_folder

    with whole_folder(target, replace) if form.writes_folder else whole_path(target) as place:
        return form.write(documents, place)


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _say(count: int, target: Path, loss: Loss) -> None:
    click.echo(f"{count} documents → {target}; {loss}", err=True)
