from __future__ import annotations

import pytest

from ssner.corpus.brat import document_from_brat, document_to_brat, parse_brat
from ssner.corpus.validation import validate_annotation

TEXT = (
    "درمانگاه شهدای میبد با ۹۰ میلیارد ریال ساخته شد. تأمین اجتماعی یزد آن را می‌گرداند.\n"
    "خبر دیگر این است.\nدو تخت مانده."
)
GOOD = """T1\tFACILITY 0 19\tدرمانگاه شهدای میبد
T2\tMONEY 23 38\t۹۰ میلیارد ریال
T3\tORG 49 63\tتأمین اجتماعی یزد
R1\tCOSTS Arg1:T1 Arg2:T2
R2\tOPERATED_BY Arg1:T1 Arg2:T3
A1\tEvent T1 CONSTRUCTION
A2\tStatus T1 COMPLETED
"""


def spans() -> dict[str, tuple[int, int]]:
    words = {"T1": "درمانگاه شهدای میبد", "T2": "۹۰ میلیارد ریال", "T3": "تأمین اجتماعی یزد", "T4": "دو تخت"}
    return {k: (TEXT.index(w), TEXT.index(w) + len(w)) for k, w in words.items()}


def good() -> str:
    out = GOOD
    for name, kind in (("T1", "FACILITY"), ("T2", "MONEY"), ("T3", "ORG")):
        start, end = spans()[name]
        lines = [
            f"{name}\t{kind} {start} {end}\t{TEXT[start:end]}" if line.startswith(name + "\t") else line
            for line in out.split("\n")
        ]
        out = "\n".join(lines)
    return out


def causes(content: str, text: str = TEXT) -> list[str]:
    return [f"{p.line}: {p.cause}" for p in validate_annotation("a.ann", content, text)]


def test_a_good_file_has_no_problem() -> None:
    assert causes(good()) == []


def replaced(name: str, line: str) -> str:
    return "\n".join(line if old.startswith(name + "\t") else old for old in good().split("\n"))


_FROM, _TO = TEXT.index("ساخته"), TEXT.index("آن") + 2
CROSSING = f"T9\tORG {_FROM} {_TO}\t{TEXT[_FROM:_TO]}"
T4 = "T4\tQUANTITY {} {}\tدو تخت".format(*spans()["T4"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (replaced("T2", "T2\tCOIN 23 38\t۹۰ میلیارد ریال"), "2: unknown entity type 'COIN'"),
        (replaced("T3", "T3\tORG 49 900\tهیچ"), "3: span T3 49..900 is empty or over its text"),
        (replaced("T2", "T2\tMONEY 23 38\t۸۰ میلیارد ریال"), "2: T2 23..38 quotes '۸۰ میلیارد ریال'"),
        (replaced("T1", "T1\tFACILITY 0 18\t" + TEXT[0:18]), "1: T1 0..18 'درمانگاه شهدای میب' has a ragged edge"),
        (good() + "T9\tORG 10 15\t" + TEXT[10:15], "8: T9 overlaps T1 on line 1"),
        (good() + CROSSING, "crosses a sentence"),
        (replaced("R1", "R1\tFUNDS Arg1:T1 Arg2:T2"), "4: FUNDS cannot join FACILITY to MONEY"),
        (replaced("R1", "R1\tLIKES Arg1:T1 Arg2:T2"), "4: unknown relation type 'LIKES'"),
        (replaced("R1", "R1\tCOSTS Arg1:T1 Arg2:T8"), "4: R1 names T8, which is not there"),
        (good() + "R9\tCOSTS Arg1:T1 Arg2:T2", "8: R9 repeats line 4"),
        (good() + T4 + "\nR9\tHAS_CAPACITY Arg1:T1 Arg2:T4", "sentences apart"),
        (good() + "A9\tEvent T3 CONSTRUCTION", "8: Event on T3, a ORG"),
        (good() + "A9\tStatus T3 COMPLETED", "8: Status on T3, which has no event"),
        (replaced("A2", "A2\tStatus T1 DONE"), "7: unknown value 'DONE' of Status"),
        (replaced("A2", "A2\tMood T1 COMPLETED"), "7: unknown attribute 'Mood'"),
        (replaced("A2", "#\tnothing"), "1: T1 'درمانگاه شهدای میبد' has no Status"),
        (good() + "A9\tStatus T1 ONGOING", "8: Status of T1 repeats line 7"),
        (good() + "A9\tStatus T7 ONGOING", "8: A9 names T7, which is not there"),
        (good() + "something else", "8: unreadable line 'something else'"),
    ],
)
def test_each_problem_is_named_with_its_line(content: str, said: str) -> None:
    assert any(said in cause for cause in causes(content)), causes(content)


def test_every_problem_says_how_to_mend_it() -> None:
    for problem in validate_annotation("a.ann", replaced("T2", "T2\tCOIN 23 99\tx") + "junk", TEXT):
        assert problem.file == "a.ann" and problem.mend


def test_brat_round_trip() -> None:
    document = document_from_brat("d", TEXT, good())
    assert document_from_brat("d", TEXT, document_to_brat(document)) == document
    assert len(parse_brat(good()).relations) == 2
