from __future__ import annotations

import pytest

from ssner.document import Document, Entity, Relation
from ssner.events import assemble, link_mentions

WORKS = {"event": "CONSTRUCTION", "status": "ONGOING"}


def groups(text: str, *mentions: tuple, relations: tuple[tuple[str, str, str], ...] = ()) -> list[list[str]]:
    """Ids of the mentions of each thing; mentions are (type, words, attributes), found left to right."""
    entities, at = [], 0
    for number, (kind, words, *rest) in enumerate(mentions, 1):
        start = text.index(words, at)
        at = start + len(words)
        entities.append(Entity(f"T{number}", kind, start, at, words, **(rest[0] if rest else {})))
    document = Document("d", text, entities=tuple(entities))
    _, canonical = link_mentions(document.entities, text, [Relation(*r) for r in relations])
    return [list(c.mentions) for c in canonical]


def test_this_hospital_is_the_one_inside_the_last_name() -> None:
    text = "بیمارستان نور باز شد. بعد اورژانس بیمارستان مهر را دیدند. این بیمارستان تخت ندارد. این مرکز شلوغ است."
    found = groups(
        text,
        ("FACILITY", "بیمارستان نور"),
        ("FACILITY", "اورژانس بیمارستان مهر"),
        ("FACILITY", "این بیمارستان"),
        ("FACILITY", "این مرکز"),
    )
    assert sorted(found) == [["T1"], ["T2"], ["T3", "T4"]]


def test_this_fund_is_the_one_whose_public_relations_spoke() -> None:
    text = "صندوق کشتکاران حقوق داد. روابط عمومی صندوق دامداران نوشت این صندوق وام می‌دهد."
    found = groups(text, ("ORG", "صندوق کشتکاران"), ("ORG", "روابط عمومی صندوق دامداران"), ("ORG", "این صندوق"))
    assert found == [["T1"], ["T2"], ["T3"]]


def test_this_centre_is_no_ward() -> None:
    text = "درمانگاه نور و بخش اطفال دیده شدند. این مرکز قدیمی است."
    found = groups(text, ("FACILITY", "درمانگاه نور"), ("FACILITY", "بخش اطفال"), ("FACILITY", "این مرکز"))
    assert found == [["T1", "T3"], ["T2"]]


def test_this_project_is_what_is_being_built() -> None:
    text = "درمانگاه نور ساخته می‌شود. خوابگاه مهر پر است. این پروژه دیر شد."
    found = groups(text, ("FACILITY", "درمانگاه نور", WORKS), ("FACILITY", "خوابگاه مهر"), ("FACILITY", "این پروژه"))
    assert found == [["T1", "T3"], ["T2"]]


def test_a_directorate_is_not_the_agency_that_reports() -> None:
    text = "بیمه سلامت استان یزد به گزارش پیک‌نیوز نوشت این اداره‌کل بدهی ندارد."
    found = groups(text, ("ORG", "بیمه سلامت استان یزد"), ("ORG", "پیک‌نیوز"), ("ORG", "این اداره‌کل"))
    assert found == [["T1", "T3"], ["T2"]]


def test_one_of_several_is_not_meant_by_this() -> None:
    text = "دانشگاه علوم پزشکی شاهرود از دانشگاه‌های علوم پزشکی زابل و گلستان جلو افتاد. این دانشگاه بزرگ است."
    found = groups(
        text,
        ("ORG", "دانشگاه علوم پزشکی شاهرود"),
        ("ORG", "دانشگاه‌های علوم پزشکی زابل"),
        ("ORG", "گلستان"),
        ("ORG", "این دانشگاه"),
    )
    assert found == [["T1", "T4"], ["T2"], ["T3"]]


