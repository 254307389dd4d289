"""CoNLL BIO: one word and its label a line, an empty line after each sentence, `# document = id` before a document.

Files of others are read too: columns parted by spaces or tabs, the label last, documents opened by `-DOCSTART-`.

Held: words, sentences, entities, names of documents, their split (one file each). Not held: the spaces and line breaks
between words (on reading they are set as Persian print does, a sentence a line), entities that do not begin and end
with words of one sentence or overlap others, relations, attributes, ids of entities, and all that hangs on these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ...document import Document, Entity
from ...schema import OUTSIDE
from ...text import segment
from ..conll import to_conll
from ..store import SPLITS
from .base import ENTITY_IDS, METADATA, FormatError, Loss, check_names, contents, holds_control
from .draft import Draft, Span
from .spacing import join_words

_OPENING: Final = "# document = "
_COLUMNS: Final = re.compile(r"[\t ]+")
_LABEL: Final = re.compile(r"O|[BI]-\S+")
_TAGS: Final = "#@"
"""What opens a hashtag or handle: alone on its line it goes with its neighbours, unless an empty line parts them."""
_Sentence = list[tuple[str, str, int]]
"""Word, label and line number of each word."""


class Conll:
    """The format `conll`."""

    name = "conll"
    writes_folder = True

    def write(self, documents: Sequence[Document], path: Path) -> Loss:
        """Write one file for each split that the documents' metadata names (see `base.Format`)."""
        check_names(documents)
        for document in documents:
            if holds_control(document.id):
                raise FormatError(f"the document id {document.id!r} holds a line break; give it another id")
        splits: dict[str, list[Document]] = {}
        losses: list[Loss] = []
        for document in documents:
            kept = document.with_(entities=fitting_entities(document), relations=())
            split = document.meta.get("split")
            splits.setdefault(split if split in SPLITS else "documents", []).append(kept)
            losses.append(_loss(document, kept.entities))
        for split, members in splits.items():
            (path / f"{split}.conll").write_bytes("".join(line + "\n" for line in to_conll(members)).encode())
        return Loss.total(losses)

    def read(self, path: Path) -> tuple[list[Document], Loss]:
        """Read a file, or the `.conll` files of a folder (see `base.Format`)."""
        files = sorted(path.glob("*.conll")) if path.is_dir() else [path]
        if not files:
            raise FormatError(f"{path}: holds no .conll file; name the file")
        pairs = [draft.document() for file in files for draft in _read_file(file)]
        documents = [d for d, _ in pairs]
        check_names(documents)
        return documents, Loss.total(loss for _, loss in pairs)


def fitting_entities(document: Document) -> tuple[Entity, ...]:
    """The entities that BIO labels over words can state: of those that overlap the longest is kept."""
    segmented = segment(document.text)
    starts, ends = {w.start for w in segmented.words}, {w.end for w in segmented.words}
    taken: list[Entity] = []
    for entity in sorted(document.entities, key=lambda e: (e.start - e.end, e.start)):
        on_words = entity.start in starts and entity.end in ends
        in_sentence = segmented.sentence_of(entity.start) == segmented.sentence_of(entity.end - 1)
        if on_words and in_sentence and all(entity.end <= t.start or t.end <= entity.start for t in taken):
            taken.append(entity)
    return tuple(sorted(taken, key=lambda e: e.start))


def _loss(document: Document, kept: Sequence[Entity]) -> Loss:
    lost = contents(document)
    lost[ENTITY_IDS] = sum(e.id != f"T{i}" for i, e in enumerate(kept, 1))
    lost[METADATA] -= document.meta.get("split") in SPLITS
    lost["entities that do not fit words or overlap"] = len(document.entities) - len(kept)
    words = segment(document.text).words
    spans, text = [(w.start, w.end) for w in words], document.text
    rebuilt, rebuilt_spans = _join_sentences(
        [[text[w.start : w.end] for w in words[s.first : s.last]] for s in segment(text).sentences]
    )
    before, after = _gaps(text, spans), _gaps(rebuilt, rebuilt_spans)
    lost["spaces and other signs between words"] = sum(a != b for a, b in zip(before, after, strict=True))
    return Loss(lost)


def _gaps(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """What stands before the first span, between spans, and after the last one."""
    starts, ends = [s for s, _ in spans] + [len(text)], [0] + [e for _, e in spans]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _join_sentences(sentences: Sequence[Sequence[str]]) -> tuple[str, list[tuple[int, int]]]:
    """A text with a line for each sentence, and the spans of all words in it."""
    text = ""
    spans: list[tuple[int, int]] = []
    for index, words in enumerate(sentences):
        line, inner = join_words(words)
        if index:
            tagged = words[0] in _TAGS or sentences[index - 1][0] in _TAGS
            text += "\n\n" if tagged else "\n"
        spans += [(len(text) + start, len(text) + end) for start, end in inner]
        text += line
    return text, spans


def _read_file(path: Path) -> Iterator[Draft]:
    try:
        lines = path.read_bytes().decode().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: is not in UTF-8; convert it") from error
    name: str | None = None
    sentences: list[_Sentence] = [[]]
    for number, line in enumerate(lines, 1):
        columns = _COLUMNS.split(line.strip())
        labelled = len(columns) > 1 and _LABEL.fullmatch(columns[-1])
        named = line.startswith(_OPENING) and "\t" not in line
        if named or columns[0] == "-DOCSTART-":
            if name is not None or any(sentences):
                yield _draft(path, name or path.stem, sentences)
            name, sentences = line.removeprefix(_OPENING) if named else f"{path.stem}-{number}", [[]]
        elif not line.strip():
            sentences.append([])
        elif labelled:
            sentences[-1].append((columns[0], columns[-1], number))
        elif not line.startswith("#"):
            raise FormatError(f"{path}:{number}: {line[:40]!r} is not a word and a label; put a tab between them")
    if name is not None or any(sentences):
        yield _draft(path, name or path.stem, sentences)


def _draft(path: Path, name: str, sentences: list[_Sentence]) -> Draft:
    filled = [s for s in sentences if s]
    text, spans = _join_sentences([[word for word, _, _ in s] for s in filled])
    draft = Draft(str(path), name, text, {"split": path.stem} if path.stem in SPLITS else {})
    at = 0
    for sentence in filled:
        for first, last in _runs(path, sentence):
            kind = sentence[first][1].removeprefix("B-")
            draft.spans.append(Span(f"T{len(draft.spans) + 1}", kind, spans[at + first][0], spans[at + last - 1][1]))
        at += len(sentence)
    return draft


def _runs(path: Path, sentence: _Sentence) -> Iterator[tuple[int, int]]:
    """First word and the word after the last one of each entity of a sentence."""
    first: int | None = None
    for index, (_, label, number) in enumerate([*sentence, ("", OUTSIDE, 0)]):
        inside = label.startswith("I-")
        if inside and (first is None or sentence[first][1][2:] != label[2:]):
            raise FormatError(f"{path}:{number}: {label} goes on from no B-{label[2:]}; write B-{label[2:]}")
        if not inside:
            if first is not None:
                yield first, index
            first = index if label.startswith("B-") else None
