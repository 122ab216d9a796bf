"""Comments that say the same from young accounts: found in groups, in linear time. Pure.

A group is comments alike in wording, by several accounts, nearly all of them young when they wrote,
and, where the hours are known, most of them close in time. What everybody says (short praise, good
wishes, hashtags, the words a post asked for) is no wording to compare, and what old accounts say as
well is a quotation, a song or a custom. Where no age is known nothing is found.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import comb, sqrt
from statistics import median
from typing import Any

from campaigns.quality.crowds.lines import age_of, row_of
from campaigns.quality.crowds.wordings import Wordings

MOST_COMMENTS = 200_000
LEAST_ACCOUNTS = 3
YOUNG_DAYS = 30.0
YOUNG_SHARE = 0.75
ENOUGH_REST = 30  # comments outside the group whose accounts' ages are known
CHANCE = 0.01  # that so many of the group are young, if its accounts were like the rest
MANY = 500  # accounts, from which on the normal curve stands in for the binomial
CLOSE = timedelta(hours=72)
CLOSE_SHARE = 0.5


class BadComment(ValueError):
    """A line that can't be read. line: from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is no comment")
        self.line = line


@dataclass(frozen=True, slots=True)
class Comment:
    """author: an id, "" where unknown: then the comment counts as an account of its own.

    age_days: of the account when it wrote, None where unknown. post: what it was written under.
    span: where its words stand in the text it was read from, half-open.
    """

    text: str
    author: str = ""
    age_days: float | None = None
    at: datetime | None = None
    post: str = ""
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """members: places in the list as given. minutes: between the first and last, None: unknown."""

    members: tuple[int, ...]
    accounts: int
    posts: int
    young: int
    median_age_days: float
    minutes: int | None


def groups(comments: Sequence[Comment], asked: Sequence[str] = ()) -> list[Group]:
    """Groups of comments alike from young accounts, the largest first.

    asked: words a post asked people to write ("type CAKE"); whoever does what a post asks is baited
    perhaps, but no puppet.
    """
    ages = _ages(comments)
    alike = Wordings(asked).alike([comment.text for comment in comments])
    found = (_group(comments, members, ages) for members in alike)
    return sorted((g for g in found if g), key=lambda g: (-len(g.members), g.members))


def read(text: str) -> list[Comment]:
    """Comments as JSON lines: text, and where known author, account_age_days or account_created,
    at, post (dates and times as ISO 8601, UTC where no offset is said). Raises BadComment."""
    found, at = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.strip():
            found.append(_comment(number, line, at))
        at += len(line)
    if not found or len(found) > MOST_COMMENTS:
        raise BadComment(len(found) or 1)
    return found


def is_list(text: str) -> bool:
    """Whether it is a list of comments to `read`, and not one comment's own words."""
    first = next((line for line in text.splitlines() if line.strip()), "").strip()
    return first.startswith("{") and first.endswith("}") and '"text"' in first


def _comment(number: int, line: str, at: int) -> Comment:
    try:
        row = row_of(line)
        when = _moment(row.get("at"))
        comment = Comment(
            text=row["text"],
            author=str(row.get("author") or ""),
            age_days=_age(row, when),
            at=when,
            post=str(row.get("post") or ""),
            span=_place(line, row["text"], at),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadComment(number) from error
    if not comment.text.strip():
        raise BadComment(number)
    return comment


def _place(line: str, words: str, at: int) -> tuple[int, int]:
    """Of the words in the line; of the whole line where it writes them in another way."""
    found = line.find(words)
    if found < 0:
        found, words = len(line) - len(line.lstrip()), line.strip()
    return at + found, at + found + len(words)


def _moment(given: Any) -> datetime | None:
    if given is None or given == "":
        return None
    when = datetime.fromisoformat(given)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when


def _age(row: Any, when: datetime | None) -> float | None:
    if row.get("account_age_days") is not None:
        return age_of(row["account_age_days"])
    created = _moment(row.get("account_created"))
    return age_of((when - created) / timedelta(days=1)) if when and created else None


def _ages(comments: Sequence[Comment]) -> tuple[int, int]:
    """Comments whose account's age is known, and those of them from young accounts."""
    known = [comment.age_days for comment in comments if comment.age_days is not None]
    return len(known), sum(age <= YOUNG_DAYS for age in known)


def _group(
    comments: Sequence[Comment], members: Sequence[int], ages: tuple[int, int]
) -> Group | None:
    """What the members come to, or None where nothing sets them apart."""
    by_account = _accounts(comments, members)
    if len(by_account) < LEAST_ACCOUNTS:
        return None
    known = [age for each in by_account.values() if (age := comments[each[0]].age_days) is not None]
    young = sum(age <= YOUNG_DAYS for age in known)
    if len(known) * 2 < len(by_account) or young < max(LEAST_ACCOUNTS, YOUNG_SHARE * len(known)):
        return None
    if not _is_younger(len(known), young, ages):
        return None
    times = sorted(at for each in by_account.values() if (at := comments[each[0]].at) is not None)
    if not _is_close(times):
        return None
    return Group(
        members=tuple(members),
        accounts=len(by_account),
        posts=len({comments[each].post for each in members} - {""}),
        young=young,
        median_age_days=median(known),
        minutes=round((times[-1] - times[0]).total_seconds() / 60) if len(times) > 1 else None,
    )


def _accounts(comments: Sequence[Comment], members: Sequence[int]) -> dict[str, list[int]]:
    found = defaultdict(list)
    for each in members:
        found[comments[each].author or f"\0{each}"].append(each)
    return found


def _is_younger(known: int, young: int, ages: tuple[int, int]) -> bool:
    """Whether chance would rarely draw so many young accounts from among the others."""
    rest, rest_young = ages[0] - known, ages[1] - young
    if rest < ENOUGH_REST:
        return True
    share = (rest_young + 1) / (rest + 2)
    if known > MANY:
        return young > known * share + 4 * sqrt(known * share * (1 - share))
    more = range(young, known + 1)
    tail: float = sum(comb(known, n) * share**n * (1 - share) ** (known - n) for n in more)
    return tail < CHANCE


def _is_close(times: Sequence[datetime]) -> bool:
    """Whether at least half, and three, fall within CLOSE; true where the hours are unknown."""
    if len(times) < LEAST_ACCOUNTS:
        return True
    most = max(_windows(times))
    return most >= max(LEAST_ACCOUNTS, CLOSE_SHARE * len(times))


def _windows(times: Sequence[datetime]) -> Iterator[int]:
    """For each moment, how many fall within CLOSE from it on."""
    end = 0
    for start, begins in enumerate(times):
        while end < len(times) and times[end] - begins <= CLOSE:
            end += 1
        yield end - start
