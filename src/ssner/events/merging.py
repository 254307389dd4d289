"""Which drafts tell one event."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Value
from .drafts import Draft


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two values are one amount (whatever their bounds); one that could not be read is like no other."""
    if one is None or other is None:
        return one is other
    fields = ("number", "low", "high", "currency", "kind")
    same_unit = _unit_stem(one) == _unit_stem(other)
    return same_unit and all(getattr(one, f) == getattr(other, f) for f in fields) and one.reason is None


def _unit_stem(value: Value) -> str:
    """The unit without spaces and an adjective's ending (`۱۵ سالنه`, `۱۵ سالن`)."""
    return (value.unit or "").replace("\u200c", "").replace(" ", "").rstrip("هی")


def _agree(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell one event: same type and anchor, and no role in which both have values that differ."""
    if one.frame is not other.frame:
        return False
    if one.frame.name == "AGREEMENT":
        if {m.id for m in one.roles["party"]} & {m.id for m in other.roles["party"]}:
            return True  # the same words name a party of both: `الف با ب و ج و د تفاهم‌نامه بست`
        parties = [{m.canonical for m in d.roles["party"]} for d in (one, other)]
        return parties[0] <= parties[1] or parties[1] <= parties[0]
    if one.anchor != other.anchor:
        return False
    trigger = next((r.name for r in one.frame.roles if r.relation == one.frame.trigger and r.via is None), None)
    if one.frame.trigger is not None and trigger is not None:  # one event for each amount or quantity
        pairs = ((a, b) for a in one.roles[trigger] for b in other.roles[trigger])
        return any(a is b or same_value(a.value, b.value) for a, b in pairs)
    return not any(
        _contradict([m.value for m in one.roles.get(role.name, [])], [m.value for m in other.roles.get(role.name, [])])
        for role in one.frame.roles
        if role.has_value
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
    for draft in drafts:
        home = next((d for d in out if _agree(d, draft)), None)
        if home is None:
            out.append(draft)
            continue
        home.statuses |= draft.statuses
        home.inner_sizes += draft.inner_sizes
        home.parts += draft.parts
        for role, mentions in draft.roles.items():
            has_value = home.frame.role(role).has_value
            for mention in mentions:
                known = home.roles[role]
                if not (has_value and any(same_value(mention.value, k.value) for k in known)) and mention not in known:
                    known.append(mention)
    return out
