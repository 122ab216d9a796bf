"""Jumps and falls of a channel's followers. Pure.

Every step is compared with the channel's own near days: their median, their spread, and the busiest
tenth of them, so that a weekly rhythm or steady growth is usual. Where a channel has shown too few
days, published figures stand in. What is found says that something happened, never why.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import exp, inf, log, sqrt
from statistics import median

from influencers.figures.days import Day

LEAST_GAIN = 200  # followers: below it a school, a club or one local article is enough
LEAST_SHARE = 0.05  # of the followers before
LEAST_LOSS = 0.03
NEIGHBOURS = timedelta(days=45)  # on each side, they say what is usual
APART = timedelta(days=7)  # the nearest days don't: a jump may be delivered over a week
ENOUGH = 10  # steps, or days with views
SPREADS = 6.0  # robust standard deviations
BUSY = 0.9  # whoever posts on Sundays grows on Sundays
BUSIER = 3  # times what the busiest tenth of days would bring
LONGEST_LONE = 14  # days between two figures that stand alone; past it nothing is sudden
# Instagram accounts gained 1.69 % of their followers a month on average in 2023 (aigrow.me,
# "Instagram growth rate", 2024); advice to accounts of 1,000 to 5,000 goes up to 8 % a month.
USUAL_MONTHLY = 0.0169
TOP_MONTHLY = 0.08
LONE_TIMES = 5  # how far past that end a lone figure must be
VIEWS_EACH = 5  # extra views that explain a new follower: who follows has seen something
MOST_GROWN = 25.0  # as a logarithm
RETURN_WITHIN = timedelta(days=180)  # a fall is read together with a jump
RETURNED = 0.15  # of the jump


@dataclass(frozen=True, slots=True)
class Change:
    """Followers on two days, and the change that would have been usual between them.

    low, high: the range of it. carried: the views rose enough to explain it. event: what is
    documented of those days. On a fall: jump_on, the jump it takes back, gave_back basis points
    of it. first, last: the days themselves.
    """

    first: Day
    last: Day
    usual: int
    low: int
    high: int
    carried: bool = False
    event: str = ""
    jump_on: date | None = None
    gave_back: int | None = None

    @property
    def gain(self) -> int:
        return self.last.followers - self.first.followers

    @property
    def days(self) -> int:
        return (self.last.day - self.first.day).days

    @property
    def times(self) -> float:
        """How many times the end of the range, to one decimal."""
        end = self.high if self.gain > 0 else -self.low
        return round(abs(self.gain) / max(end, 1), 1)

    @property
    def is_explained(self) -> bool:
        return self.carried or bool(self.event)


@dataclass(frozen=True, slots=True)
class _Step:
    first: Day
    last: Day

    @property
    def days(self) -> int:
        return (self.last.day - self.first.day).days

    @property
    def gain(self) -> int:
        return self.last.followers - self.first.followers

    @property
    def rate(self) -> float:
        """Growth a day, as a logarithm: a channel that grows evenly has one rate."""
        return log(max(self.last.followers, 1) / max(self.first.followers, 1)) / self.days


@dataclass(frozen=True, slots=True)
class _Range:
    usual: float
    low: float
    high: float


def jumps(days: Sequence[Day]) -> list[Change]:
    """Where followers rose past everything usual, oldest first.

    days: in order, each day once; days may be missing.
    """
    steps = _steps(days)
    changes = [_change(steps, *run) for run in _runs(steps, rising=True)]
    return [
        _explained(change, days)
        for change in changes
        if change.gain >= max(LEAST_GAIN, LEAST_SHARE * change.first.followers)
    ]


def falls(days: Sequence[Day], others: Sequence[Sequence[Day]] = ()) -> list[Change]:
    """Where followers fell past everything usual; with `jump_on` where that takes back a jump.

    others: the campaign's other channels; a fall that half of them share is the platform's own.
    """
    steps, risen = _steps(days), jumps(days)
    changes = [_change(steps, *run) for run in _runs(steps, rising=False)]
    found = [
        change
        for change in changes
        if -change.gain >= max(LEAST_GAIN / 2, LEAST_LOSS * change.first.followers)
    ]
    elsewhere = [falls(other) for other in others] if found else []
    return [_taken_back(fall, risen) for fall in found if not _is_shared(fall, elsewhere)]


def _steps(days: Sequence[Day]) -> list[_Step]:
    return [_Step(*pair) for pair in pairwise(days)]


def _runs(steps: Sequence[_Step], *, rising: bool) -> list[tuple[int, int]]:
    """Steps past their range, neighbours joined: what is delivered over days is one change."""
    runs: list[tuple[int, int]] = []
    for nth, step in enumerate(steps):
        if step.gain == 0 or (step.gain > 0) != rising:
            continue
        usual = _range(steps, nth, nth)
        if usual.low <= step.gain <= usual.high:
            continue
        if runs and runs[-1][1] == nth - 1:
            runs[-1] = (runs[-1][0], nth)
        else:
            runs.append((nth, nth))
    return runs


def _range(steps: Sequence[_Step], first: int, last: int) -> _Range:
    """What is usual in the time of these steps, by the channel's near days or by what is published.

    Rates are ordered; the range ends where six robust deviations do, or at three times what the
    busiest (or quietest) tenth of days would bring, whichever is wider.
    """
    begins, ends = steps[first].first, steps[last].last
    followers, days = begins.followers, (ends.day - begins.day).days
    rates = sorted(step.rate for step in _near(steps, first, last))
    if len(rates) < ENOUGH:
        return _published(followers, days, most=max(rates, default=0.0))
    centre = median(rates)
    spread = 1.4826 * median(abs(rate - centre) for rate in rates)
    usual = followers * _grown(centre, days)
    noise = SPREADS * sqrt((spread * followers) ** 2 * days + abs(usual) + 1)
    busy = rates[int(BUSY * (len(rates) - 1))]
    quiet = rates[int((1 - BUSY) * (len(rates) - 1))]
    return _Range(
        usual,
        low=min(usual - noise, BUSIER * followers * _grown(quiet, days)),
        high=max(usual + noise, BUSIER * followers * _grown(busy, days)),
    )


def _grown(rate: float, days: int) -> float:
    """What each follower brings at this rate; past all people on Earth it says no more, and a
    year mistyped by centuries must not overflow."""
    return exp(min(rate * days, MOST_GROWN)) - 1


def _near(steps: Sequence[_Step], first: int, last: int) -> list[_Step]:
    begins, ends = steps[first].first.day, steps[last].last.day
    lowest = bisect_left(steps, begins - NEIGHBOURS, key=lambda step: step.first.day)
    highest = bisect_left(steps, ends + NEIGHBOURS, key=lambda step: step.first.day)
    return [
        step
        for step in steps[lowest:highest]
        if step.last.day <= begins - APART or step.first.day >= ends + APART
    ]


def _published(followers: int, days: int, most: float) -> _Range:
    """The range of a channel that has not shown enough days of its own; `most` is the highest rate
    among those it has."""
    usual = followers * USUAL_MONTHLY * days / 30
    top = followers * TOP_MONTHLY * days / 30
    end = LONE_TIMES * (top + 3 * sqrt(top + 1)) if days <= LONGEST_LONE else inf
    own = BUSIER * followers * _grown(min(most, 1.0), days)
    return _Range(usual, low=-end, high=max(end, own))


def _change(steps: Sequence[_Step], first: int, last: int) -> Change:
    usual = _range(steps, first, last)
    begins, ends = steps[first].first, steps[last].last
    most = abs(ends.followers - begins.followers)
    return Change(
        first=begins,
        last=ends,
        usual=round(usual.usual),
        low=round(max(usual.low, -most)),
        high=round(min(usual.high, most)),
    )


def _explained(change: Change, days: Sequence[Day]) -> Change:
    inside = [day for day in days if change.first.day <= day.day <= change.last.day]
    event = next((day.event for day in inside if day.event), "")
    return replace(change, carried=_is_carried(change, days), event=event)


def _is_carried(change: Change, days: Sequence[Day]) -> bool:
    """Whether so many more views came that people may have found the channel by them.

    Views nobody reacts to can be bought as well: reactions must have come along with them.
    """
    begins = change.first.day - timedelta(days=2)
    seen = [day for day in days if day.views is not None]
    inside = [day for day in seen if begins <= day.day <= change.last.day]
    outside = [day for day in seen if not begins <= day.day <= change.last.day]
    if not inside or len(outside) < ENOUGH:
        return False
    usual = median(day.views or 0 for day in outside)
    extra = sum(day.views or 0 for day in inside) - usual * len(inside)
    before, now = _reacting(outside), _reacting(inside)
    came_along = before is None or now is None or now >= before / 4
    return extra >= VIEWS_EACH * change.gain and came_along


def _reacting(days: Sequence[Day]) -> float | None:
    """Reactions to a view, the median of the days."""
    shares = [
        ((day.likes or 0) + (day.comments or 0)) / day.views
        for day in days
        if day.views and day.likes is not None
    ]
    return median(shares) if shares else None


def _is_shared(fall: Change, elsewhere: Sequence[Sequence[Change]]) -> bool:
    if len(elsewhere) < 2:
        return False
    same = [
        any(f.first.day < fall.last.day and fall.first.day < f.last.day for f in found)
        for found in elsewhere
    ]
    return sum(same) * 2 >= len(same)


def _taken_back(fall: Change, risen: Sequence[Change]) -> Change:
    near = [
        jump
        for jump in risen
        if timedelta(0) <= fall.first.day - jump.last.day <= RETURN_WITHIN
        and -fall.gain >= RETURNED * jump.gain
    ]
    if not near:
        return fall
    share = -fall.gain / near[-1].gain
    return replace(fall, jump_on=near[-1].last.day, gave_back=min(round(10_000 * share), 10_000))
