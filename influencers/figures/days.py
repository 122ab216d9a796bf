"""One day of a channel's figures, and reading a table of them as people paste it."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

MOST_DAYS = 4_000  # eleven years
MOST = 10**10  # followers, views: past it somebody mistyped
LONGEST_EVENT = 300
COUNTS = ("followers", "posts", "likes", "comments", "views")
COLUMNS = ("day", *COUNTS, "active_percent", "event")
TOKENS = {"date": "day", "active_share_percent": "active_percent", "note": "event"}
_SPACES = re.compile(r"[\s.,'’](?=\d{3}(?!\d))")  # between thousands: 6 600, 6.600


class BadSeries(ValueError):
    """A line that can't be read. reason: lines, days, header, day, twice, figure or event."""

    def __init__(self, reason: str, line: int, words: str = "") -> None:
        super().__init__(f"line {line}: {reason} {words}".strip())
        self.reason, self.line, self.words = reason, line, words


@dataclass(frozen=True, slots=True)
class Day:
    """What a channel showed on one day. likes, comments, views: of that day's posts, in all.

    active_bps: share of followers the platform calls active. event: what happened, as documented.
    span: where the line stands in the text it was read from, half-open.
    """

    day: date
    followers: int
    posts: int | None = None
    likes: int | None = None
    comments: int | None = None
    views: int | None = None
    active_bps: int | None = None
    event: str = ""
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def reactions(self) -> float | None:
        """Likes and comments of one post, on average; None where nothing is known."""
        if (self.likes is None and self.comments is None) or self.posts == 0:
            return None
        return ((self.likes or 0) + (self.comments or 0)) / (self.posts or 1)


def read(text: str) -> list[Day]:
    """The days of a table, oldest first. Raises BadSeries.

    One day a line, cells parted by comma, semicolon or tab; the first line may name the columns:
    day, followers, posts, likes, comments, views, active_percent, event. Without names the first
    two are day and followers. Days are ISO dates. An empty cell is a figure nobody knows.
    """
    lines = list(_lines(text))
    if not lines:
        raise BadSeries("lines", 1)
    parts = "\t" if "\t" in lines[0][1] else ";" if ";" in lines[0][1] else ","
    names: Sequence[str] = COLUMNS[:2]
    if not lines[0][1][:1].isdigit():
        names = _header(_cells(lines[0][1], parts, lines[0][0]))
        lines = lines[1:]
    if len(lines) > MOST_DAYS:
        raise BadSeries("days", MOST_DAYS + 1)
    days = [_day(number, names, _cells(line, parts, number), span) for number, line, span in lines]
    if not days:
        raise BadSeries("lines", 1)
    days.sort(key=lambda each: each.day)
    for before, after in pairwise(days):
        if before.day == after.day:
            raise BadSeries("twice", _number(lines, after), after.day.isoformat())
    return days


Line = tuple[int, str, tuple[int, int]]  # number from 1, words, span


def _lines(text: str) -> list[Line]:
    found, at = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        words = line.strip()
        if words:
            start = at + line.index(words)
            found.append((number, words, (start, start + len(words))))
        at += len(line)
    return found


def _number(lines: Sequence[Line], day: Day) -> int:
    return next(number for number, _, span in lines if span == day.span)


def _cells(line: str, parts: str, number: int) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=parts))]
    except csv.Error as error:  # a cell past what the reader takes
        raise BadSeries("figure", number, line[:20]) from error


def _header(cells: Sequence[str]) -> list[str]:
    names = [TOKENS.get(cell.lower(), cell.lower()) for cell in cells]
    unknown = next((name for name in names if name not in COLUMNS), "")
    if unknown or "day" not in names or "followers" not in names:
        raise BadSeries("header", 1, unknown)
    return names


def _day(number: int, names: Sequence[str], cells: Sequence[str], span: tuple[int, int]) -> Day:
    given = dict(zip(names, cells, strict=False))
    if len(cells) > len(names) or not given.get("followers"):
        raise BadSeries("figure", number)
    counts: dict[str, Any] = {name: _count(given.get(name, ""), number) for name in COUNTS}
    event = given.get("event", "")
    if len(event) > LONGEST_EVENT:
        raise BadSeries("event", number)
    return Day(
        day=_date(given.get("day", ""), number),
        active_bps=_share(given.get("active_percent", ""), number),
        event=event,
        span=span,
        **counts,
    )


def _date(words: str, number: int) -> date:
    try:
        return date.fromisoformat(words[:10])
    except ValueError as error:
        raise BadSeries("day", number, words[:20]) from error


def _count(words: str, number: int) -> int | None:
    if not words:
        return None
    figure = _SPACES.sub("", words)
    if not figure.isascii() or not figure.isdigit() or len(figure) > 12 or int(figure) > MOST:
        raise BadSeries("figure", number, words[:20])
    return int(figure)


def _share(words: str, number: int) -> int | None:
    """Percent to basis points: "1", "2,5", "0.75%"."""
    if not words:
        return None
    match = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", words)
    share = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else -1
    if not 0 <= share <= 10_000:
        raise BadSeries("figure", number, words[:20])
    return share
