"""A few values on one line that starts at zero: the floor, the offer, what you ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from config.theme.pictures.svg import NARROW, Slice, line, n, plot, rect, text, width_of

TOP = 42
ABOVE = 26
BELOW = (78, 98, 118)
HEADROOM = 1.2


@dataclass(frozen=True, slots=True)
class _Label:
    """A point and where its words stand."""

    point: Slice
    at: float
    x: float
    y: int
    width: float


def scale(points: Sequence[Slice], said: str) -> SafeString:
    """Each point with its label; the bar is filled up to the point of kind "own"."""
    most = max((each.value for each in points), default=0) * HEADROOM or 1
    labels = _labels(points, most)
    own = next((each.value for each in points if each.kind == "own"), 0)
    height = max([88, *(label.y + 10 for label in labels)])
    shapes = [
        rect(0, TOP, NARROW, 10, "f-line", radius=5),
        rect(0, TOP, NARROW * own / most, 10, "f-money", radius=5),
        text(0, BELOW[0], "0", "t-soft"),
        *_marks(labels),
    ]
    return plot("only", NARROW, height, said, shapes)


def _labels(points: Sequence[Slice], most: float) -> list[_Label]:
    """The reader's own value stands above its mark; the others end at theirs, none touching."""
    labels: list[_Label] = []
    for each in sorted(points, key=lambda point: (point.kind != "own", point.value)):
        width = width_of(f"{each.label}  {each.shown}")
        at = NARROW * each.value / most
        x = min(max(at - (width / 2 if each.kind == "own" else width), 0), NARROW - width)
        row = next((y for y in (ABOVE, *BELOW) if _is_free(labels, y, x, width)), BELOW[-1])
        labels.append(_Label(each, at, x, row, width))
    return labels


def _is_free(labels: Sequence[_Label], y: int, x: float, width: float) -> bool:
    if y == BELOW[0] and x < 16:  # the zero stands there
        return False
    others = (label for label in labels if label.y == y)
    return all(x + width + 8 <= each.x or each.x + each.width + 8 <= x for each in others)


def _marks(labels: Sequence[_Label]) -> Iterator[SafeString]:
    for label in labels:
        start, end = (label.y + 6, TOP + 16) if label.y < TOP else (TOP - 4, label.y - 14)
        yield line(f"M{n(label.at)} {n(start)}V{n(end)}", "s-ink")
        style = "" if label.point.kind == "own" else "t-soft"
        yield text(label.x, label.y, label.point.label, style, label.point.shown)
