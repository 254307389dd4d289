"""The predictor: a raw text in, a document with entities, relations and events out."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from importlib import resources
from pathlib import Path
from typing import Final

from ..decoding.reader import DocumentReader, ReaderOptions
from ..document import Document
from ..evaluation.calibration import CalibrationError, Scale, calibrated, read_scales
from ..events import assemble
from .session import ModelError, OnnxScorer

_AHEAD: Final = 2
"""Documents for each worker that wait to be given."""


def pretrained_folder() -> Path:
    """The folder of the model that comes with the package."""
    return Path(str(resources.files("ssner") / "pretrained"))


def model_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of a model's files."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".onnx", ".json"):
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def reader_hash(folder: Path) -> str:
    """SHA-256 over a model and this program: the same texts are read the same as long as it is the same."""
    digest = hashlib.sha256(model_hash(folder).encode())
    package = Path(str(resources.files("ssner")))
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".tsv"):
            digest.update(path.relative_to(package).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _scales(path: Path) -> dict[str, Scale]:
    """The scales of a model's confidences; none where it has no such file."""
    if not path.is_file():
        return {}
    try:
        return read_scales(path)
    except CalibrationError as error:
        raise ModelError(str(error)) from error


class Predictor:
    """Reads texts with one model.

    Args:
        model: Folder of an exported model (default: the one in the package).
        threads: For ONNX Runtime; 0 lets it choose.
        options: How texts are read.
        min_confidence: Events below it are left out.
        calibrate: Whether confidences are changed by the model's `calibration.json`, where it has one.

    Raises:
        ModelError: The folder does not hold a model that this version can run.
    """

    def __init__(
        self,
        model: Path | None = None,
        threads: int = 0,
        options: ReaderOptions | None = None,
        min_confidence: float = 0.0,
        calibrate: bool = True,
    ) -> None:
        self.min_confidence = min_confidence
        self.folder = model or pretrained_folder()
        self._reader = DocumentReader(OnnxScorer(self.folder, threads), options)
        self._scales = _scales(self.folder / "calibration.json") if calibrate else {}

    def __call__(self, text: str, document_id: str = "text") -> Document:
        """Read one text."""
        return self.read(Document(document_id, text))

    def read(self, document: Document) -> Document:
        """Read one document, of which id, text and meta are looked at (and entities, with `gold_entities`)."""
        read = assemble(self._reader.read(document))
        if self._scales:
            read = calibrated(read, self._scales)
        if self.min_confidence <= 0:
            return read
        return read.with_(events=tuple(e for e in read.events if (e.confidence or 0.0) >= self.min_confidence))

    def read_all(
        self, documents: Iterable[Document], workers: int = 1, ordered: bool = True
    ) -> Iterator[tuple[Document, Document | Exception]]:
        """Read many documents; what one of them raises is given in its place.

        Args:
            documents: Read as they are needed, a few ahead.
            workers: Threads that each read a document; with more than one, load the model with `threads=1`.
            ordered: Whether they are given in the order they came in, or as they are done.

        Yields:
            The document as it came, and as it was read or why it could not be.
        """
        pool = ThreadPoolExecutor(workers)
        pending: deque[tuple[Document, Future[Document]]] = deque()
        try:
            for document in documents:
                pending.append((document, pool.submit(self.read, document)))
                if len(pending) > _AHEAD * workers:
                    yield _outcome(*_take(pending, ordered))
            while pending:
                yield _outcome(*_take(pending, ordered))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _take(pending: deque[tuple[Document, Future[Document]]], ordered: bool) -> tuple[Document, Future[Document]]:
    """The next to give: the oldest, or one that is done."""
    if not ordered:
        wait([future for _, future in pending], return_when=FIRST_COMPLETED)
        for index, (_, future) in enumerate(pending):
            if future.done():
                found = pending[index]
                del pending[index]
                return found
    return pending.popleft()


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
