"""When an event was, where its sentence says so."""

from __future__ import annotations

from ..document import Document, Entity, EventDate
from ..text import Segmented
from ..values.dates import dates_of, parse_article_date, resolve


class DateFinder:
    """The dates of a document; dates inside names (`بیمارستان ۲۲ بهمن`) are none."""

    def __init__(self, segmented: Segmented, document: Document) -> None:
        self._segmented = segmented
        article = parse_article_date(document.meta.get("date"))
        words = segmented.words
        self._by_sentence: dict[int, list[EventDate]] = {}
        taken = [(e.start, e.end) for e in document.entities if e.type in ("ORG", "FACILITY", "PERSON")]
        for found in dates_of(words):
            start, end = words[found.first].start, words[found.last - 1].end
            if any(start < b and a < end for a, b in taken):
                continue
            period = resolve(found, article)
            jalali, iso = (period.jalali, period.iso) if period is not None else (None, None)
            when = EventDate(document.text[start:end], start, end, jalali, iso)
            self._by_sentence.setdefault(segmented.sentence_of(start), []).append(when)

    def of_event(self, core: Entity) -> EventDate | None:
        """The date nearest to the mention that tells the event, in its sentence."""
        dates = self._by_sentence.get(self._segmented.sentence_of(core.start), [])
        return min(dates, key=lambda d: (max(d.start - core.end, core.start - d.end), d.start), default=None)
