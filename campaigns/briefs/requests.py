from django.http import HttpRequest

from campaigns.briefs.models import Campaign
from config.identity.models import User
from config.identity.permissions import Role


class CampaignRequest(HttpRequest):
    """A request the middleware let through to a campaign's page."""

    user: User
    campaign: Campaign
    roles: frozenset[Role]
