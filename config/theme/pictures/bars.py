"""Shares of a whole: a thin bar, and a bar with its labels."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.theme.pictures.svg import NARROW, WIDE, Slice, plot, rect, text, width_of

GAP = 3
THIN_GAP = 1.2  # the thin bar is stretched, its gaps too
HEIGHT = 36
ROW = 48


def bar(slices: Sequence[Slice], said: str) -> SafeString:
    """A bar as wide as its place, stretched without words; the table beside it has them."""
    shapes = (
        rect(x, 0.5, width, HEIGHT - 1, each.fill)
        for each, (x, width) in zip(slices, _places(slices, 300, THIN_GAP), strict=True)
    )
    return format_html(
        '<svg class="bar" viewBox="0 0 300 36" preserveAspectRatio="none" role="img"'
        ' aria-label="{}">{}</svg>',
        said,
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def split(slices: Sequence[Slice], said: str) -> SafeString:
    """One bar with labels on and under it; rows on one scale where the labels would collide."""
    drawings = (
        _stacked(size, slices, width, said) or _rows(size, slices, width, said)
        for size, width in (("narrow", NARROW), ("wide", WIDE))
    )
    return format_html_join("", "{}", ((each,) for each in drawings))


def _places(slices: Sequence[Slice], width: float, gap: float = GAP) -> list[tuple[float, float]]:
    """Where each slice begins and how wide it is; what is not zero is seen."""
    total = sum(each.value for each in slices) or 1
    room = width - gap * (len(slices) - 1)
    widths = [max(room * each.value / total, 1 if each.value else 0) for each in slices]
    starts = accumulate(widths, lambda at, w: at + w + gap, initial=0.0)
    return list(zip(starts, widths, strict=False))  # the last start would be the next slice's


def _stacked(size: str, slices: Sequence[Slice], width: int, said: str) -> SafeString | None:
    """The bar with labels, or None where two labels would touch."""
    places = _places(slices, width)
    on, under = _labels(slices, places, width)
    edges = [(x, x + room) for x, room, _, _ in under]
    if any(left[1] + 4 > right[0] for left, right in pairwise(edges)) or any(
        x < 0 or end > width for x, end in edges
    ):
        return None
    bars = [
        rect(x, 0, w, HEIGHT, each.fill, radius=3)
        for each, (x, w) in zip(slices, places, strict=True)
    ]
    words = [text(x + 10, 23, each.label, "t-on t-b", each.shown) for x, each in on]
    for x, room, each, at_end in under:
        edge, style = (x + room, "t-end") if at_end else (x, "")
        words += [text(edge, 56, each.label, style), text(edge, 74, each.shown, style + " t-soft")]
    return plot(size, width, 80 if under else HEIGHT, said, [*bars, *words])


def _labels(
    slices: Sequence[Slice], places: list[tuple[float, float]], width: int
) -> tuple[list[tuple[float, Slice]], list[tuple[float, float, Slice, bool]]]:
    """Labels written on their shape, and those under it: (x, width, slice, ends at the edge)."""
    on, under = [], []
    for each, (x, room) in zip(slices, places, strict=True):
        if each.kind == "creators" and width_of(f"{each.label} {each.shown}", 8) + 20 < room:
            on.append((x, each))
            continue
        need = max(width_of(each.label), width_of(each.shown))
        at_end = x + need > width
        under.append((width - need if at_end else x, need, each, at_end))
    return on, under


def _rows(size: str, slices: Sequence[Slice], width: int, said: str) -> SafeString:
    return plot(size, width, ROW * len(slices), said, _row_shapes(slices, width))


def _row_shapes(slices: Sequence[Slice], width: int) -> Iterator[SafeString]:
    most = max((each.value for each in slices), default=0) or 1
    for nth, each in enumerate(slices):
        top = nth * ROW
        yield text(0, top + 14, each.label, strong=each.shown)
        yield rect(0, top + 22, max(width * each.value / most, 1), 16, each.fill, radius=2)