def test_a_conjunct_has_the_head_of_the_first() -> None:
    text = "انبار بیمارستان مهر میبد باز شد. بیمارستان مهر میبد بزرگ است. بیمارستان‌های نور و مهر تجهیز می‌شوند."
    found = groups(
        text,
        ("FACILITY", "انبار بیمارستان مهر میبد"),
        ("FACILITY", "بیمارستان مهر میبد"),
        ("FACILITY", "بیمارستان‌های نور"),
        ("FACILITY", "مهر"),
    )
    assert found == [["T1"], ["T2", "T4"], ["T3"]]


def test_a_part_is_not_the_whole() -> None:
    text = "مرکز ناباروری میبد هنوز ساختمان ۹۴۰ متری این مرکز را ندارد."
    mentions = ("FACILITY", "مرکز ناباروری میبد"), ("FACILITY", "ساختمان ۹۴۰ متری این مرکز")
    assert groups(text, *mentions, relations=(("PART_OF", "T2", "T1"),)) == [["T1"], ["T2"]]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("بخش مراقبت‌های ویژه نوزادان میبد یا NICU میبد", "بخش مراقبت‌های ویژه نوزادان میبد", "NICU میبد"),
        ("ساختمان شعبه نور را دیدند. این شعبه باز است.", "ساختمان شعبه نور", "این شعبه"),
        ("طبقه دوم درمانگاه را دیدند. این بخش باز است.", "طبقه دوم درمانگاه", "این بخش"),
    ],
)
def test_one_facility_under_two_names(text: str, first: str, second: str) -> None:
    assert groups(text, ("FACILITY", first), ("FACILITY", second)) == [["T1", "T2"]]


def test_the_new_hospital_is_the_one_that_is_built() -> None:
    text = "بیمارستان ۹۶ تختخوابی ساخته می‌شود. بیمارستان حکیم پیر است. بیمارستان نو گران است."
    found = groups(
        text,
        ("FACILITY", "بیمارستان ۹۶ تختخوابی", WORKS),
        ("FACILITY", "بیمارستان حکیم"),
        ("FACILITY", "بیمارستان نو", WORKS),
    )
    assert found == [["T1", "T3"], ["T2"]]


def test_a_name_without_its_head_is_the_whole_not_its_ward() -> None:
    text = "بیمارستان بنی‌طرف باز شد. بخش زنان بنی‌طرف بسته است. مقاوم‌سازی بنی‌طرف گران است."
    found = groups(text, ("FACILITY", "بیمارستان بنی‌طرف"), ("FACILITY", "بخش زنان بنی‌طرف"), ("FACILITY", "بنی‌طرف"))
    assert found == [["T1", "T3"], ["T2"]]


def test_a_bare_name_is_the_branch_that_the_text_is_about() -> None:
    text = "بهزیستی گیلان وام داد. بهزیستی گیلان خانه ساخت. بهزیستی شهرستان کمک کرد. بهزیستی نظر نمی‌دهد."
    found = groups(
        text, ("ORG", "بهزیستی گیلان"), ("ORG", "بهزیستی گیلان"), ("ORG", "بهزیستی شهرستان"), ("ORG", "بهزیستی")
    )
    assert found == [["T1", "T2", "T4"], ["T3"]]


def test_branches_of_two_places_stay_two_beside_a_bare_name() -> None:
    text = "کمیته امداد استان و کمیته امداد بیرجند و کمیته امداد نهبندان"
    found = groups(text, ("ORG", "کمیته امداد استان"), ("ORG", "کمیته امداد بیرجند"), ("ORG", "کمیته امداد نهبندان"))
    assert ["T3"] in found


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("جمعیت هلال‌احمر استان", "هلال احمر", True),
        ("اورژانس و فوریت‌های پزشکی دشتستان", "اورژانس دشتستان", True),
        ("دانشگاه علوم پزشکی تهران", "دانشگاه تهران", False),
    ],
)
def test_short_names_of_organisations(first: str, second: str, same: bool) -> None:
    found = groups(f"{first} گفت. {second} رفت.", ("ORG", first), ("ORG", second))
    assert found == ([["T1", "T2"]] if same else [["T1"], ["T2"]])


