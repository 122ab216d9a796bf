"""The only place that moves a campaign's stage, and that has open campaigns checked again."""

from django.db import transaction

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_agency
from campaigns.briefs.states import STAGE_MOVES, Stage
from campaigns.lifecycle import queries
from campaigns.lifecycle.errors import Blocked
from campaigns.lifecycle.submissions import newest_of_open_campaigns
from campaigns.links import actions as links
from campaigns.payouts import actions as payouts
from campaigns.quality import actions as quality
from campaigns.quality import judging
from campaigns.quality.models import Recheck
from campaigns.quality.queries import decided_first_hand, rechecked_by
from config.identity.models import User
from config.kernel import events
from config.kernel.moves import IllegalMove


@transaction.atomic
def advance(*, campaign_id: int, by: User, to: str) -> Campaign:
    """Move the campaign to the stage `to` once nothing blocks it; being there already is done.

    Raises NotAllowed, IllegalMove, Blocked (facts: the blockers' codes).
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_agency(by, campaign)
    if campaign.stage == to:
        return campaign
    if to == Stage.CANCELLED or to not in STAGE_MOVES[campaign.stage]:
        raise IllegalMove
    if blocked := queries.blockers(campaign, to):
        raise Blocked(blockers=[each.code for each in blocked])
    return _move(campaign, to, by)


@transaction.atomic
def cancel(*, campaign_id: int, by: User) -> Campaign:
    """Call the campaign off; the kill fees of the signed ladders become due.

    Twice is once. Raises NotAllowed, IllegalMove.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_agency(by, campaign)
    if campaign.stage == Stage.CANCELLED:
        return campaign
    if Stage.CANCELLED not in STAGE_MOVES[campaign.stage]:
        raise IllegalMove
    payouts.owe_kill_fees(campaign_id=campaign.pk, by=by)
    return _move(campaign, Stage.CANCELLED, by)


def recheck_open_campaigns(*, by: User | None = None) -> Recheck:
    """Check what decides over open campaigns by the installed rules, where older ones decided it.

    Once a rule set, unless a person asks again. Nothing that stands changes; see quality.
    """
    return quality.start_recheck(submission_ids=_decided_by_other_rules, by=by)


def _decided_by_other_rules() -> set[int]:
    newest = decided_first_hand(newest_of_open_campaigns())
    return newest - rechecked_by(judging.RULE_SET, newest)


def _move(campaign: Campaign, to: str, by: User) -> Campaign:
    before = campaign.stage
    campaign.move_to(to)
    campaign.save(update_fields=["stage"])
    events.record("lifecycle.stage_moved", subject=campaign, by=by, before=before, after=to)
    if to == Stage.CLOSING:
        links.queue_judging(campaign_id=campaign.pk)  # for the report
    return campaign
