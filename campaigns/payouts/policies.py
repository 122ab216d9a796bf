"""Who keeps a campaign's books: the agency, in whose account the money lies."""

from campaigns.agreements.models import Agreement
from campaigns.agreements.policies import side_of
from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_agency
from campaigns.briefs.states import Stage
from config.identity.models import MemberRole, User

OPEN_BOOKS = frozenset(set(Stage) - {Stage.CLOSED})
REFUNDING = frozenset({Stage.CLOSING, Stage.CANCELLED})


def check_keeps_books(by: User, campaign: Campaign) -> None:
    """Raises NotAllowed unless `by` works for the agency and may change things."""
    check_agency(by, campaign)


def check_may_release(by: User, agreement: Agreement) -> None:
    """Either side registers a post, and so makes its pay due. Raises NotAParty."""
    side_of(by, agreement)


def can_keep_books(by: User, campaign: Campaign) -> bool:
    members = by.memberships.filter(organisation=campaign.agency_id)
    return members.exclude(role=MemberRole.READER).exists()
