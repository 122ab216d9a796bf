"""Follower counts made up day by day, from a seed."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from influencers.figures import Day

FIRST = date(2026, 1, 1)


def grown(
    seed: int, *, days: int = 200, start: int = 5_000, rate: float = 0.0006, sunday: int = 4
) -> list[Day]:
    """A channel that grows by chance, `sunday` times as fast on the day it publishes."""
    chance, followers, made = random.Random(seed), start, []
    for nth in range(days):
        day = FIRST + timedelta(days=nth)
        usual = followers * rate * (sunday if day.weekday() == 6 else 1)
        followers += round(chance.gauss(usual, usual**0.5 + usual / 2))
        made.append(Day(day, max(followers, 0)))
    return made


def lifted(days: Sequence[Day], at: int, by: int, over: int = 1) -> list[Day]:
    """From day `at` on, `by` more followers, come evenly over `over` days; negative takes away."""
    return [
        replace(day, followers=day.followers + by * min(max(nth - at + 1, 0), over) // over)
        for nth, day in enumerate(days)
    ]


def missing(days: Iterable[Day], seed: int, share: float = 0.3) -> list[Day]:
    chance = random.Random(seed)
    return [day for day in days if chance.random() > share]


def with_posts(
    days: Sequence[Day], seed: int, *, likes: float, spread: float = 0.4, views: int = 0
) -> list[Day]:
    """Each day one post; likes vary by `spread` of themselves, views by as much."""
    chance = random.Random(seed)
    return [
        replace(
            day,
            posts=1,
            likes=max(round(chance.gauss(likes, likes * spread)), 0),
            views=max(round(chance.gauss(views, views * spread)), 0) if views else None,
        )
        for day in days
    ]
