"""What blocks a campaign: one answer for page, API, command and action."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count

from campaigns.agreements.models import Deliverable
from campaigns.agreements.states import AgreementStatus
from campaigns.briefs import queries as briefs
from campaigns.briefs.models import Campaign, Material
from campaigns.briefs.states import Stage
from campaigns.codesign import queries as codesign
from campaigns.codesign.models import Participant
from campaigns.codesign.states import ParticipantStatus
from campaigns.lifecycle.gates import Situation, checklist
from campaigns.lifecycle.values import Blocker, Check
from campaigns.payouts import queries as payouts
from campaigns.quality.queries import lacking_notice, standings
from campaigns.reports import queries as reports

NEXT: dict[str, str] = {
    Stage.DRAFT: Stage.CODESIGN,
    Stage.CODESIGN: Stage.CONTRACTING,
    Stage.CONTRACTING: Stage.LIVE,
    Stage.LIVE: Stage.CLOSING,
    Stage.CLOSING: Stage.CLOSED,
}


def checks(campaign: Campaign, to: str | None = None) -> list[Check]:
    """The checklist towards `to` (default: the next stage), met conditions included."""
    target = to or NEXT.get(campaign.stage)
    return checklist(situation(campaign), target) if target else []


def blockers(campaign: Campaign, to: str | None = None) -> list[Blocker]:
    """What is still missing before `to` (default: the next stage). Empty: it may move."""
    return [check for check in checks(campaign, to) if not check.ok]


def situation(campaign: Campaign) -> Situation:
    return situations([campaign])[campaign.pk]


def situations(campaigns: Collection[Campaign]) -> dict[int, Situation]:
    """Everything the gates look at, in a constant number of queries, however many campaigns."""
    ids = [campaign.pk for campaign in campaigns]
    newest, consents = briefs.newest_briefs(ids), codesign.consents(ids)
    materials, people = _materials(ids), _people(ids)
    known = standings(
        [brief.submission_id for brief in newest.values()]
        + [consent.mechanic.submission_id for consent in consents.values()]
        + [each for group in materials.values() for each in group]
    )
    unpublished = _unpublished(ids)
    lacking = lacking_notice(known)
    money, closing = payouts.states_of(campaigns), reports.closing_states(ids)
    found = {}
    for pk in ids:
        brief, consent = newest.get(pk), consents.get(pk)
        deciding = {each.submission_id for each in (brief, consent and consent.mechanic) if each}
        political = {each for each in deciding | set(materials[pk]) if known[each].is_political}
        joined = [each for each in people[pk] if each.status == ParticipantStatus.JOINED]
        found[pk] = Situation(
            brief_number=brief.number if brief else 0,
            brief_standing=known[brief.submission_id].status if brief else "",
            questions=len(briefs.unclear(brief)) if brief else 0,
            mechanic_number=consent.mechanic.number if consent else 0,
            mechanic_standing=known[consent.mechanic.submission_id].status if consent else "",
            materials_refused=sum(not known[each].is_accepted for each in materials[pk]),
            political=len(political),
            without_notice=len(political & lacking),
            joined=len(joined),
            unanswered_invitations=_names(
                [each for each in people[pk] if each.status == ParticipantStatus.INVITED]
            ),
            waiting=_names([seat.participant for seat in consent.waiting]) if consent else (),
            objectors=_names([each.participant for each in consent.open_objections])
            if consent
            else (),
            quorum_is_met=bool(consent and consent.seats and consent.quorum_is_met),
            without_agreement=_names([each for each in joined if not _has_agreed(each)]),
            unpublished=unpublished.get(pk, 0),
            owed=money[pk].open_dues,
            funded_minor=money[pk].funded_minor,
            balance_minor=money[pk].balance_minor,
            has_lessons=closing[pk].has_lessons,
            unanswered_incidents=closing[pk].unanswered_incidents,
            without_reply=closing[pk].without_reply,
            report_published=closing[pk].report_published,
        )
    return found


def _materials(ids: list[int]) -> dict[int, list[int]]:
    found = defaultdict(list)
    rows = Material.objects.filter(campaign__in=ids).values_list("campaign_id", "submission_id")
    for campaign_id, submission_id in rows:
        found[campaign_id].append(submission_id)
    return found


def _people(ids: list[int]) -> dict[int, list[Participant]]:
    found = defaultdict(list)
    rows = Participant.objects.filter(campaign__in=ids).select_related("influencer", "agreement")
    for each in rows.order_by("pk"):
        found[each.campaign_id].append(each)
    return found


def _has_agreed(participant: Participant) -> bool:
    agreement = getattr(participant, "agreement", None)
    return agreement is not None and agreement.status == AgreementStatus.AGREED


def _unpublished(ids: list[int]) -> dict[int, int]:
    rows = (
        Deliverable.objects.filter(agreement__campaign__in=ids, fulfilment__isnull=True)
        .exclude(agreement__participant__status=ParticipantStatus.LEFT)
        .values("agreement__campaign")
        .annotate(n=Count("pk"))
    )
    return {row["agreement__campaign"]: row["n"] for row in rows}


def _names(people: list[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.influencer.name for each in people))
