"""What blocks a campaign: one answer for page, API, command and action."""

from campaigns.agreements import queries as agreements
from campaigns.agreements.states import AgreementStatus
from campaigns.briefs import queries as briefs
from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from campaigns.codesign import queries as codesign
from campaigns.codesign.states import ParticipantStatus
from campaigns.codesign.values import Consent
from campaigns.lifecycle.gates import Situation, checklist
from campaigns.lifecycle.values import Blocker, Check
from campaigns.payouts import queries as payouts
from campaigns.quality.queries import standings
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
    """Everything the gates look at. A constant number of queries."""
    brief = briefs.newest_brief(campaign)
    consent = codesign.consent(campaign)
    materials = list(campaign.materials.values_list("submission_id", flat=True))
    asked = [brief.submission_id] if brief else []
    asked += [consent.mechanic.submission_id] if consent else []
    known = standings([*asked, *materials])
    money = payouts.money_of(campaign)
    closing = reports.closing_state(campaign)
    return Situation(
        brief_number=brief.number if brief else 0,
        brief_standing=known[brief.submission_id].status if brief else "",
        questions=len(briefs.unclear(brief)) if brief else 0,
        mechanic_number=consent.mechanic.number if consent else 0,
        mechanic_standing=known[consent.mechanic.submission_id].status if consent else "",
        materials_refused=sum(known[each].status != "accepted" for each in materials),
        joined=len(consent.seats) if consent else codesign.joined(campaign).count(),
        unanswered_invitations=_invited(campaign),
        waiting=_names(consent),
        objectors=tuple(
            position.participant.influencer.name for position in consent.open_objections
        )
        if consent
        else (),
        quorum_is_met=bool(consent and consent.seats and consent.quorum_is_met),
        without_agreement=_without_agreement(campaign),
        unpublished=agreements.deliverables_of(campaign).filter(fulfilment__isnull=True).count(),
        owed=money.open_dues,
        balance_minor=money.balance_minor,
        has_lessons=closing.has_lessons,
        unanswered_incidents=closing.unanswered_incidents,
        without_reply=closing.without_reply,
        report_published=closing.report_published,
    )


def _invited(campaign: Campaign) -> tuple[str, ...]:
    invited = campaign.participants.filter(status=ParticipantStatus.INVITED)
    return tuple(invited.order_by("pk").values_list("influencer__name", flat=True))


def _names(consent: Consent | None) -> tuple[str, ...]:
    return tuple(seat.participant.influencer.name for seat in consent.waiting) if consent else ()


def _without_agreement(campaign: Campaign) -> tuple[str, ...]:
    joined = codesign.joined(campaign).exclude(agreement__status=AgreementStatus.AGREED)
    return tuple(joined.values_list("influencer__name", flat=True))
