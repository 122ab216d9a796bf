"""A channel's followers from day to day, as its page shows them: the line, its marks, the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.theme.formatting import number, short_day
from config.theme.pictures import Point, Span
from influencers.figures import Change, Day, falls, jumps

MOST_POINTS = 120  # more are thinned, on the line and in the table alike


@dataclass(frozen=True, slots=True)
class Marked:
    """A jump or a fall, with the number it has on the line. day: whom the words belong to."""

    number: str
    title: str
    text: str
    day: date
    event: str


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the table; mark: the numbers of the changes that begin or end on it."""

    day: date
    followers: int
    mark: str


@dataclass(frozen=True, slots=True)
class Course:
    """Everything a page needs: `points`, `spans` and `shown` for the picture, `rows` behind it."""

    points: list[Point]
    spans: list[Span]
    shown: tuple[str, str, str]
    said: str
    title: str
    changes: list[Marked]
    rows: list[Row]


def course_of(days: Sequence[Day]) -> Course | None:
    """None where fewer than two days are known."""
    if len(days) < 2:
        return None
    found = sorted([*jumps(days), *falls(days)], key=lambda each: each.first.day)
    kept = _thinned(days, {day for each in found for day in (each.first.day, each.last.day)})
    first, last = days[0], days[-1]
    return Course(
        points=[Point(day.day.toordinal(), day.followers) for day in kept],
        spans=[
            Span(each.first.day.toordinal(), each.last.day.toordinal(), str(nth))
            for nth, each in enumerate(found, 1)
        ],
        shown=(
            number(max(day.followers for day in days)),
            short_day(first.day),
            short_day(last.day),
        ),
        said=_(
            "Followers from %(start)s, %(before)s of them, to %(end)s, %(after)s of them."
            " The table has the days."
        )
        % {
            "start": short_day(first.day),
            "before": number(first.followers),
            "end": short_day(last.day),
            "after": number(last.followers),
        },
        title=_title(found, last),
        changes=[_marked(str(nth), each) for nth, each in enumerate(found, 1)],
        rows=[_row(day, found) for day in reversed(kept)],
    )


def _title(found: Sequence[Change], last: Day) -> str:
    """The finding, as a sentence."""
    facts = {"followers": number(last.followers), "number": len(found)}
    if not found:
        return _("%(followers)s followers, and no day out of the ordinary") % facts
    sentence = ngettext(
        "%(followers)s followers, and one change out of the ordinary",
        "%(followers)s followers, and %(number)s changes out of the ordinary",
        len(found),
    )
    return sentence % facts


def _marked(nth: str, change: Change) -> Marked:
    facts = {
        "start": short_day(change.first.day),
        "end": short_day(change.last.day),
        "before": number(change.first.followers),
        "after": number(change.last.followers),
        "gain": number(abs(change.gain)),
        "low": number(max(-change.low, 0)),
        "high": number(change.high),
    }
    if change.gain > 0:
        title = _("%(gain)s more between %(start)s and %(end)s")
        text = _("From %(before)s to %(after)s. In that time up to %(high)s more was usual.")
    else:
        title = _("%(gain)s fewer between %(start)s and %(end)s")
        text = _("From %(before)s to %(after)s. In that time up to %(low)s fewer was usual.")
    more = [_("The views of the posts rose along with it.")] if change.carried else []
    if change.jump_on:
        sentence = _("It takes back part of the jump that ended on %(day)s.")
        more.append(sentence % {"day": short_day(change.jump_on)})
    words = " ".join([text % facts, *more])
    return Marked(nth, title % facts, words, change.last.day, change.event or change.last.event)


def _row(day: Day, found: Sequence[Change]) -> Row:
    marks = [
        str(nth)
        for nth, change in enumerate(found, 1)
        if change.first.day <= day.day <= change.last.day
    ]
    return Row(day.day, day.followers, ", ".join(marks))


def _thinned(days: Sequence[Day], always: set[date]) -> list[Day]:
    """At most about MOST_POINTS days, the first, the last and those of the changes among them."""
    every = -(-len(days) // MOST_POINTS)
    keep = always | {days[-1].day}
    return [day for nth, day in enumerate(days) if nth % every == 0 or day.day in keep]
