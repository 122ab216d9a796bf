"""Contests made up: honest votes of five entries, and how a list of votes is handed in."""

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from campaigns.quality.crowds.votes import Vote

ROME = timezone(timedelta(hours=2))
START = datetime(2026, 5, 4, tzinfo=ROME)
HOURS = [h for h, weight in enumerate([2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8]) for _ in range(weight)]
HOURS += [h for h, weight in enumerate([9, 9, 8, 7, 7, 8, 9, 10, 11, 11, 8, 4], 12)
          for _ in range(weight)]  # fmt: skip


def people(entry: str, number: int, seed: int) -> list[Vote]:
    """Voters of all hours, networks and ages, over ten days."""
    chance = random.Random(f"{entry}{seed}")
    return [
        Vote(
            entry,
            at=START
            + timedelta(
                days=chance.randint(0, 9), hours=chance.choice(HOURS), minutes=chance.randint(0, 59)
            ),
            voter=f"{entry}{nth}",
            network=f"10.{min(int(chance.expovariate(0.2)), 90)}.0.0/24",
            country=chance.choice(["IT"] * 9 + ["CH"]),
            age_days=chance.lognormvariate(6, 1.5),
        )
        for nth in range(number)
    ]


def contest(seed: int = 1) -> list[Vote]:
    return [
        vote for nth, entry in enumerate("ABCDE") for vote in people(entry, 150 + 60 * nth, seed)
    ]


def piloted() -> list[Vote]:
    """A contest with an hour of the night, from one block, for one of its entries."""
    at = START.replace(hour=3)
    night = [
        replace(vote, at=at + timedelta(minutes=nth % 60), network="203.0.113.0/24")
        for nth, vote in enumerate(people("B", 80, 9))
    ]
    few = [vote for entry in "ABC" for vote in people(entry, 60, 2)]
    return [*few, *night]


def as_lines(votes: Iterable[Vote]) -> str:
    return "\n".join(
        json.dumps(
            {
                "entry": vote.entry,
                "at": vote.at.isoformat(),
                "voter": vote.voter,
                "network": vote.network,
            }
        )
        for vote in votes
    )
