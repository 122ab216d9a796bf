"""Who may do what for a campaign. `check_*` raises; the pages ask the same through roles."""

from campaigns.briefs.errors import NotInThisStage
from campaigns.briefs.models import Campaign
from config.identity.models import MemberRole, User
from config.kernel.errors import NotAllowed


def check_agency(by: User, campaign: Campaign) -> None:
    """`by` works for the agency and may change things."""
    _check_member(by, [campaign.agency_id])


def check_payer(by: User, campaign: Campaign) -> None:
    """`by` works for the agency or the brand and may change things."""
    _check_member(by, [campaign.agency_id, campaign.brand_id])


def check_stage(campaign: Campaign, stages: frozenset[str]) -> None:
    if campaign.stage not in stages:
        raise NotInThisStage


def can_write(user: User, campaign: Campaign) -> bool:
    """Whether the person may change the campaign for the agency or the brand."""
    return _is_member(user, [campaign.agency_id, campaign.brand_id])


def can_lead(user: User, campaign: Campaign) -> bool:
    """Whether the person may change the campaign for the agency."""
    return _is_member(user, [campaign.agency_id])


def _check_member(by: User, organisations: list[int]) -> None:
    if not _is_member(by, organisations):
        raise NotAllowed


def _is_member(user: User, organisations: list[int]) -> bool:
    members = user.memberships.filter(organisation__in=organisations)
    return members.exclude(role=MemberRole.READER).exists()
