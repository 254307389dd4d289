"""Counties name their province; a name of more than one place only beside its province."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest

from ssner.events.places import gazetteer, places, places_of
from ssner.text import fold, words_of


def provinces(text: str) -> list[str]:
    return [province for _, _, province in places_of(words_of(fold(text)))]


def test_every_province_has_as_many_counties_as_it_should() -> None:
    lines = resources.files("ssner.events").joinpath("resources/counties.tsv").read_text("utf-8").splitlines()
    official = lines[: next(i for i, line in enumerate(lines) if line.startswith("# Other"))]
    counts = Counter(line.split("\t")[1] for line in official if not line.startswith("#"))
    assert len(counts) == 31 and set(counts) <= {province for province, _ in gazetteer().values()}
    assert (counts["فارس"], counts["خراسان رضوی"], counts["تهران"], counts["قم"]) == (37, 34, 16, 3)
    assert 470 <= counts.total() <= 490


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("بهزیستی دشتستان", "بوشهر"),
        ("بیمارستان دهگلان", "کردستان"),
        ("فرماندار بویراحمد", "کهگیلویه و بویراحمد"),
        ("شهرستان تیران و کرون", "اصفهان"),
        ("مراوه‌تپه", "گلستان"),
        ("در بویین زهرا", "قزوین"),
        ("مرکز بهداشت رشت", "گیلان"),
        ("درمانگاه فردیس", "البرز"),
    ],
)
def test_a_county_names_its_province(text: str, province: str) -> None:
    assert provinces(text) == [province]


@pytest.mark.parametrize(("word", "province"), [("مهر", "فارس"), ("صحنه", "کرمانشاه"), ("سلسله", "لرستان")])
def test_an_everyday_word_counts_only_after_a_head(word: str, province: str) -> None:
    assert provinces(f"از {word} سخن گفت") == []
    assert provinces(f"فرمانداری {word}") == [province]


def test_a_head_in_the_plural_holds_for_its_list() -> None:
    expected = ["مازندران", "همدان", "فارس"]
    assert provinces("شهرستان‌های نور، بهار و مهر") == expected
    assert provinces("شهرستان های نور، بهار و مهر") == expected
    assert provinces("شهرستان نور و مهر تابان") == ["مازندران"]


def test_a_name_of_two_provinces_counts_only_beside_one() -> None:
    assert places()["خوشاب"].provinces == {"خراسان رضوی", "سیستان و بلوچستان"}
    assert provinces("درمانگاه خوشاب") == []
    assert provinces("درمانگاه خوشاب در استان خراسان رضوی") == ["خراسان رضوی"] * 2
    assert provinces("یزد پزشک می‌خواهد و درمانگاه خوشاب") == ["یزد"]


def test_a_county_goes_before_a_town_only_where_a_county_is_said() -> None:
    assert provinces("بهارستان") == []
    assert provinces("شهرستان بهارستان") == ["تهران"]


def test_a_province_goes_before_its_namesakes() -> None:
    assert provinces("استان البرز") == provinces("در البرز") == ["البرز"]
    assert provinces("شهرستان البرز") == ["قزوین"]
    assert provinces("استان گلستان") == ["گلستان"]


@pytest.mark.parametrize(
    "text",
    [
        "این کار را بر عهده گرفت", "به شهر آمد", "بانک مرکزی", "به گزارش خبرگزاری فارس", "به نقل از فارس گفت",
        "نشانی: خیابان کرمان، کوچه قزوین", "خیابان کرمان و یزد", "شرکت بیمه البرز پرداخت", "شهید تهرانی و تیم اصفهان",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert provinces(text) == []


def test_an_insurance_office_stands_in_its_province() -> None:
    assert provinces("مدیرکل بیمه کرمانشاه") == ["کرمانشاه"]
