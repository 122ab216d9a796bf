"""Days as columns, one row a meaning, all rows on one scale. For clicks, never beside money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from config.theme.pictures.svg import NARROW, WIDE, line, plot, rect, text

FILLS = {"counted": "f-counted", "duplicate": "f-dup", "excluded": "f-exc"}
TALLEST = 107.0
HEAD = 42  # two lines of words, above the columns or beside them
AIR = 18  # under a row


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its name and sum, a note, and a value a day."""

    label: str
    values: Sequence[int]
    kind: str = "counted"
    note: str = ""
    days: Sequence[str] = ()


def columns(rows: Sequence[Row], said: str) -> SafeString:
    """Every row under the one before; `days` of the last row names some days under its columns."""
    drawings = (
        plot(size, width, _height(rows, left), said, _shapes(rows, width, left))
        for size, width, left in (("narrow", NARROW, 0), ("wide", WIDE, 190))
    )
    return format_html_join("", "{}", ((each,) for each in drawings))


def _shapes(rows: Sequence[Row], width: int, left: int) -> Iterator[SafeString]:
    top = 0.0
    for row in rows:
        base = top + _room(rows, row, left)
        label_y = base - 24 if left else top + 16
        yield text(0, label_y, row.label, "t-b")
        yield text(0, label_y + 18, row.note, "t-soft t-s")
        yield from _columns(row, rows, width, left, base)
        yield line(f"M{left} {base:.1f}H{width}", "s-line")
        top = base + AIR
    yield from _days(rows, width, left, top)


def _columns(
    row: Row, rows: Sequence[Row], width: int, left: int, base: float
) -> Iterator[SafeString]:
    step = (width - left) / max(len(row.values), 1)
    for nth, value in enumerate(row.values):
        height = TALLEST * value / _most(rows)
        x = left + nth * step + 1
        yield rect(x, base - height, step - 2, height, FILLS[row.kind])


def _days(rows: Sequence[Row], width: int, left: int, y: float) -> Iterator[SafeString]:
    days = rows[-1].days if rows else ()
    step = (width - left) / max(len(days), 1)
    for nth, name in enumerate(days):
        if name:
            yield text(left + nth * step, y, name, "t-soft t-s")


def _height(rows: Sequence[Row], left: int) -> float:
    return sum(_room(rows, row, left) + AIR for row in rows) + 8


def _room(rows: Sequence[Row], row: Row, left: int) -> float:
    """What a row needs above its line, with its words beside the columns or above them."""
    tallest = TALLEST * max(row.values, default=0) / _most(rows)
    return max(HEAD, tallest) if left else HEAD + tallest


def _most(rows: Sequence[Row]) -> int:
    return max((value for row in rows for value in row.values), default=0) or 1
