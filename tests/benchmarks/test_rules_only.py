"""The baseline of rules: what it finds in one sentence, and that it finds nothing where nothing stands."""

from __future__ import annotations

from ssner.text import segment


def test_a_sentence_of_each_kind() -> None:
    import rules_only

    text = "دکتر احمد ناطقی گفت: سازمان تأمین اجتماعی ۴۰۰ میلیارد تومان پرداخت و بیمارستان شهدای یزد ۱۲۰ تخت دارد."
    document = rules_only.read("x", segment(text))
    assert [(e.type, e.text) for e in document.entities][:2] == [
        ("PERSON", "احمد ناطقی"),
        ("ORG", "سازمان تأمین اجتماعی"),
    ]
    assert {(e.type, e.text) for e in document.entities} >= {("MONEY", "۴۰۰ میلیارد تومان"), ("QUANTITY", "۱۲۰ تخت")}
    names = {e.id: e.text for e in document.entities}
    found = {(r.type, names[r.head], names[r.tail]) for r in document.relations}
    assert ("FUNDS", "سازمان تأمین اجتماعی", "۴۰۰ میلیارد تومان") in found
    assert ("HAS_CAPACITY", "بیمارستان شهدای یزد", "۱۲۰ تخت") in found


def test_dates_and_bare_heads_are_nothing() -> None:
    import rules_only

    assert rules_only.read("x", segment("بیمارستان در ۱۲ مهر ۱۴۰۳ باز شد.")).entities == ()
