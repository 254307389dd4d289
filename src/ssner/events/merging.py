"""Which drafts tell one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..document import Value
from .counting import stem
from .drafts import Draft


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two values are one amount (whatever their bounds); one that could not be read is like no other."""
    if one is None or other is None:
        return one is other
    return stem(one.unit or "") == stem(other.unit or "") and _same_number(one, other)


def _same_number(one: Value, other: Value) -> bool:
    fields = ("number", "low", "high", "currency", "kind")
    return all(getattr(one, f) == getattr(other, f) for f in fields) and one.reason is None


def _same_statement(one: Draft, other: Draft) -> bool:
    """Whether the amounts or quantities that two drafts hang on are one, said twice."""
    if one.core is other.core:
        return True
    if one.counted is None or other.counted is None:
        return same_value(one.core.value, other.core.value)
    if one.core.value is None or other.core.value is None:
        return one.core.value is other.core.value
    return _same_number(one.core.value, other.core.value) and one.counted.is_same(other.counted)


def _agree(one: Draft, other: Draft) -> bool:
    """Whether two drafts of one type tell one event.

    Both have the same anchor (of agreements: parties). Works are two where their progress differs, or where one is
    done, the other is not, and a figure differs.
    """
    if one.frame.name == "AGREEMENT":
        if {m.id for m in one.roles["party"]} & {m.id for m in other.roles["party"]}:
            return True  # the same words name a party of both: `الف با ب و ج و د تفاهم‌نامه بست`
        parties = [{m.canonical for m in d.roles["party"]} for d in (one, other)]
        return parties[0] <= parties[1] or parties[1] <= parties[0]
    if one.frame.trigger is not None:  # one event for each amount or quantity
        return _same_statement(one, other)
    is_one_done = one.is_done != other.is_done
    return not any(
        _contradict([m.value for m in one.roles.get(role.name, [])], [m.value for m in other.roles.get(role.name, [])])
        for role in one.frame.roles
        if role.has_value and (is_one_done or role.name == "progress")  # the figures of one work add up
    )


def _contradict(ours: Sequence[Value | None], theirs: Sequence[Value | None]) -> bool:
    """Whether values of one role, of the same unit and kind, are all different (beds and an area do not contradict)."""
    alike = [(a, b) for a in ours for b in theirs if a is None or b is None or _measure(a) == _measure(b)]
    return bool(alike) and not any(same_value(a, b) for a, b in alike)


def _measure(value: Value) -> tuple[str | None, str | None, str | None]:
    return value.currency, value.unit, value.kind


def merge_drafts(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts that tell one event put together, in order of the first of each."""
    out: list[Draft] = []
    alike: dict[tuple[str, str | None], list[Draft]] = defaultdict(list)
    for draft in drafts:
        near = alike[draft.frame.name, None if draft.frame.name == "AGREEMENT" else draft.anchor]
        home = next((d for d in near if _agree(d, draft)), None)
        if home is None:
            out.append(draft)
            near.append(draft)
            continue
        home.statuses |= draft.statuses
        home.inner_sizes += draft.inner_sizes
        home.parts += draft.parts
        for role, mentions in draft.roles.items():
            has_value = home.frame.role(role).has_value
            if has_value and home.frame.role(role).relation == home.frame.trigger:
                continue  # the amount or quantity that both hang on
            for mention in mentions:
                known = home.roles[role]
                if not (has_value and any(same_value(mention.value, k.value) for k in known)) and mention not in known:
                    known.append(mention)
    return out
