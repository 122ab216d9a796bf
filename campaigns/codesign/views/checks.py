"""The quality check of one version of the mechanic, and the appeal against it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.briefs.checking import Checked, appealed, check_page
from campaigns.briefs.requests import CampaignRequest
from campaigns.codesign import queries
from campaigns.codesign.models import Mechanic


@require_safe
def check(request: CampaignRequest, campaign: str, number: int) -> HttpResponse:
    found = queries.mechanic_numbered(request.campaign, number)
    return check_page(request, _checked(campaign, found))


@require_POST
def appeal(request: CampaignRequest, campaign: str, number: int) -> HttpResponse:
    found = queries.mechanic_numbered(request.campaign, number)
    return appealed(request, _checked(campaign, found))


def _checked(campaign: str, found: Mechanic) -> Checked:
    at = {"campaign": campaign, "number": found.number}
    return Checked(
        title=_("Mechanic, version %(number)s") % {"number": found.number},
        submission=found.submission,
        here=reverse("codesign:check", kwargs=at),
        appeal=reverse("codesign:appeal", kwargs=at),
        back=reverse("codesign:mechanic", kwargs={"campaign": campaign}),
        rewrite=reverse("codesign:propose", kwargs={"campaign": campaign}),
        current="mechanic",
    )
