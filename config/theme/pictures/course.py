"""A figure from day to day as one line from zero, with numbered spans that the words speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from config.theme.pictures.svg import NARROW, WIDE, line, n, plot, rect, text, width_of

TALLEST = 150.0
TOP = 44  # a line for the highest figure, one for the numbers of the spans
FOOT = 24
THINNEST = 6.0  # of a span, so that one day is seen


@dataclass(frozen=True, slots=True)
class Point:
    """day: as a number, so that missing days leave room."""

    day: int
    value: int


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, with the number it has in the words beside."""

    start: int
    end: int
    number: str


def course(
    points: Sequence[Point], spans: Sequence[Span], shown: tuple[str, str, str], said: str
) -> SafeString:
    """The line through all points. shown: the highest figure, the first and the last day."""
    drawings = (
        plot(size, width, TOP + TALLEST + FOOT, said, _shapes(points, spans, shown, width))
        for size, width in (("narrow", NARROW), ("wide", WIDE))
    )
    return format_html_join("", "{}", ((each,) for each in drawings))


def _shapes(
    points: Sequence[Point], spans: Sequence[Span], shown: tuple[str, str, str], width: int
) -> Iterator[SafeString]:
    if not points:
        return
    first, days = points[0].day, max(points[-1].day - points[0].day, 1)
    most = max(point.value for point in points) or 1
    base = TOP + TALLEST

    def x(day: int) -> float:
        return width * (day - first) / days

    for span in spans:
        wide = max(x(span.end) - x(span.start), THINNEST)
        left = min(max(x(span.start), 0), width - wide)
        yield rect(left, TOP, wide, TALLEST, "f-line")
        middle = min(max(left + wide / 2, 6), width - 6)
        yield text(middle, TOP - 6, span.number, "t-b t-mid")
    yield text(0, 14, shown[0], "t-soft t-s")
    yield line(f"M0 {n(base)}H{width}", "s-line")
    yield line(f"M0 {TOP}H{width}", "s-line")
    places = (f"{n(x(p.day))} {n(base - TALLEST * p.value / most)}" for p in points)
    yield line("M" + "L".join(places), "s-ink")
    yield text(0, base + 18, shown[1], "t-soft t-s")
    if width_of(shown[1]) + width_of(shown[2]) + 12 < width:
        yield text(width, base + 18, shown[2], "t-soft t-s t-end")
