"""Who may write what into a report."""

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_payer
from campaigns.codesign.models import Participant
from campaigns.codesign.policies import check_is_joined
from campaigns.codesign.states import ParticipantStatus
from config.identity.models import User

TOOK_PART = (ParticipantStatus.JOINED, ParticipantStatus.LEFT)


def check_may_report(by: User, campaign: Campaign) -> None:
    """Agency, brand and everyone who took part may say that something went wrong."""
    if not Participant.objects.filter(
        campaign=campaign, influencer__user=by, status__in=TOOK_PART
    ).exists():
        check_payer(by, campaign)


def check_may_reply(by: User, campaign: Campaign) -> Participant:
    """Who joined and is still here. Raises NotAParticipant."""
    return check_is_joined(by, campaign)