def test_a_name_within_a_name_is_the_nearest() -> None:
    text = "بیمارستان بنی‌طرف بزرگ است. درمانگاه نور هم. داروخانه این بیمارستان بسته است. این مرکز شلوغ است."
    found = groups(
        text,
        ("FACILITY", "بیمارستان بنی‌طرف"),
        ("FACILITY", "درمانگاه نور"),
        ("FACILITY", "داروخانه این بیمارستان"),
        ("FACILITY", "این مرکز"),
    )
    assert found == [["T1", "T4"], ["T2"], ["T3"]]


def test_a_longer_surname_comes_later() -> None:
    assert groups("مهدی نوری و مهدی نوری فراهانی", ("PERSON", "مهدی نوری"), ("PERSON", "مهدی نوری فراهانی")) == [
        ["T1", "T2"]
    ]


def test_a_ward_is_called_with_and_without_the_word() -> None:
    text = "رادیولوژی بیمارستان بنی‌طرف بهسازی شد. بخش رادیولوژی باز است."
    found = groups(text, ("FACILITY", "رادیولوژی بیمارستان بنی‌طرف"), ("FACILITY", "بخش رادیولوژی"))
    assert found == [["T1", "T2"]]


def test_the_countrys_body_is_not_the_branch_that_a_bare_name_means() -> None:
    text = "بهزیستی وام داد. بهزیستی یزد خانه ساخت. سازمان بهزیستی کشور پول داد."
    found = groups(text, ("ORG", "بهزیستی"), ("ORG", "بهزیستی یزد"), ("ORG", "سازمان بهزیستی کشور"))
    assert found == [["T1", "T2"], ["T3"]]


def test_this_directorate_is_first_the_one_that_is_called_so() -> None:
    text = "اداره‌کل تعاون یزد آمار داد. تأمین اجتماعی یزد هم بود. این اداره‌کل ۵ بازرس دارد."
    found = groups(text, ("ORG", "اداره‌کل تعاون یزد"), ("ORG", "تأمین اجتماعی یزد"), ("ORG", "این اداره‌کل"))
    assert found == [["T1", "T3"], ["T2"]]


def test_a_towns_office_is_not_the_provinces() -> None:
    text = "بهزیستی استان و بهزیستی و اداره بهزیستی این شهرستان"
    found = groups(text, ("ORG", "بهزیستی استان"), ("ORG", "بهزیستی"), ("ORG", "اداره بهزیستی این شهرستان"))
    assert found == [["T1", "T2"], ["T3"]]


def test_a_body_may_be_called_without_head_and_place() -> None:
    text = "جمعیت هلال احمر گیلان چادر داد. هلال احمر آب داد."
    assert groups(text, ("ORG", "جمعیت هلال احمر گیلان"), ("ORG", "هلال احمر")) == [["T1", "T2"]]


def test_of_two_fits_the_one_with_less_left_out_is_taken() -> None:
    text = "امداد لرستان وام داد. صندوق امداد ولایت هم داد. امداد خانه ساخت."
    found = groups(text, ("ORG", "امداد لرستان"), ("ORG", "صندوق امداد ولایت"), ("ORG", "امداد"))
    assert found == [["T1", "T3"], ["T2"]]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("بخش دیالیز بیمارستان مهر ملایر", "دیالیز ملایر", True),
        ("زایشگاه بیمارستان ولایت بابل", "بیمارستان ولایت بابل", False),
        ("اورژانس بنی‌طرف", "بنی‌طرف", False),
    ],
)
def test_short_names_of_facilities(first: str, second: str, same: bool) -> None:
    found = groups(f"{first} باز شد. {second} بسته است.", ("FACILITY", first), ("FACILITY", second))
    assert found == ([["T1", "T2"]] if same else [["T1"], ["T2"]])


