"""The account of clicks as its readers meet it: of a campaign, of a creator, of a link.

An influencer meets only their own. Everything shown comes from one judging, the newest finished
one, so that all figures of a page belong together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from campaigns.briefs.models import Campaign
from campaigns.codesign.models import Participant
from campaigns.links import queries
from campaigns.links.models import (
    CreatorAccount,
    Judging,
    LinkAccount,
    Reply,
    TrackedLink,
    Word,
)
from campaigns.links.policies import TOOK_PART
from campaigns.links.states import JudgingStatus, Verdict, WordKind
from campaigns.links.values import Tally, discounted, together
from config.identity.models import User
from config.identity.permissions import Role
from config.kernel.errors import NotFound

A_PAGE = 20
WORST_FIRST = Case(
    *(When(verdict=verdict, then=Value(n)) for n, verdict in enumerate(("flagged", "look"))),
    default=Value(2),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class State:
    """shown: the judging whose figures stand; newest: the last one asked for. None: none yet."""

    shown: Judging | None
    newest: Judging | None

    @property
    def is_under_way(self) -> bool:
        return self._is(JudgingStatus.QUEUED, JudgingStatus.RUNNING)

    @property
    def is_broken(self) -> bool:
        return self._is(JudgingStatus.FAILED)

    def _is(self, *statuses: JudgingStatus) -> bool:
        return self.newest is not None and self.newest.status in statuses


@dataclass(frozen=True)
class CreatorClicks:
    """One creator's account, its links, and what people said of it (newest last)."""

    account: CreatorAccount
    links: list[LinkAccount]
    replies: list[Reply]
    words: list[Word]

    @property
    def name(self) -> str:
        participant = self.account.participant
        return participant.influencer.name if participant else self.account.name

    @property
    def asks_for_a_person(self) -> bool:
        return self.account.verdict != Verdict.CLEAR

    @property
    def word(self) -> Word | None:
        return self.words[-1] if self.words else None

    @property
    def tally(self) -> Tally:
        """As it was judged, whatever was said since."""
        return together(each.days for each in self.links)


def state_of(campaign: Campaign) -> State:
    """Two queries, three where only clicks handed in were judged."""
    return State(queries.newest_judging(campaign), campaign.judgings.order_by("-pk").first())


def accounts_of(judging: Judging, user: User, roles: frozenset[Role]) -> QuerySet[CreatorAccount]:
    """The creators' accounts the person may see, those that ask for a person first."""
    found = judging.creators.select_related("participant__influencer")
    if roles <= {Role.INFLUENCER}:
        found = found.filter(participant__influencer__user=user)
    return found.order_by(WORST_FIRST, "pk")


def tally_of(accounts: QuerySet[CreatorAccount]) -> Tally:
    """What the report counts of these accounts: all but what a person discounted. Two queries."""
    found = accounts.order_by().values_list("pk", "participant_id")
    participants = dict(found)
    struck = _discounted_of(participants.values())
    links = LinkAccount.objects.filter(creator__in=participants).values_list("creator_id", "days")
    return together(
        discounted(days) if participants[creator] in struck else days for creator, days in links
    )


def report_tally(campaign: Campaign) -> tuple[Judging, Tally] | None:
    """What the report says was counted of the campaign's tracked links; None before a judging."""
    judging = queries.newest_judging(campaign)
    if judging is None or judging.submission_id:
        return None
    return judging, tally_of(judging.creators.all())


def questioned(accounts: QuerySet[CreatorAccount]) -> int:
    """How many of them ask for a person, and nobody has said a word."""
    asking = accounts.exclude(verdict=Verdict.CLEAR).filter(participant__isnull=False)
    return asking.filter(participant__click_words__isnull=True).count()


def pages_of(accounts: QuerySet[CreatorAccount], number: str | None) -> Page[CreatorAccount]:
    """One page of creators with their links and what people said, for `read`."""
    return Paginator(_whole(accounts), A_PAGE).get_page(number)


