"""What the law asks of political advertising, as data: the notice, and the days of silence.

`elections.yaml` names each source with its date and whether its text was read (`verified`). Where
a country is not in the data nothing is foretold, and the page says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("elections.yaml")


@dataclass(frozen=True, slots=True)
class Silence:
    """Days, both included, on which nothing of it may be published in a jurisdiction."""

    jurisdiction: str
    first: date
    last: date
    source: str

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, row: Mapping[str, str]) -> "Silence":
        return cls(
            jurisdiction=row["jurisdiction"],
            first=date.fromisoformat(row["first"]),
            last=date.fromisoformat(row["last"]),
            source=row["source"],
        )

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Duty:
    """What one jurisdiction asks. silent_from: days before the vote on which silence begins (1: the
    day before), None where the law knows none. limits: what the days alone do not say, by language.
    """

    jurisdiction: str
    source: str
    url: str
    verified: bool
    silent_from: int | None
    limits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What a reviewer records: who pays and who stands behind them, which vote, what readers are
    told, and when nothing may be published."""

    sponsor: str
    election: str
    text: str
    controlled_by: str = ""
    voting_on: date | None = None
    silences: tuple[Silence, ...] = ()


def duties(jurisdictions: Iterable[str]) -> list[Duty]:
    """The data's duties for these jurisdictions, the Union's own first where one is a member."""
    known = _data()["jurisdictions"]
    asked = [code for code in dict.fromkeys(jurisdictions) if code in known]
    return [_duty(code, known[code]) for code in (dict.fromkeys(["EU", *asked]) if asked else ())]


def silences(jurisdictions: Iterable[str], voting_on: date) -> tuple[Silence, ...]:
    """The days of silence around a vote on one day, as the data foretell them."""
    return tuple(
        Silence(
            duty.jurisdiction, voting_on - timedelta(days=duty.silent_from), voting_on, duty.source
        )
        for duty in duties(jurisdictions)
        if duty.silent_from is not None
    )


def notice_text(language: str, *, sponsor: str, election: str, campaign: str) -> str:
    """The words readers are told, as the data propose them; the reviewer may change them."""
    told = _data()["notice"]
    words: str = told.get(language, told["en"])
    return words.format(sponsor=sponsor, election=election, campaign=campaign)


def _duty(code: str, given: Mapping[str, Any]) -> Duty:
    return Duty(
        jurisdiction=code,
        source=given["source"],
        url=given["url"],
        verified=given["verified"],
        silent_from=given.get("silent_from"),
        limits=given["limits"],
    )


@cache
def _data() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.load(FILE.read_bytes(), yaml.CSafeLoader)
    return loaded
