"""Who may do what for a campaign. `check_*` raises; the pages ask the same through roles."""

from collections.abc import Collection

from campaigns.briefs.errors import NotInThisStage
from campaigns.briefs.models import Campaign
from config.identity.models import MemberRole, User
from config.identity.permissions import Role
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


def takes_part(user: User, campaign: Campaign, roles: Collection[Role]) -> bool:
    """A creator of the campaign, or a member of its houses who may change things.

    roles: what the person is to the campaign.
    """
    return Role.INFLUENCER in roles or can_write(user, campaign)


def check_takes_part(user: User, campaign: Campaign, roles: Collection[Role]) -> None:
    if not takes_part(user, campaign, roles):
        raise NotAllowed


def _check_member(by: User, organisations: list[int]) -> None:
    if not _is_member(by, organisations):
        raise NotAllowed


def _is_member(user: User, organisations: list[int]) -> bool:
    members = user.memberships.filter(organisation__in=organisations)
    return members.exclude(role=MemberRole.READER).exists()
