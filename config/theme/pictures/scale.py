"""A few values on one line that starts at zero: the floor, the offer, what you ask."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from config.theme.pictures.svg import NARROW, Slice, line, n, plot, rect, text, width_of

TOP = 42
_ROWS = (26, 78, 98, 118)  # baselines of labels: one above the line, the others below
HEADROOM = 1.2


def scale(points: Sequence[Slice], said: str) -> SafeString:
    """Each point with its label; the bar is filled up to the point of kind "own"."""
    most = max((each.value for each in points), default=0) * HEADROOM or 1
    labels = list(_labels(points, most))
    own = next((each.value for each in points if each.kind == "own"), 0)
    height = max([88, *(y + 10 for _, y, _ in labels)])
    shapes = [
        rect(0, TOP, NARROW, 10, "f-line", radius=5),
        rect(0, TOP, NARROW * own / most, 10, "f-money", radius=5),
        text(0, _ROWS[1], "0", "t-soft"),
        *_marks(labels, most),
    ]
    return plot("only", NARROW, height, said, shapes)


def _labels(points: Sequence[Slice], most: float) -> Iterator[tuple[Slice, float, float]]:
    """Each point with its row and where its label begins, no two touching."""
    taken = {_ROWS[1]: 16.0}  # the zero
    for each in sorted(points, key=lambda point: point.value):
        width = width_of(f"{each.label}  {each.shown}", 7.6)
        at = NARROW * each.value / most
        x = min(max(at - width / 2, 0), NARROW - width)
        rows = [row for row in _ROWS if taken.get(row, -8.0) + 8 <= x] or [_ROWS[-1]]
        taken[rows[0]] = x + width
        yield each, rows[0], x


def _marks(labels: Sequence[tuple[Slice, float, float]], most: float) -> Iterator[SafeString]:
    for each, y, x in labels:
        at = n(NARROW * each.value / most)
        start, end = (y + 6, TOP + 16) if y < TOP else (TOP - 4, y - 14)
        yield line(f"M{at} {n(start)}V{n(end)}", "s-ink")
        yield text(x, y, each.label, "" if each.kind == "own" else "t-soft", each.shown)
