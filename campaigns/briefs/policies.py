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


def _check_member(by: User, organisations: list[int]) -> None:
    members = by.memberships.filter(organisation__in=organisations)
    if not members.exclude(role=MemberRole.READER).exists():
        raise NotAllowed
