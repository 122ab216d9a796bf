"""Read what a report is made of from the rooms below. Each part a constant number of queries."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch
from django.utils.translation import gettext_noop as _

from campaigns.agreements import queries as agreements
from campaigns.agreements.models import Deliverable
from campaigns.briefs import queries as briefs
from campaigns.briefs.models import Campaign
from campaigns.briefs.rules import QUESTIONS
from campaigns.codesign.models import Mechanic, Participant, Position
from campaigns.codesign.states import ParticipantStatus, Stance
from campaigns.links import queries as links
from campaigns.links.accounts import report_tally
from campaigns.payouts import queries as payouts
from campaigns.payouts.visibility import as_seen_by
from campaigns.reports.models import CreatorReply
from campaigns.reports.values import (
    BriefFacts,
    CampaignFacts,
    ClassFacts,
    ClickFacts,
    IncidentFacts,
    LessonFacts,
    LookFacts,
    MoneyFacts,
    ObjectionFacts,
    PostFacts,
    ReplyFacts,
    RoundFacts,
    VersionFacts,
)
from disclosures import queries as disclosures
from disclosures.queries import LookState, PublicationState

NOBODY = 0  # no participant has this id
WITHOUT_CHANNEL = _("a creator without a channel")


def campaign_facts(campaign: Campaign) -> CampaignFacts:
    return CampaignFacts(
        public_id=campaign.public_id,
        title=campaign.title,
        language=campaign.language,
        jurisdictions=tuple(campaign.jurisdictions),
        currency=campaign.currency,
        brand=campaign.brand.name,
        agency=campaign.agency.name,
        stage=campaign.stage,
    )


def brief_facts(campaign: Campaign) -> BriefFacts | None:
    brief = briefs.newest_brief(campaign)
    if brief is None:
        return None
    return BriefFacts(
        number=brief.number,
        written_at=brief.written_at,
        answers={name: getattr(brief, name) for name in QUESTIONS},
        lines=tuple((line.kind, line.label, line.amount_minor) for line in brief.lines.all()),
        floor_hourly_minor=brief.floor_hourly_minor,
        floor_source=brief.floor_source,
    )


def people(campaign: Campaign) -> dict[int, Participant]:
    """Everyone who ever joined, by id, with their channels."""
    joined = campaign.participants.filter(
        status__in=[ParticipantStatus.JOINED, ParticipantStatus.LEFT]
    )
    found = joined.select_related("influencer").prefetch_related("influencer__channels")
    return {each.pk: each for each in found.order_by("joined_at", "pk")}


def still_here(known: dict[int, Participant]) -> int:
    return sum(each.status == ParticipantStatus.JOINED for each in known.values())


def channel_name(participant: Participant | None) -> str:
    """What the report calls a creator: their first channel, never the person's own name."""
    channels = list(participant.influencer.channels.all()) if participant else []
    return channels[0].name if channels else WITHOUT_CHANNEL


def mechanics(campaign: Campaign) -> list[Mechanic]:
    """Every version with its round and all positions ever taken on it."""
    positions = Position.objects.select_related("clearance__on").prefetch_related(
        Prefetch("answered_by", queryset=Mechanic.objects.order_by("number"))
    )
    return list(
        campaign.mechanics.select_related("round")
        .prefetch_related(Prefetch("positions", queryset=positions.order_by("pk")))
        .order_by("number")
    )


def round_facts(versions: Iterable[Mechanic]) -> tuple[RoundFacts, ...]:
    return tuple(
        RoundFacts(
            number=each.number,
            text=each.text,
            note=each.note,
            proposed_at=each.proposed_at,
            ask=each.round.ask,
            deadline=each.round.deadline,
            stances=_newest_stances(each.positions.all()),
            answers_objection=each.answers_id is not None,
        )
        for each in versions
    )


def _newest_stances(positions: Iterable[Position]) -> Counter[str]:
    newest = {each.participant_id: each.stance for each in positions}  # in the order taken
    return Counter(newest.values())


def objection_facts(
    versions: Iterable[Mechanic], known: dict[int, Participant]
) -> tuple[ObjectionFacts, ...]:
    return tuple(
        _objection(position, version, known.get(position.participant_id))
        for version in versions
        for position in version.positions.all()
        if position.stance == Stance.OBJECTION
    )