def test_a_building_is_not_its_centre_where_the_text_has_both() -> None:
    text = "مرکز اتیسم سقز باز است. ساختمان مرکز اتیسم سقز کوچک است. این مرکز شلوغ است."
    found = groups(
        text,
        ("FACILITY", "مرکز اتیسم سقز"),
        ("FACILITY", "ساختمان مرکز اتیسم سقز"),
        ("FACILITY", "این مرکز"),
        relations=(("PART_OF", "T2", "T1"),),
    )
    assert found == [["T1", "T3"], ["T2"]]


def test_a_name_in_latin_letters_beside_a_persian_one_is_the_same() -> None:
    text = "فیلم «ژان ویگو» Jean Vigo دیده شد؛ ژان ویگو و Jean Rouch"
    found = groups(
        text, ("PERSON", "ژان ویگو"), ("PERSON", "Jean Vigo"), ("PERSON", "ژان ویگو"), ("PERSON", "Jean Rouch")
    )
    assert found == [["T1", "T2", "T3"], ["T4"]]


def test_a_plural_of_one_word_before_a_conjunct() -> None:
    assert groups("مدارس و کاوش باز شد.", ("FACILITY", "مدارس"), ("FACILITY", "کاوش")) == [["T1"], ["T2"]]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("بیمه سلامت", "بیمه ایران", False),
        ("بیمه ایران", "بیمه آسیا", False),
        ("بانک ملی", "بانک شهر", False),
        ("شورای نگهبان", "شورای شهر", False),
        ("روزنامه ایران", "روزنامه جمهوری اسلامی", False),
        ("خبرگزاری جمهوری اسلامی", "خبرگزاری مهر", False),
        ("صندوق کشتکاران", "صندوق", False),
        ("شورای شهر قم", "شورای شهر", True),
        ("خبرگزاری جمهوری اسلامی ایران", "خبرگزاری جمهوری اسلامی", True),
        ("سازمان بیمه سلامت ایران", "بیمه سلامت", True),
        ("شورای شهر قم", "شورای اسلامی شهر", True),
    ],
)
def test_a_head_alone_tells_nothing(first: str, second: str, same: bool) -> None:
    found = groups(f"{first} گفت. {second} رفت.", ("ORG", first), ("ORG", second))
    assert found == ([["T1", "T2"]] if same else [["T1"], ["T2"]])


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("درمانگاه شهر", "درمانگاه کاوش", False),
        ("پارک شهر", "پارک کاوش", False),
        ("مدرسه تخصصی کاوش", "مدرسه کاوش", True),
    ],
)
def test_a_facilitys_head_alone_tells_nothing(first: str, second: str, same: bool) -> None:
    found = groups(f"{first} باز است. {second} بسته است.", ("FACILITY", first), ("FACILITY", second))
    assert found == ([["T1", "T2"]] if same else [["T1"], ["T2"]])


@pytest.mark.parametrize(
    ("kind", "first", "second", "same"),
    [
        ("PERSON", "محمد شاهرودی", "محمود شاهرودی", False),
        ("PERSON", "حسن کاشانیان", "حسین کاشانیان", False),
        ("PERSON", "حسن کاشانیان", "حسن کاشانیا", True),
        ("FACILITY", "فاز اول درمانگاه کاوش", "فاز دوم درمانگاه کاوش", False),
        ("FACILITY", "دبستان پانزدهم کاوش", "دبستان شانزدهم کاوش", False),
        ("FACILITY", "بخش جراحی مردان درمانگاه کاوش", "بخش جراحی زنان درمانگاه کاوش", False),
        ("FACILITY", "درمانگاه خورشیدی", "درمانگاه خورشدی", True),
    ],
)
def test_a_slip_of_the_pen_is_one_letter_of_a_long_word(kind: str, first: str, second: str, same: bool) -> None:
    found = groups(f"{first} بود. {second} آمد.", (kind, first), (kind, second))
    assert found == ([["T1", "T2"]] if same else [["T1"], ["T2"]])


