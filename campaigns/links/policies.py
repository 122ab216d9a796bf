from campaigns.agreements.models import Fulfilment
from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import can_lead, check_agency
from campaigns.codesign.models import Participant
from campaigns.codesign.states import ParticipantStatus
from campaigns.links.errors import NotYourClicks
from config.identity.models import User
from config.kernel.errors import NotFound

TOOK_PART = frozenset({ParticipantStatus.JOINED, ParticipantStatus.LEFT})


def check_may_link(by: User, publication_id: int) -> None:
    """The influencer whose post it is, or the agency. Raises NotFound, NotAllowed."""
    post = (
        Fulfilment.objects.select_related("deliverable__agreement__campaign")
        .filter(publication_id=publication_id)
        .first()
    )
    if post is None:
        raise NotFound
    agreement = post.deliverable.agreement
    if agreement.participant.influencer.user_id != by.pk:
        check_agency(by, agreement.campaign)


def check_may_reply(by: User, campaign: Campaign) -> Participant:
    """The participant `by` is or was. Raises NotYourClicks."""
    found = campaign.participants.filter(influencer__user=by, status__in=TOOK_PART).first()
    if found is None:
        raise NotYourClicks
    return found


def can_say_word(user: User, campaign: Campaign) -> bool:
    """Whether the person speaks for the agency, or is a reviewer with no part in the campaign."""
    return can_lead(user, campaign) or _is_outside_reviewer(user, campaign)


def check_may_say_word(by: User, campaign: Campaign) -> None:
    """Raises NotAllowed."""
    if not _is_outside_reviewer(by, campaign):
        check_agency(by, campaign)


def _is_outside_reviewer(user: User, campaign: Campaign) -> bool:
    if not user.is_reviewer:
        return False
    ours = user.memberships.filter(organisation__in=[campaign.agency_id, campaign.brand_id])
    return not ours.exists() and not campaign.participants.filter(influencer__user=user).exists()