def _objection(position: Position, version: Mechanic, author: Participant | None) -> ObjectionFacts:
    clearance = getattr(position, "clearance", None)
    return ObjectionFacts(
        by=channel_name(author),
        on=version.number,
        reason=position.reason,
        at=position.taken_at,
        answered_by=tuple(each.number for each in position.answered_by.all()),
        cleared_at=clearance.cleared_at if clearance else None,
        cleared_on=clearance.on.number if clearance else None,
        gone=author is None or author.status == ParticipantStatus.LEFT,
    )


def published(campaign: Campaign) -> list[Deliverable]:
    """The pieces of work with a publication, each with it."""
    return list(agreements.deliverables_of(campaign).filter(fulfilment__isnull=False))


def post_facts(
    works: Sequence[Deliverable], known: dict[int, Participant]
) -> tuple[PostFacts, ...]:
    """Every publication with its first and newest verdict, the strictest where rules differ."""
    states = disclosures.state_of([work.fulfilment.publication_id for work in works])
    return tuple(
        _post(
            states[work.fulfilment.publication_id],
            channel_name(known.get(work.agreement.participant_id)),
        )
        for work in works
    )


def _post(state: PublicationState, by: str) -> PostFacts:
    publication = state.publication
    return PostFacts(
        by=by,
        url=publication.url,
        platform=publication.platform,
        published_on=publication.published_on,
        first=_look(state.first) if state.first else None,
        last=_look(state.last) if state.last else None,
    )


def _look(look: LookState) -> LookFacts:
    return LookFacts(
        at=look.at,
        verdict=look.verdict,
        conformity=look.conformity,
        rule=look.rule,
        quote=look.quote,
        proof=look.proof_level,
    )


def money_facts(campaign: Campaign) -> MoneyFacts:
    """What the books say to anybody: the money as one sees it who has no line of their own."""
    money = as_seen_by(payouts.money_of(campaign), NOBODY)
    rounds = [agreed.agreed_round for agreed in agreements.agreed_of(campaign)]
    terms = [offer.as_terms for offer in rounds if offer]
    return MoneyFacts(
        received_minor=money.funded.minor,
        open_dues=money.open_dues,
        balance_minor=money.balance.minor if money.balance is not None else None,
        classes=tuple(
            ClassFacts(
                kinds=line.kinds,
                earned_minor=line.amount.minor,
                paid_minor=line.paid.minor if line.paid is not None else None,
                share_bps=line.bps,
                with_rest=line.with_rest,
            )
            for line in money.classes
        ),
        creators_share_bps=money.creators_share_bps,
        agreements=len(terms),
        fees_minor=sum(each.fee_minor for each in terms),
        hours=sum(each.declared_hours for each in terms),
    )


def click_facts(campaign: Campaign, works: Sequence[Deliverable]) -> ClickFacts | None:
    """Clicks on all tracked links together; None where no publication has one.

    Before the first judging, what is there now; afterwards only what was judged, so that all
    figures belong together.
    """
    found = links.count([work.fulfilment.publication_id for work in works]).values()
    if not found:
        return None
    reported = report_tally(campaign)
    if reported is None:
        return ClickFacts(sum(each.raw for each in found), sum(each.counted for each in found))
    judging, tally = reported
    return ClickFacts(tally.raw, tally.unique, tally, judging.until, judging.rule_set)


def incident_facts(campaign: Campaign) -> tuple[IncidentFacts, ...]:
    return tuple(
        IncidentFacts(
            kind=each.kind,
            text=each.text,
            raised_at=each.raised_at,
            answer=each.answer or "",
            answered_at=each.answered_at,
        )
        for each in campaign.incidents.all()
    )


def lesson_facts(campaign: Campaign) -> LessonFacts | None:
    lesson = campaign.lessons.last()
    return LessonFacts(lesson.number, lesson.text, lesson.at) if lesson else None


def newest_replies(campaign: Campaign) -> dict[int, CreatorReply]:
    """The newest reply or waiver of each participant."""
    return {each.participant_id: each for each in campaign.replies.order_by("pk")}


def reply_facts(
    replies: dict[int, CreatorReply], known: dict[int, Participant]
) -> tuple[ReplyFacts, ...]:
    """In the order in which the creators joined."""
    return tuple(
        ReplyFacts(channel_name(who), replies[pk].text, replies[pk].waived, replies[pk].at)
        for pk, who in known.items()
        if pk in replies
    )


def version_facts(campaign: Campaign) -> tuple[VersionFacts, ...]:
    rows = campaign.report_versions.order_by("number").values_list("number", "at", "digest")
    return tuple(VersionFacts(*row) for row in rows)
