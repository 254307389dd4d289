"""Words that names of organisations and facilities are made with."""

from __future__ import annotations

from typing import Final

DEMONSTRATIVES: Final = frozenset({"این", "آن", "همین", "همان"})
FREE_HEADS: Final = {
    "ORG": frozenset({"سازمان", "اداره", "ادارهکل", "شرکت", "موسسه", "مجموعه", "مدیریت"}),
    "FACILITY": frozenset({"ساختمان", "مجموعه", "پروژه"}),
}
"""Head nouns that a name is said with or without."""
LEFT_OUT_HEADS: Final = frozenset(
    ["دانشگاه", "شرکت", "بانک", "کمیته", "صندوق", "موسسه", "بنیاد", "هلدینگ", "باشگاه", "کارخانه", "خبرگزاری",
     "روزنامه", "جمعیت", "انجمن"]
)  # fmt: skip
"""Heads of organisations that a long name is said without (`علوم پزشکی همدان`)."""
COMPANY_HEADS: Final = frozenset(
    ["شرکت", "بانک", "موسسه", "بنیاد", "هلدینگ", "باشگاه", "کارخانه", "خبرگزاری", "روزنامه", "انجمن", "صندوق", "گروه",
     "تیم", "حزب", "بیمه"]
)  # fmt: skip
"""Heads of bodies that are named after anything (`خبرگزاری مهر`), not after the town where they are."""
GENERIC_HEADS: Final = LEFT_OUT_HEADS | frozenset(
    ["شبکه", "معاونت", "وزارت", "مرکز", "شورا", "شورای", "مجمع", "خانه", "اتحادیه", "کانون", "هیات", "ستاد", "دفتر"]
)
"""Heads that bodies of one town share: with the place alone they name another body (`دانشگاه تهران`)."""
FACILITY_HEADS: Final = frozenset(
    ["بیمارستان", "درمانگاه", "بخش", "مرکز", "کلینیک", "پلیکلینیک", "خانه", "شعبه", "ساختمان", "ساختمانی", "واحد",
     "مجتمع", "پایگاه", "اورژانس", "آزمایشگاه", "داروخانه", "زایشگاه", "خوابگاه", "کارگاه", "کارخانه", "انبار", "مهد",
     "مهدکودک", "اردوگاه", "مدرسه", "دبستان", "دانشکده", "سالن", "سوله", "شهرک", "جاده", "راه", "پل", "سد", "آسایشگاه",
     "کمپ", "مجموعه", "پروژه", "بلوک", "برج", "اتاق", "طبقه", "فاز", "نیروگاه", "پالایشگاه", "ورزشگاه", "زندان",
     "فرودگاه", "ایستگاه", "بندر", "کتابخانه", "مسجد", "هتل", "بازار", "بازارچه", "نمایشگاه", "دفتر", "باجه",
     "کارگزاری", "دبیرستان", "هنرستان", "تصفیهخانه", "استخر", "مخزن",
     "اسکله", "تونل", "آزادراه", "بزرگراه", "محور", "پارک", "آشپزخانه", "فرهنگسرا", "سردخانه"]
)  # fmt: skip
"""Nouns that a facility's name begins with; a name without one is what coordination left of it (`غرضی اصفهان`)."""
WIDE_HEADS: Final = frozenset({"مرکز", "مجتمع", "ساختمان", "مجموعه", "واحد", "پروژه", "بخش"})
"""Heads by which a facility is called beside its own (`مجتمع درمانی نور (بیمارستان نور)`)."""
BARE_HEADS: Final = (
    GENERIC_HEADS
    | FACILITY_HEADS
    | {"بیمه", "حزب", "جبهه", "فدراسیون", "کمیسیون", "سفارت", "رادیو", "حوزه", "مجله", "هفتهنامه"}
)
"""Heads that tell nothing by themselves: `بیمه ایران` is called by both words."""
UNIT_HEADS: Final = frozenset(
    ["بخش", "اورژانس", "اتاق", "طبقه", "سالن", "آزمایشگاه", "داروخانه", "انبار", "بلوک", "فاز", "راهرو", "زیرزمین",
     "رادیولوژی"]
)  # fmt: skip
"""Nouns of parts of a building, which `این مرکز` does not point at."""
NUMBERED: Final = frozenset({"شماره", "بلوک", "فاز", "واحد", "طبقه", "سالن", "اتاق", "شعبه", "ایستگاه"})
"""Nouns after which a number is a name (`بلوک ۲ اتاق عمل`), not a size."""
SAME_HEADS: Final = {"وزارتخانه": "وزارت", "شعب": "شعبه", "مراکز": "مرکز", "مدارس": "مدرسه", "بیمارستانی": "بیمارستان"}
PLURALS: Final = ("های", "ها")
PLURAL_HEADS: Final = frozenset({"شعب", "مراکز", "مدارس"})
"""Heads in the plural without `ها`."""
LOOSE: Final = frozenset(
    ["شهرستان", "شهر", "کشور", "ایران", "منطقه", "جمهوری", "اسلامی", "کل", "عمومی", "تخصصی", "فوق", "فوقتخصصی",
     "آموزشی", "درمانی", "شبانهروزی", "شهید", "دکتر", "حضرت", "آیتالله", "در", "و"]
)  # fmt: skip
"""Words that a name is said with or without, wherever they stand."""
WARD: Final = "بخش"
PROVINCE: Final = "استان"
TOWN: Final = "شهرستان"
NATIONAL: Final = frozenset({"کشور", "ایران"})
NEW: Final = frozenset({"نو", "جدید", "تازه"})
ONE_WORD: Final = (
    ("اداره کل", "ادارهکل"),
    ("فوق تخصصی", "فوقتخصصی"),
    ("هلال احمر", "هلالاحمر"),
    ("شورای اسلامی", "شورای"),
)
_INTENSIVE: Final = ("بخش", "مراقبتهای", "ویژه")
ABBREVIATIONS: Final[dict[str, tuple[str, ...]]] = {
    "nicu": (*_INTENSIVE, "نوزادان"), "انآیسییو": (*_INTENSIVE, "نوزادان"),
    "picu": (*_INTENSIVE, "کودکان"), "پیآیسییو": (*_INTENSIVE, "کودکان"),
    "icu": _INTENSIVE, "آیسییو": _INTENSIVE,
    "ccu": (*_INTENSIVE, "قلب"), "سیسییو": (*_INTENSIVE, "قلب"),
}  # fmt: skip
"""Wards that are called by letters, and their names in full."""
