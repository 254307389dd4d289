"""Splits by a hash of the document's name: the same whatever the order, with near-duplicates on one side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence


class SplitError(ValueError):
    """A split can't be made as it was asked for."""


def size_of(amount: str, total: int) -> int:
    """How many of `total` documents an amount asks for: `50`, or `10%`.

    Raises:
        SplitError: It is neither.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%|(\d+)", amount.strip())
    if match is None:
        raise SplitError(f"{amount!r} is neither a number of documents nor a share; write 50 or 10%")
    return int(match[2]) if match[2] else round(total * float(match[1]) / 100)


def assign_splits(
    names: Iterable[str], together: Iterable[Sequence[str]] = (), test: int = 0, dev: int = 0
) -> dict[str, str]:
    """The split of each document.

    Groups (most of one document) are taken in the order of the hash of their first name: each goes to the test split
    while it fits there, else to dev while it fits there, else to train. So a split may stay below its size where only
    larger groups are left, and a document that is added later moves few others.

    Args:
        names: Names of documents.
        together: Groups of names that must be on one side; no name in two of them.
        test: Documents of the test split.
        dev: Documents of the dev split.

    Returns:
        `train`, `dev` or `test` by name, in order of names.

    Raises:
        SplitError: More documents are asked for than there are.
    """
    known = sorted(set(names))
    if test + dev > len(known):
        raise SplitError(f"{test} test and {dev} dev documents are more than the {len(known)} there are; ask for fewer")
    groups = {min(group): sorted(group) for group in together}
    grouped = {name for group in groups.values() for name in group}
    groups |= {name: [name] for name in known if name not in grouped}
    room = {"test": test, "dev": dev}
    out: dict[str, str] = {}
    for first in sorted(groups, key=_rank):
        members = groups[first]
        split = next((s for s in room if len(members) <= room[s]), "train")
        if split in room:
            room[split] -= len(members)
        out.update(dict.fromkeys(members, split))
    return {name: out[name] for name in known}


def _rank(name: str) -> str:
    return hashlib.sha256(f"ssner split {name}".encode()).hexdigest()
