"""What a report is made of, as plain values: gathered by queries, put in order by `report`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from campaigns.links.values import Tally


@dataclass(frozen=True)
class CampaignFacts:
    public_id: str
    title: str
    language: str
    jurisdictions: tuple[str, ...]
    currency: str
    brand: str
    agency: str
    stage: str


@dataclass(frozen=True)
class BriefFacts:
    """The newest brief. lines: (kind, label, minor units). floor in minor units an hour."""

    number: int
    written_at: datetime
    answers: Mapping[str, str]
    lines: tuple[tuple[str, str, int], ...] = ()
    floor_hourly_minor: int | None = None
    floor_source: str = ""


@dataclass(frozen=True)
class RoundFacts:
    """One version of the mechanic and how its round went. stances: stance -> newest positions."""

    number: int
    text: str
    note: str
    proposed_at: datetime
    ask: str
    deadline: datetime
    stances: Mapping[str, int]
    answers_objection: bool = False


@dataclass(frozen=True)
class ObjectionFacts:
    """Who objected to which version and how it ended; `by` is the channel's name.

    answered_by: numbers of the versions meant to answer it. gone: its author left first.
    """

    by: str
    on: int
    reason: str
    at: datetime
    answered_by: tuple[int, ...] = ()
    cleared_at: datetime | None = None
    cleared_on: int | None = None
    gone: bool = False


@dataclass(frozen=True)
class ClassFacts:
    """What a class of payees earned and what of it was paid, in minor units.

    kinds: more than one where a class too small to be shown alone is merged with its neighbour.
    with_rest: money nobody has earned is in it as well. share_bps: of the brand's money.
    """

    kinds: tuple[str, ...]
    earned_minor: int
    paid_minor: int | None = None
    share_bps: int | None = None
    with_rest: bool = False


@dataclass(frozen=True)
class MoneyFacts:
    """What the books say to everybody, in minor units; None where it would show one person's pay.

    fees, hours: of all agreements together; agreements: how many those are.
    """

    received_minor: int
    open_dues: int
    balance_minor: int | None = None
    classes: tuple[ClassFacts, ...] = ()
    creators_share_bps: int | None = None
    agreements: int = 0
    fees_minor: int = 0
    hours: int = 0

    @property
    def is_merged(self) -> bool:
        """Whether the class of the creators is too small to stand alone."""
        return any(
            ("creators" in line.kinds and line.kinds != ("creators",)) or line.with_rest
            for line in self.classes
        )


@dataclass(frozen=True)
class LookFacts:
    """One reading of a published page: verdict code, conformity, and the words it rests on."""

    at: datetime
    verdict: str
    conformity: str
    rule: str
    quote: str = ""
    proof: str = ""


@dataclass(frozen=True)
class PostFacts:
    """A publication with its first and its newest verdict; None while nobody has looked."""

    by: str
    url: str
    platform: str
    published_on: date
    first: LookFacts | None = None
    last: LookFacts | None = None


@dataclass(frozen=True)
class ClickFacts:
    """Clicks on the tracked links: all, and one a reader. No link, no clicks to count.

    judged: what the newest judging counted day by day, up to `until`; None before the first.
    """

    raw: int
    unique: int
    judged: Tally | None = None
    until: datetime | None = None
    rule_set: str = ""


@dataclass(frozen=True)
class IncidentFacts:
    kind: str
    text: str
    raised_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class LessonFacts:
    number: int
    text: str
    at: datetime


@dataclass(frozen=True)
class ReplyFacts:
    by: str
    text: str
    waived: bool
    at: datetime


@dataclass(frozen=True)
class VersionFacts:
    number: int
    at: datetime
    digest: str


@dataclass(frozen=True)
class Facts:
    """Everything a report says, read at `at`. None: nobody measured it."""

    at: datetime
    campaign: CampaignFacts
    public_key: str
    money: MoneyFacts
    joined: int = 0
    brief: BriefFacts | None = None
    rounds: tuple[RoundFacts, ...] = ()
    objections: tuple[ObjectionFacts, ...] = ()
    posts: tuple[PostFacts, ...] = ()
    clicks: ClickFacts | None = None
    incidents: tuple[IncidentFacts, ...] = ()
    lessons: LessonFacts | None = None
    replies: tuple[ReplyFacts, ...] = ()
    without_reply: int = 0
    published: tuple[VersionFacts, ...] = field(default=())


@dataclass(frozen=True)
class ClosingState:
    """What the campaign's end still waits for. without_reply: names, for those inside."""

    has_lessons: bool
    unanswered_incidents: int
    without_reply: tuple[str, ...]
    report_published: bool
