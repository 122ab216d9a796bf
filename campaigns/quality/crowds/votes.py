"""Votes of a contest, entry by entry: hours, networks, countries, young accounts, exchanges. Pure.

An entry is compared with all the others together: what night, network and hour make of their votes
is what they would make of its own. So an evening show, a telephone network everybody uses or a
young platform weighs on all alike. A busy hour by day is an honest post; one at night is shown. An
entry alone, or a share nobody knows, is compared with nothing and nothing is found.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt
from typing import Any

from campaigns.quality.crowds.lines import age_of, row_of
from campaigns.quality.crowds.rules import Figure, Found

MOST_VOTES = 200_000
LEAST_VOTES = 30  # of an entry, and of all others together
LEAST_EXCESS = 20  # votes above the range
DEVIATIONS = 5.0  # past what chance makes of the others' share
TIMES = 3  # and that many times the usual
NIGHT = range(1, 5)  # hours that begin at 1, 2, 3 and 4 by the clock the votes are written in
YOUNG_DAYS = 30
HOUR = timedelta(hours=1)
LEAST_PARTNERS = 4
PARTNERS_BPS = 5_000  # of the votes somebody gave


class BadVote(ValueError):
    """A line that can't be read. line: from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is no vote")
        self.line = line


@dataclass(frozen=True, slots=True)
class Vote:
    """at: with the offset of the contest's clock. network: an address block, as 203.0.113.0/24.

    voter: an id; owners of entries who vote are known by it. "" and None: not known.
    """

    entry: str
    at: datetime
    voter: str = ""
    network: str = ""
    country: str = ""
    age_days: float | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """owners: entry -> the voter id of who stands behind it, as far as the list says."""

    votes: list[Vote]
    owners: dict[str, str]


def judge(votes: Sequence[Vote], owners: Mapping[str, str] | None = None) -> dict[str, list[Found]]:
    """What stands out of each entry, every entry with its list.

    owners: entry -> the voter id of who stands behind it, for votes given to be returned.
    """
    by_entry: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_entry[vote.entry].append(vote)
    all_votes = _Tally(votes)
    exchanged = _exchanges(votes, owners or {})
    return {
        entry: [*_of(entry, _Tally(own), all_votes), *exchanged.get(entry, [])]
        for entry, own in sorted(by_entry.items())
    }


def read(text: str) -> Contest:
    """Votes as JSON lines: entry, at (ISO 8601 with its offset), and where known voter, network,
    country, account_age_days. A line of entry and owner says who stands behind an entry. Raises
    BadVote."""
    found = Contest([], {})
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                _take(row_of(line), found)
            except (ValueError, KeyError, TypeError) as error:
                raise BadVote(number) from error
    if not 0 < len(found.votes) <= MOST_VOTES:
        raise BadVote(min(len(found.votes), MOST_VOTES) + 1)
    return found


def _take(row: dict[str, Any], into: Contest) -> None:
    entry = str(row["entry"])
    if not entry.strip():
        raise ValueError
    if "at" in row:
        into.votes.append(_vote(entry, row))
    else:
        into.owners[entry] = str(row["owner"])


def _vote(entry: str, row: dict[str, Any]) -> Vote:
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError
    return Vote(
        entry=entry,
        at=at,
        voter=str(row.get("voter") or ""),
        network=str(row.get("network") or ""),
        country=str(row.get("country") or ""),
        age_days=age_of(row.get("account_age_days")),
    )


class _Tally:
    """Votes counted by what they are compared in."""

    def __init__(self, votes: Sequence[Vote]) -> None:
        self.hours = Counter(_hour(vote) for vote in votes)
        self.night = Counter(vote.at.hour in NIGHT for vote in votes)
        self.networks = Counter(vote.network for vote in votes if vote.network)
        self.countries = Counter(vote.country for vote in votes if vote.country)
        self.young = Counter(v.age_days <= YOUNG_DAYS for v in votes if v.age_days is not None)


def _hour(vote: Vote) -> datetime:
    return vote.at.replace(minute=0, second=0, microsecond=0)


def _of(entry: str, own: _Tally, of_all: _Tally) -> list[Found]:
    """The most unusual hour of the night, network and country; the night; the young accounts."""
    by_night = Counter({hour: n for hour, n in own.hours.items() if hour.hour in NIGHT})
    unusual = [
        ("burst", "at", _most_odd(by_night, own.hours, of_all.hours)),
        ("night", "", _most_odd([True], own.night, of_all.night)),
        ("one_network", "network", _most_odd(own.networks, own.networks, of_all.networks)),
        ("one_country", "country", _most_odd(own.countries, own.countries, of_all.countries)),
        ("young_accounts", "", _most_odd([True], own.young, of_all.young)),
    ]
    found = []
    for rule, name, odd in unusual:
        if odd:
            what, figures = odd
            named = {name: what.isoformat() if isinstance(what, datetime) else what} if name else {}
            shown: dict[str, Figure] = {"entry": entry, **figures, **named}
            found.append(Found(f"engagement.vote_piloting.{rule}", shown))
    return found


def _most_odd(
    among: Iterable[Any], mine: Counter[Any], of_all: Counter[Any]
) -> tuple[Any, dict[str, int]] | None:
    """Whichever is furthest above its range, with its figures; None where none is."""
    odd = [(what, figures) for what in among if (figures := _odd(mine, of_all, what))]
    return max(odd, key=lambda each: each[1]["votes"] - each[1]["high"], default=None)


def _odd(mine: Counter[Any], of_all: Counter[Any], what: Any) -> dict[str, int] | None:
    """Figures of a share far above what the others' would make, else None.

    The others' share is taken a little higher than seen, as one vote more of each kind would make
    it: nothing is impossible because few votes have not shown it.
    """
    votes, whole = mine[what], mine.total()
    rest, rest_whole = of_all[what] - votes, of_all.total() - whole
    if min(whole, rest_whole) < LEAST_VOTES:
        return None
    share = (rest + 1) / (rest_whole + 2)
    usual = whole * share
    noise = sqrt(usual * (1 - share) + (whole / rest_whole) * usual)
    high = max(usual + DEVIATIONS * noise, TIMES * usual)
    if votes < high + LEAST_EXCESS:
        return None
    return {"votes": votes, "all": whole, "usual": round(usual), "high": ceil(high)}


def _exchanges(votes: Sequence[Vote], owners: Mapping[str, str]) -> dict[str, list[Found]]:
    """Entries whose owner's votes mostly came back, from several others who take part."""
    entries = {owner: entry for entry, owner in owners.items()}
    given: dict[str, set[str]] = defaultdict(set)  # entry -> the others' entries its owner chose
    for vote in votes:
        if vote.voter in entries and entries[vote.voter] != vote.entry:
            given[entries[vote.voter]].add(vote.entry)
    found = {}
    for entry, chosen in given.items():
        partners = sum(entry in given.get(other, ()) for other in chosen)
        share = 10_000 * partners // len(chosen)
        if partners >= LEAST_PARTNERS and share >= PARTNERS_BPS:
            figures: dict[str, Figure] = {"entry": entry, "partners": partners, "share": share}
            found[entry] = [Found("engagement.vote_piloting.exchange", figures)]
    return found
