"""Everything the mechanic's screen shows, as values: one round, one ask, one deadline."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils import timezone

from campaigns.briefs import policies as briefs
from campaigns.briefs.models import Campaign
from campaigns.briefs.states import EDITABLE_STAGES, OPEN_STAGES, Stage
from campaigns.codesign import policies, queries
from campaigns.codesign.models import Comment, Mechanic, Participant, Position
from campaigns.codesign.states import ParticipantStatus, Stance
from campaigns.codesign.three import Look, Three, answer_to, three
from campaigns.codesign.values import Consent, Seat
from campaigns.quality.queries import Standing, standings
from config.identity.models import User
from config.theme import formatting

ANSWERING = frozenset({Stage.CODESIGN, Stage.CONTRACTING})


@dataclass(frozen=True)
class Chair:
    """A seat as the picture shows it."""

    name: str
    note: str
    position: str | None


@dataclass(frozen=True)
class Objection:
    """An open objection and its way to an answer. answer: the newest version meant for it."""

    position: Position
    answer: Mechanic | None
    is_mine: bool


@dataclass(frozen=True)
class Screen:
    """shown: the version on the page. base: the version its words are compared with.

    own: the reader's participant, while they take part; own_position: on the newest version.
    """

    consent: Consent | None
    three: Three
    shown: Mechanic | None
    base: Mechanic | None
    standing: Standing | None
    versions: tuple[Mechanic, ...]
    objections: tuple[Objection, ...]
    comments: tuple[Comment, ...]
    own: Participant | None
    own_position: Position | None
    may_answer: bool
    may_propose: bool
    may_comment: bool
    may_lead: bool
    is_over: bool

    @property
    def newest(self) -> Mechanic | None:
        return self.versions[0] if self.versions else None

    @property
    def is_newest(self) -> bool:
        return self.shown == self.newest

    @property
    def quorum(self) -> str:
        """The share that must consent, as "50 %"."""
        bps = self.consent.quorum_bps if self.consent else None
        return formatting.percent(bps, digits=0)

    @property
    def chairs(self) -> list[Chair]:
        return list(_chairs(self.consent)) if self.consent else []

    @property
    def reasons(self) -> list[Seat]:
        """Who gave a reason on the newest version; objections stand above it already."""
        seats = self.consent.seats if self.consent else ()
        said = [(seat, seat.position) for seat in seats if seat.position]
        return [seat for seat, it in said if it.reason and it.stance != Stance.OBJECTION]


def screen(campaign: Campaign, user: User, shown: Mechanic | None = None) -> Screen:
    """What this person sees. A constant number of queries."""
    consent = _with_names(queries.consent(campaign))
    versions = queries.versions(campaign)
    newest = consent.mechanic if consent else None
    text = shown or newest
    own = queries.own_participant(user, campaign)
    joined = own if own and own.status == ParticipantStatus.JOINED else None
    may_lead = briefs.can_lead(user, campaign)
    proposes = campaign.stage in EDITABLE_STAGES and policies.can_propose(user, campaign)
    known = standings(each.submission_id for each in (text, newest) if each)
    look = Look(
        campaign=campaign,
        consent=consent,
        standing=known[newest.submission_id].status if newest else "",
        now=timezone.now(),
        me=joined.pk if joined else None,
        is_agency=may_lead,
    )
    return Screen(
        consent=consent,
        three=three(look),
        shown=text,
        base=_base(versions, text, joined),
        standing=known[text.submission_id] if text else None,
        versions=tuple(versions),
        objections=tuple(_objections(consent, look.me)),
        comments=tuple(queries.comments(campaign)),
        own=joined,
        own_position=_own_position(consent, look.me),
        may_answer=bool(joined and consent and campaign.stage in ANSWERING),
        may_propose=proposes,
        may_comment=campaign.stage in OPEN_STAGES and policies.can_propose(user, campaign),
        may_lead=may_lead and campaign.stage in EDITABLE_STAGES,
        is_over=bool(consent and consent.mechanic.round.deadline < look.now),
    )


def chairs_of(consent: Consent | None) -> list[Chair]:
    """Everybody's seat, with the name of their blog. One query."""
    named = _with_names(consent)
    return list(_chairs(named)) if named else []


def _with_names(consent: Consent | None) -> Consent | None:
    """With everybody's channels and each objection's answers, in one query each."""
    if consent:
        people = [seat.participant.influencer for seat in consent.seats]
        prefetch_related_objects(people, "channels")
        prefetch_related_objects(list(consent.open_objections), "answered_by__proposed_by")
    return consent


def _chairs(consent: Consent) -> Iterator[Chair]:
    for seat in consent.seats:
        influencer = seat.participant.influencer
        channel = next(iter(influencer.channels.all()), None)
        yield Chair(influencer.name, channel.name if channel else "", consent.stance_of(seat))


def _objections(consent: Consent | None, me: int | None) -> Iterator[Objection]:
    for position in consent.open_objections if consent else ():
        yield Objection(position, answer_to(position), position.participant_id == me)


def _own_position(consent: Consent | None, me: int | None) -> Position | None:
    """What the reader said and still holds to."""
    if consent is None:
        return None
    mine = next((seat for seat in consent.seats if seat.participant.pk == me), None)
    return mine.position if mine and consent.stance_of(mine) else None


def _base(
    versions: list[Mechanic], shown: Mechanic | None, own: Participant | None
) -> Mechanic | None:
    """The version the reader last answered, else the one before."""
    if shown is None:
        return None
    answered = queries.last_answered(own, before=shown.number) if own else None
    number = answered or shown.number - 1
    return next((each for each in versions if each.number == number), None)
