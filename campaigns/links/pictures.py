"""The account of clicks as a picture, and the table behind it: the same figures by day or week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.links.reasons import Reason, reason
from campaigns.links.values import COUNTED, DUPLICATE, Tally
from config.theme import formatting
from config.theme.pictures import Row

MOST_COLUMNS = 62  # past two months of days, weeks are drawn
NAMED = 5  # days named under the columns
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """A day, or a week from its first day, with its clicks."""

    since: date
    counted: int
    duplicate: int
    excluded: int

    @property
    def label(self) -> str:
        return formatting.short_day(self.since)


@dataclass(frozen=True)
class Excluded:
    reason: Reason
    clicks: int


@dataclass(frozen=True)
class Picture:
    """title: the finding; said: what a screen reader speaks; parts: stacked, by day;
    reasons: a row of columns each; spans and excluded: the tables."""

    title: str
    said: str
    by_week: bool
    parts: tuple[Row, ...]
    reasons: tuple[Row, ...]
    reasons_said: str
    spans: tuple[Span, ...]
    excluded: tuple[Excluded, ...]
    tally: Tally

    @property
    def excluded_sum(self) -> int:
        return sum(self.tally.excluded.values())


def picture_of(tally: Tally) -> Picture:
    starts, by_week = _starts(tally)
    series = {kind: _series(tally, kind, starts) for kind in tally.by_kind}
    none = (0,) * len(starts)
    counted, duplicate = series.get(COUNTED, none), series.get(DUPLICATE, none)
    excluded = tuple(
        sum(series[code][nth] for code in tally.excluded) for nth in range(len(starts))
    )
    rows = tuple(Span(*each) for each in zip(starts, counted, duplicate, excluded, strict=True))
    days = _names(starts)
    return Picture(
        title=title_of(tally),
        said=_said(tally, starts),
        by_week=by_week,
        parts=(
            _part(_("Counted %(n)s"), tally.counted, _("once each half hour"), counted),
            _part(
                _("Duplicate %(n)s"), tally.duplicate, _("the same reader again"), duplicate,
                DUPLICATE,
            ),
            _part(
                _("Excluded %(n)s"), sum(tally.excluded.values()), _("not a reader's click"),
                excluded, "excluded", days,
            ),
        ),
        reasons=_reasons(tally, series, days),
        reasons_said=". ".join(
            f"{reason(code).title}: {formatting.number(n)}" for code, n in tally.excluded.items()
        ),
        spans=rows,
        excluded=tuple(Excluded(reason(code), n) for code, n in tally.excluded.items()),
        tally=tally,
    )  # fmt: skip


def title_of(tally: Tally) -> str:
    if not tally.raw:
        return _("No click so far")
    return ngettext(
        "%(counted)s of %(raw)s click counted", "%(counted)s of %(raw)s clicks counted", tally.raw
    ) % {"counted": formatting.number(tally.counted), "raw": formatting.number(tally.raw)}


def _starts(tally: Tally) -> tuple[tuple[date, ...], bool]:
    """The first day of each column, without gaps, and whether a column is a week."""
    known = sorted(map(date.fromisoformat, tally.days))
    if not known:
        return (), False
    first, last = known[0], known[-1]
    if (last - first).days < MOST_COLUMNS:
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1)), False
    monday = first - timedelta(days=first.weekday())
    return tuple(monday + n * WEEK for n in range((last - monday).days // 7 + 1)), True


def _series(tally: Tally, kind: str, starts: Sequence[date]) -> tuple[int, ...]:
    """The clicks of one kind in each column."""
    step = (starts[1] - starts[0]).days if len(starts) > 1 else 1
    found = [0] * len(starts)
    for day, kinds in tally.days.items():
        found[(date.fromisoformat(day) - starts[0]).days // step] += kinds.get(kind, 0)
    return tuple(found)


def _part(
    label: str,
    clicks: int,
    note: str,
    values: Sequence[int],
    kind: str = COUNTED,
    days: Sequence[str] = (),
) -> Row:
    return Row(label % {"n": formatting.number(clicks)}, values, kind, note, days)


def _reasons(
    tally: Tally, series: dict[str, tuple[int, ...]], days: Sequence[str]
) -> tuple[Row, ...]:
    """One row a reason, the most frequent first; the last one names the days."""
    codes = list(tally.excluded)
    return tuple(
        Row(
            reason(code).title,
            series[code],
            "excluded",
            formatting.number(tally.excluded[code]),
            days if code == codes[-1] else (),
        )
        for code in codes
    )


def _names(starts: Sequence[date]) -> tuple[str, ...]:
    """The first column and some of the others, evenly spaced, by their day."""
    step = max(-(-len(starts) // NAMED), 1)
    return tuple(
        "" if nth % step else formatting.short_day(day, today=day).split(" ", 1)[-1]
        for nth, day in enumerate(starts)
    )


def _said(tally: Tally, starts: Sequence[date]) -> str:
    if not starts:
        return _("No click so far")
    return _(
        "Clicks from %(first)s to %(last)s: %(counted)s counted, %(duplicate)s duplicate, "
        "%(excluded)s excluded"
    ) % {
        "first": formatting.day(starts[0]),
        "last": formatting.day(max(map(date.fromisoformat, tally.days))),
        "counted": formatting.number(tally.counted),
        "duplicate": formatting.number(tally.duplicate),
        "excluded": formatting.number(sum(tally.excluded.values())),
    }
