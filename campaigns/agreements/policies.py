"""Which side of an agreement a person is on."""

from campaigns.agreements.errors import NotAParty
from campaigns.agreements.models import Agreement
from campaigns.agreements.states import Side
from campaigns.briefs.models import Campaign
from config.identity.models import MemberRole, User


def side_of(by: User, agreement: Agreement) -> str:
    """The side `by` speaks for. Raises NotAParty."""
    if agreement.participant.influencer.user_id == by.pk:
        return Side.INFLUENCER
    if is_payer(by, agreement.campaign):
        return Side.PAYER
    raise NotAParty


def is_payer(by: User, campaign: Campaign) -> bool:
    """Agency and brand offer and accept as one side."""
    return (
        by.memberships.filter(organisation__in=[campaign.agency_id, campaign.brand_id])
        .exclude(role=MemberRole.READER)
        .exists()
    )