def test_a_short_facility_of_loose_words_breaks_nothing() -> None:
    text = "«سالن ورزشی شهر ایران» باز شد و «شهر ایران» را دیدند."
    names = ("سالن ورزشی شهر ایران", "شهر ایران")
    at = [text.index(names[0]), text.rindex(names[1])]
    mentions = [
        Entity(f"T{i}", "FACILITY", s, s + len(n), n) for i, (s, n) in enumerate(zip(at, names, strict=True), 1)
    ]
    assert assemble(Document("d", text, entities=tuple(mentions))).canonical


def test_another_head_in_brackets_or_on_the_next_line_is_another_thing() -> None:
    text = "درمانگاه کاوش (بیمارستان رویش) باز شد."
    mentions = ("FACILITY", "درمانگاه کاوش"), ("FACILITY", "بیمارستان رویش")
    assert groups(text, *mentions) == [["T1"], ["T2"]]
    text = "بیمارستان کاوش\nICU بیمارستان رویش"
    mentions = ("FACILITY", "بیمارستان کاوش"), ("FACILITY", "ICU بیمارستان رویش")
    assert groups(text, *mentions) == [["T1"], ["T2"]]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("بخش ICU", "بخش CCU", False),
        ("بخش مراقبت‌های ویژه", "بخش مراقبت‌های ویژه نوزادان", False),
        ("بخش جراحی", "بخش جراحی زنان", False),
        ("بخش جراحی", "بخش جراحی بیمارستان رویش", True),
        ("بخش جراحی", "بخش جراحی ملایر", True),
    ],
)
def test_what_a_ward_is_for_tells_it_from_others(first: str, second: str, same: bool) -> None:
    found = groups(f"{first} باز شد. {second} بسته است.", ("FACILITY", first), ("FACILITY", second))
    assert found == ([["T1", "T2"]] if same else [["T1"], ["T2"]])


def test_a_short_name_does_not_make_one_of_two_bodies() -> None:
    text = "پلیس راه ایستاد. پلیس رفت. پلیس فتا هم آمد."
    found = groups(text, ("ORG", "پلیس راه"), ("ORG", "پلیس"), ("ORG", "پلیس فتا"))
    assert found == [["T1", "T2"], ["T3"]]


@pytest.mark.parametrize("size", ["متروی", "نفرات"])
def test_a_word_that_begins_like_a_unit_is_no_size(size: str) -> None:
    first, second = f"ایستگاه ۵ {size} نور", f"ایستگاه ۷ {size} نور"
    found = groups(f"{first} باز شد. {second} بسته است.", ("FACILITY", first), ("FACILITY", second))
    assert found == [["T1"], ["T2"]]


@pytest.mark.parametrize(
    ("kind", "first", "second", "same"),
    [
        ("ORG", "سازمان بهزیستی کشور", "بهزیستی بم", False),
        ("ORG", "بهزیستی بم", "بهزیستی میانه", False),
        ("ORG", "خبرگزاری مهر", "خبرگزاری", False),
        ("FACILITY", "بخش دیالیز", "بخش دیالیز بم", True),
        ("FACILITY", "بخش دیالیز", "بخش دیالیز ۱۴ تختخوابی بیمارستان رویش", True),
        ("FACILITY", "فرودگاه یزد", "دو باند فرودگاه یزد", False),
        ("FACILITY", "بلوک ۲ اتاق عمل رویش", "بلوک ۳ اتاق عمل رویش", False),
    ],
)
def test_towns_and_sizes_within_names(kind: str, first: str, second: str, same: bool) -> None:
    found = groups(f"{first} باز شد. {second} بسته است.", (kind, first), (kind, second))
    assert found == ([["T1", "T2"]] if same else [["T1"], ["T2"]])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("واحد مراقبت‌های ویژه", "ICU"),
        ("بیمارستان رویش", "مرکز آموزشی درمانی رویش"),
        ("مجتمع درمانی کاوش", "بیمارستان کاوش"),
    ],
)
def test_brackets_explain_what_stands_before_them(first: str, second: str) -> None:
    assert groups(f"{first} ({second}) باز شد.", ("FACILITY", first), ("FACILITY", second)) == [["T1", "T2"]]
