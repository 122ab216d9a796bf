"""Days as columns whose parts stand on one another, each part named beside its own mark."""

from collections.abc import Iterator, Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from config.theme.pictures.columns import FILLS, Row
from config.theme.pictures.svg import NARROW, WIDE, line, plot, rect, text

TALLEST = 150.0
TOP = 22  # room for the greatest sum, above its column
NAME = 46  # of one part: its mark and two lines of words
MARK = 14
FOOT = 26


def stack(rows: Sequence[Row], said: str) -> SafeString:
    """The first row stands on the line, the others on it in turn; `days` are the last row's."""
    drawings = (
        plot(size, width, _height(rows, left), said, _shapes(rows, width, left))
        for size, width, left in (("narrow", NARROW, 0), ("wide", WIDE, 190))
    )
    return format_html_join("", "{}", ((each,) for each in drawings))


def _shapes(rows: Sequence[Row], width: int, left: int) -> Iterator[SafeString]:
    yield from _names(rows)
    base = _base(rows, left)
    sums = [sum(day) for day in zip(*(row.values for row in rows), strict=True)]
    most = max(sums, default=0) or 1
    step = (width - left) / max(len(sums), 1)
    feet = [base] * len(sums)
    for row in rows:
        for nth, value in enumerate(row.values):
            height = TALLEST * value / most
            feet[nth] -= height
            yield rect(left + nth * step + _gap(step), feet[nth], _wide(step), height, _fill(row))
    yield line(f"M{left} {base:.1f}H{width}", "s-line")
    yield from _days(rows, left, step, base + 18)


def _names(rows: Sequence[Row]) -> Iterator[SafeString]:
    for nth, row in enumerate(rows):
        top = nth * NAME + 4
        yield rect(0.5, top + 0.5, MARK - 1, MARK - 1, _fill(row))
        yield text(MARK + 8, top + 12, row.label, "t-b")
        yield text(MARK + 8, top + 30, row.note, "t-soft t-s")


def _days(rows: Sequence[Row], left: int, step: float, y: float) -> Iterator[SafeString]:
    for nth, name in enumerate(rows[-1].days if rows else ()):
        if name:
            yield text(left + nth * step, y, name, "t-soft t-s")


def _base(rows: Sequence[Row], left: int) -> float:
    """Where the columns stand: beside the names, or under them on a phone."""
    names = NAME * len(rows)
    return max(names, TOP + TALLEST) if left else names + TOP + TALLEST


def _height(rows: Sequence[Row], left: int) -> float:
    return _base(rows, left) + FOOT


def _gap(step: float) -> float:
    return min(1.0, step / 6)


def _wide(step: float) -> float:
    return step - 2 * _gap(step)


def _fill(row: Row) -> str:
    return FILLS[row.kind]
