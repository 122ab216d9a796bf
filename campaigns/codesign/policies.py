"""Who may take which part in co-design."""

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_payer
from campaigns.codesign.errors import NotAParticipant
from campaigns.codesign.models import Participant
from campaigns.codesign.states import ParticipantStatus
from config.identity.models import User


def check_is_joined(by: User, campaign: Campaign) -> Participant:
    """The participant `by` is, if they joined and have not left. Raises NotAParticipant."""
    found = Participant.objects.filter(
        campaign=campaign, influencer__user=by, status=ParticipantStatus.JOINED
    ).first()
    if found is None:
        raise NotAParticipant
    return found


def check_may_propose(by: User, campaign: Campaign) -> None:
    """Agency, brand and everyone who joined may propose a version."""
    if not Participant.objects.filter(
        campaign=campaign, influencer__user=by, status=ParticipantStatus.JOINED
    ).exists():
        check_payer(by, campaign)
