"""The few SVG shapes the pictures are made of, and how wide a text will be."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NARROW = 340
WIDE = 840
LETTER = 7.8  # a letter at 14 units, sans; a little generous, as fonts differ
_THIN = frozenset(" .,;:'’!|iljItfr()-")

FILLS = {"creators": "f-money", "others": "f-money-2", "rest": "f-money-3"}


@dataclass(frozen=True, slots=True)
class Slice:
    """One share of a whole: `value` is drawn, `shown` is written, `kind` picks the tone.

    kind: creators, others or rest for money; own for the reader's value on a scale.
    """

    label: str
    value: int
    shown: str
    kind: str = "rest"
    note: str = ""

    @property
    def fill(self) -> str:
        return FILLS.get(self.kind, "f-money-3")


def n(value: float) -> str:
    """A coordinate with at most one decimal: short, and the same everywhere."""
    return f"{value:.1f}".removesuffix(".0")


def width_of(text: str, letter: float = LETTER) -> float:
    return sum(letter * (0.55 if each in _THIN else 1) for each in text)


def rect(x: float, y: float, width: float, height: float, fill: str, radius: int = 0) -> SafeString:
    shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>'
    return format_html(shape, fill, n(x), n(y), n(max(width, 0)), n(max(height, 0)), radius)


def text(x: float, y: float, words: str, style: str = "", strong: str = "") -> SafeString:
    """Words at a point, then some in bold; style is a list of the classes of .plot text."""
    bold = format_html('<tspan class="t-b" dx="6">{}</tspan>', strong) if strong else ""
    shape = '<text class="{}" x="{}" y="{}">{}{}</text>'
    return format_html(shape, style, n(x), n(y), words, bold)


def line(d: str, style: str) -> SafeString:
    return format_html('<path class="{}" d="{}"/>', style, d)


def plot(
    size: str, width: float, height: float, said: str, shapes: Iterable[SafeString]
) -> SafeString:
    """The drawing; size is narrow, wide or only."""
    return format_html(
        '<svg class="plot {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        size,
        n(width),
        n(height),
        said,
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )
