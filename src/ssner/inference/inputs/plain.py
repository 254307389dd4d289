"""One article a file, as text or as a web page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from ...document import Document
from .checks import checked, encoding_problem
from .opening import MissingLibraryError
from .problem import InputOptions, InputProblem


def read_text(stream: BinaryIO, place: str, name: str, options: InputOptions) -> Iterator[Document | InputProblem]:
    """The one document of a text file."""
    data = stream.read(options.most_bytes + 1)
    if len(data) > options.most_bytes:
        yield options.too_large(place)
        return
    problem = encoding_problem(place, data)
    yield problem or checked(Document(name, data.decode("utf-8")), place)


def read_page(stream: BinaryIO, place: str, name: str, options: InputOptions) -> Iterator[Document | InputProblem]:
    """The article of a web page: title, then text, without menus and comments (trafilatura).

    Raises:
        MissingLibraryError: trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingLibraryError("trafilatura", "pages") from error
    data = stream.read(options.most_bytes + 1)
    if len(data) > options.most_bytes:
        yield options.too_large(place)
        return
    if not data.strip():
        yield InputProblem(place, "is empty", "leave it out")
        return
    found: Any = bare_extraction(data, include_comments=False, with_metadata=True, target_language=None)
    text = found.text if found is not None else None
    if not text:
        yield InputProblem(place, "holds no article that could be found", "save its text as .txt")
        return
    title = found.title or ""
    body = text if not title or text.startswith(title) else f"{title}\n\n{text}"
    known = {"title": title, "date": found.date, "url": found.url}
    yield checked(Document(name, body, {k: v for k, v in known.items() if v}), place)
