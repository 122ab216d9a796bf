"""Who may take which part in co-design."""

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import can_write, check_payer
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
    if not _is_joined(by, campaign):
        check_payer(by, campaign)


def can_propose(user: User, campaign: Campaign) -> bool:
    return _is_joined(user, campaign) or can_write(user, campaign)


def _is_joined(user: User, campaign: Campaign) -> bool:
    return Participant.objects.filter(
        campaign=campaign, influencer__user=user, status=ParticipantStatus.JOINED
    ).exists()
