"""The predictor: a raw text in, a document with entities, relations and events out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import resources
from pathlib import Path

from ..decoding.reader import DocumentReader, ReaderOptions
from ..document import Document
from ..events import assemble
from .session import OnnxScorer


def pretrained_folder() -> Path:
    """The folder of the model that comes with the package."""
    return Path(str(resources.files("ssner") / "pretrained"))


class Predictor:
    """Reads texts with one model.

    Args:
        model: Folder of an exported model (default: the one in the package).
        threads: For ONNX Runtime; 0 lets it choose.
        options: How texts are read.
    """

    def __init__(self, model: Path | None = None, threads: int = 0, options: ReaderOptions | None = None) -> None:
        self.folder = model or pretrained_folder()
        self._reader = DocumentReader(OnnxScorer(self.folder, threads), options)

    def __call__(self, text: str, document_id: str = "text") -> Document:
        """Read one text."""
        return self.read(Document(document_id, text))

    def read(self, document: Document) -> Document:
        """Read one document, of which id, text and meta are looked at (and entities, with `gold_entities`)."""
        return assemble(self._reader.read(document))

    def read_all(
        self, documents: Iterable[Document], workers: int = 1
    ) -> Iterator[tuple[Document, Document | Exception]]:
        """Read many documents, in order; what one of them raises is given in its place.

        Args:
            documents: Read as they are needed, a few ahead.
            workers: Threads that each read a document; with more than one, load the model with `threads=1`.

        Yields:
            The document as it came, and as it was read or why it could not be.
        """
        with ThreadPoolExecutor(workers) as pool:
            pending: deque[tuple[Document, Future[Document]]] = deque()
            for document in documents:
                pending.append((document, pool.submit(self.read, document)))
                if len(pending) > 2 * workers:
                    yield _outcome(*pending.popleft())
            while pending:
                yield _outcome(*pending.popleft())


def _outcome(document: Document, future: Future[Document]) -> tuple[Document, Document | Exception]:
    try:
        return document, future.result()
    except Exception as error:  # one document must not cost the others
        return document, error


def load(model: str | Path | None = None, threads: int = 0) -> Predictor:
    """Load a model.

    Args:
        model: Folder of an exported model (default: the one in the package).
        threads: For ONNX Runtime; 0 lets it choose.

    Raises:
        ModelError: The folder does not hold a model that this version can run.
    """
    return Predictor(Path(model) if model is not None else None, threads)
