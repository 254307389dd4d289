"""The environment in which templates are rendered."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape


def points(value: float) -> str:
    """A share in points (hundredths), with one decimal."""
    return f"{100 * value:.1f}"


def signed(value: float) -> str:
    """A difference of shares in points, with its sign."""
    return f"{100 * value:+.1f}".replace("-", "\u2212")


def p_value(value: float) -> str:
    """A p-value with three decimals."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def inline_chart(svg: str) -> str:
    """A chart for a page that has the charts' style once."""
    before, _, rest = svg.partition("<style>")
    return before + rest.partition("</style>")[2]


def tidy(markdown: str) -> str:
    """Markdown as templates make it, without empty lines in a row, and ending with one line break."""
    return re.sub(r"\n{3,}", "\n\n", markdown).strip() + "\n"


@cache
def environment() -> Environment:
    """Of `templates/`: HTML and SVG escape what they are given, Markdown does not."""
    out = Environment(
        loader=PackageLoader("ssner.evaluation"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=select_autoescape(enabled_extensions=("html.j2", "svg.j2"), default=False),
    )  # fmt: skip
    out.filters |= {"points": points, "signed": signed, "p_value": p_value}
    return out
