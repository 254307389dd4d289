"""Checks of bytes and texts before the model reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ...document import Document
from .problem import InputOptions, InputProblem

PERSIAN_LETTER: Final = "[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]"
"""Pattern of a letter of the Arabic script."""
_PERSIAN: Final = re.compile(PERSIAN_LETTER)


def encoding_problem(place: str, data: bytes) -> InputProblem | None:
    """What keeps bytes from being a UTF-8 text, if anything."""
    if not data.strip():
        return InputProblem(place, "is empty", "leave it out")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return InputProblem(place, "is UTF-16, not UTF-8", "convert the file: iconv -f utf-16 -t utf-8")
    if b"\0" in data:
        return InputProblem(place, "is binary, not text", "leave it out, or extract its text first")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if _looks_like_cp1256(data):
            mend = "it looks like Windows-1256; convert the file: iconv -f cp1256 -t utf-8"
        else:
            mend = "mend those bytes or convert the file"
        return InputProblem(place, f"is not UTF-8 (byte {error.start}, line {line})", mend)
    return None


def _looks_like_cp1256(data: bytes) -> bool:
    """Whether most bytes over 127 are Arabic letters in Windows-1256 and the bytes are not mostly UTF-8."""
    high = [b for b in data[:20_000] if b > 127]
    decoded = data[:20_000].decode("cp1256", errors="replace")
    arabic = len(_PERSIAN.findall(decoded))
    utf8 = len(_PERSIAN.findall(data[:20_000].decode("utf-8", errors="ignore")))
    return arabic > 0.8 * len(high) and utf8 * 4 < arabic


def checked(document: Document, place: str) -> Document | InputProblem:
    """The document, or why the model can't read it."""
    if not document.text.strip():
        return InputProblem(place, "has an empty text", "leave it out")
    if "\0" in document.text:
        return InputProblem(place, "is binary, not text", "leave it out, or extract its text first")
    if not _PERSIAN.search(document.text):
        return InputProblem(place, "holds no Persian letter", "leave it out; the model reads Persian only")
    return document


def row_document(
    row: Mapping[str, Any], place: str, fallback_id: str, options: InputOptions
) -> Document | InputProblem:
    """The document of a row with named fields; all but id and text become its `meta`."""
    text = row.get(options.text_field)
    if not isinstance(text, str):
        fields = ", ".join(str(name) for name in row)[:120]
        mend = f"name the field with --text-field (there are: {fields or 'none'})"
        return InputProblem(place, f"has no text in {options.text_field!r}", mend)
    if len(text.encode("utf-8", "surrogatepass")) > options.most_bytes:
        return options.too_large(place, "its text is")
    identity = row.get(options.id_field)
    meta = {k: v for k, v in row.items() if k not in (options.text_field, options.id_field)}
    return checked(Document(fallback_id if identity is None else str(identity), text, meta), place)
