"""Fields of JSON that another tool wrote, with messages that name the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .base import FormatError

_T = TypeVar("_T")


def field(row: Any, name: str, kind: type[_T], place: str) -> _T:
    """The field of a JSON object.

    Raises:
        FormatError: `row` is no object, or has no such field of that kind.
    """
    if not isinstance(row, Mapping):
        raise FormatError(f"{place}: {str(row)[:40]!r} is not a JSON object")
    value = row.get(name)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise FormatError(f"{place}: needs a field {name!r} of type {kind.__name__}, not {str(value)[:40]!r}")
    return value


def objects(row: Any, name: str, place: str) -> list[Mapping[str, Any]]:
    """The list of JSON objects in a field; empty where the field is absent or null.

    Raises:
        FormatError: It is something else.
    """
    found = rows(row, name, place)
    for item in found:
        if not isinstance(item, Mapping):
            raise FormatError(f"{place}: {str(item)[:40]!r} in {name!r} is not a JSON object")
    return found


def rows(row: Any, name: str, place: str) -> list[Any]:
    """The list in a field; empty where the field is absent or null.

    Raises:
        FormatError: It is something else.
    """
    return [] if row.get(name) is None else field(row, name, list, place)
