from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from ssner.document import Document
from ssner.evaluation.cases import make_cases
from ssner.evaluation.charts import Line, Row, difference_chart, interval_chart, line_chart, reliability_chart
from ssner.evaluation.comparison import Difference
from ssner.evaluation.contexts import costliest
from ssner.evaluation.errors import all_mistakes
from ssner.evaluation.report import Report, render_report
from ssner.evaluation.scoring import ScoringOptions, evaluate_cases
from ssner.evaluation.slices import seen_mentions

from .builders import GOLD, confident, mention, replaced

NEWS = GOLD.with_(id="d2", meta={"collection": "news", "source": "isna"})
GUESS = confident(replaced(GOLD, mention(2, "FACILITY", "بیمارستان مهر", canonical="C2")))


def report(gold: list[Document], predicted: list[Document], own_only: bool = True) -> dict[str, str]:
    cases = make_cases(gold, predicted, gold, {d.id for d in gold})
    metrics = {
        "metrics_version": 2, "ssner_version": "0", "made": "2026-11-22", "verdict": None,
        "evaluated": {"name": "a <b> & c", "kind": "predictions", "sha256": "0" * 64, "calibration": None,
                      "missing": 0, "dropped": 0},
        "on": {"split": "test", "collections": ["own"], "left_out": 0, "gold": {}},
        **evaluate_cases(cases, ScoringOptions(draws=100, seen=seen_mentions(gold))),
    }  # fmt: skip
    return render_report(Report(metrics, costliest(all_mistakes(cases), cases, own_only, 50), own_only))


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return report([GOLD, NEWS], [GUESS, GUESS.with_(id="d2")])


class Tags(HTMLParser):
    """Every tag with its attributes, and whether each that is opened is closed."""

    VOID = ("meta", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_neither_network_nor_script(files: dict[str, str]) -> None:
    tags = Tags(files["report.html"]).found
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in tags}
    assert not any(a.get("src") or str(a.get("href", "#")).startswith("http") for _, a in tags)
    assert "url(" not in files["report.html"] and "@import" not in files["report.html"]


def test_links_lead_to_places_in_the_page(files: dict[str, str]) -> None:
    tags = Tags(files["report.html"]).found
    places = {f"#{a['id']}" for _, a in tags if a.get("id")}
    assert {a["href"] for _, a in tags if a.get("href")} <= places


def test_persian_is_right_to_left(files: dict[str, str]) -> None:
    texts = [a for tag, a in Tags(files["report.html"]).found if tag == "p" and a.get("class") == "text"]
    assert texts and all(a["dir"] == "rtl" and a["lang"] == "fa" for a in texts)


def test_light_dark_phone_and_paper_are_thought_of(files: dict[str, str]) -> None:
    for rule in ("prefers-color-scheme: dark", "max-width: 36rem", "@media print", 'name="viewport"'):
        assert rule in files["report.html"]


def test_names_are_escaped(files: dict[str, str]) -> None:
    assert "<h1>Evaluation of a &lt;b&gt; &amp; c</h1>" in files["report.html"]
    assert files["report.md"].startswith("# Evaluation of a <b> & c on test")


def test_the_first_screen_has_figures_with_intervals(files: dict[str, str]) -> None:
    header = files["report.html"].partition("</header>")[0]
    for title in ("Entities", "Relations", "Values", "Event roles", "Document facts"):
        assert f'<span class="name">{title}</span>' in header
    assert len(re.findall(r'<span class="interval">\d+\.\d to \d+\.\d</span>', header)) == 5
    assert "No earlier run to compare with." in header


def test_texts_that_are_not_ours_are_quoted_only_when_asked() -> None:
    theirs = NEWS.with_(text=NEWS.text.replace("ساخت", "گشود"))
    hidden = report([GOLD, theirs], [GUESS])
    assert not any("گشود" in content for content in hidden.values())
    assert "other texts are not ours to quote" in hidden["report.html"]
    shown = report([GOLD, theirs], [GUESS], own_only=False)
    assert "گشود" in shown["report.html"]
    assert "keep this page to yourself" in shown["report.html"]


def test_gold_stands_above_the_prediction(files: dict[str, str]) -> None:
    article = files["report.html"].partition("<article>")[2].partition("</article>")[0]
    gold, predicted = article.split('<div class="side">')[1:]
    assert 'class="FACILITY point" title="FACILITY">بیمارستان مهر شیراز</mark>' in gold
    assert 'class="FACILITY point" title="FACILITY">بیمارستان مهر</mark>' in predicted


def test_tables_of_the_markdown_are_whole(files: dict[str, str]) -> None:
    blocks = [b.split("\n") for b in re.findall(r"(?:^\|.*\n)+", files["report.md"], re.MULTILINE)]
    assert len(blocks) > 8
    for head, rule, *rows in (b[:-1] for b in blocks):
        assert set(rule) <= set("| -") and rows
        assert {row.count("|") for row in rows} == {head.count("|")}


def test_figures_are_well_formed(files: dict[str, str]) -> None:
    figures = {name for name in files if name.startswith("figures/")}
    assert {
        "figures/headline.svg", "figures/entities_by_type.svg", "figures/relations_by_type.svg",
        "figures/reliability_events.svg", "figures/keep_events.svg",
    } <= figures  # fmt: skip
    for name in figures:
        assert ElementTree.fromstring(files[name]).tag == "{http://www.w3.org/2000/svg}svg"


def test_charts_escape_and_place_what_they_are_given() -> None:
    chart = ElementTree.fromstring(interval_chart("A & <B>", [Row("x<y", 0.5, 0.25, 1.0)]))
    assert chart.attrib["aria-label"] == "A & <B>"
    (dot,) = chart.iter("{http://www.w3.org/2000/svg}circle")
    assert dot.attrib["cx"] == "211.0"  # halfway


@pytest.mark.parametrize(
    "chart",
    [
        interval_chart("t", []),
        reliability_chart("t", [{"low": 0.9, "high": 1.0, "count": 1, "confidence": 1.0, "right": 0.0,
                                 "right_low": 0.0, "right_high": 0.8}], 1.0),
        line_chart("t", [Line("l", [(0, 0.1), (1, 0.2)], [0, 0.1], [0.2, 0.3])], [(0, "a"), (1, "b")], "x"),
        difference_chart("t", [Difference("entities", "E", 3, 0.1, 0.1, 0.0, 0.0, 1.0)]),
    ],
)  # fmt: skip
def test_charts_at_the_edges_are_well_formed(chart: str) -> None:
    ElementTree.fromstring(chart)