def seat_of(
    campaign: Campaign, user: User, roles: frozenset[Role], participant: int
) -> Participant:
    """A creator who took part, where the person may see their clicks. Raises NotFound."""
    seats = campaign.participants.filter(pk=participant, status__in=TOOK_PART)
    if roles <= {Role.INFLUENCER}:
        seats = seats.filter(influencer__user=user)
    found = seats.select_related("influencer").first()
    if found is None:
        raise NotFound
    return found


def creator_of(judging: Judging | None, seat: Participant) -> CreatorClicks | None:
    """A creator's account in one judging; None where their clicks were not judged in it."""
    if judging is None:
        return None
    found = _whole(judging.creators.filter(participant=seat)).first()
    return read(found) if found else None


def read(account: CreatorAccount) -> CreatorClicks:
    """An account that came with its rows (`pages_of`, `creator_of`)."""
    seat = account.participant
    return CreatorClicks(
        account=account,
        links=list(account.links.all()),
        replies=list(seat.click_replies.all()) if seat else [],
        words=list(seat.click_words.all()) if seat else [],
    )


def of_links(campaign: Campaign, links: Iterable[TrackedLink]) -> dict[int, LinkAccount]:
    """What the newest judging says of each of these links, by its id."""
    judging = queries.newest_judging(campaign)
    if judging is None:
        return {}
    rows = judging.links.filter(link__in=[link.pk for link in links]).select_related("judging")
    return {row.link_id: row for row in rows if row.link_id}


def waiting_for_a_word(reviewer: User) -> QuerySet[CreatorAccount]:
    """Flagged accounts of newest judgings of which nobody has said a word, longest flagged first.

    Those of campaigns in which the reviewer has a part are left out. `since`: flagged from then on.
    """
    newest = (
        Judging.objects.filter(status=JudgingStatus.FINISHED, submission__isnull=True)
        .order_by("campaign_id", "-pk")
        .distinct("campaign_id")
    )
    flagged = CreatorAccount.objects.filter(verdict=Verdict.FLAGGED)
    calm = CreatorAccount.objects.exclude(verdict=Verdict.FLAGGED).order_by("-pk")
    last_calm = calm.filter(participant=OuterRef(OuterRef("participant"))).values("pk")[:1]
    before = flagged.filter(
        participant=OuterRef("participant"), pk__gt=Coalesce(Subquery(last_calm), 0)
    ).order_by("pk")
    ours = reviewer.memberships.values("organisation_id")
    return (
        flagged.filter(judging__in=newest.values("pk"), participant__click_words__isnull=True)
        .exclude(Q(judging__campaign__agency__in=ours) | Q(judging__campaign__brand__in=ours))
        .exclude(judging__campaign__participants__influencer__user=reviewer)
        .select_related("judging__campaign", "participant__influencer")
        .annotate(since=Subquery(before.values("judging__finished_at")[:1]))
        .order_by("since", "pk")
    )


def _whole(accounts: QuerySet[CreatorAccount]) -> QuerySet[CreatorAccount]:
    links = LinkAccount.objects.select_related("link__publication").order_by("pk")
    words = Word.objects.select_related("by").order_by("pk")
    return accounts.prefetch_related(
        Prefetch("links", queryset=links),
        Prefetch("participant__click_replies", queryset=Reply.objects.order_by("pk")),
        Prefetch("participant__click_words", queryset=words),
    )


def _discounted_of(participants: Iterable[int | None]) -> set[int]:
    """Those whose newest word discounts their clicks."""
    newest = (
        Word.objects.filter(participant__in=[each for each in participants if each])
        .order_by("participant_id", "-pk")
        .distinct("participant_id")
    )
    rows = newest.values_list("participant_id", "kind")
    return {participant for participant, kind in rows if kind == WordKind.DISCOUNTED}
