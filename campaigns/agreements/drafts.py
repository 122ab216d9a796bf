"""A draft checked before it is published. Nothing of it is kept."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from campaigns.briefs.requests import CampaignRequest
from disclosures.drafts import check_draft
from disclosures.forms import DraftForm


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, campaign: str) -> HttpResponse:
    """What the rules of the campaign's audience will say of a draft; the answer is on this page."""
    asked = cast(CampaignRequest, request).campaign
    form = DraftForm(request.POST or None, language=asked.language, brand=asked.brand.name)
    context: dict[str, Any] = {"campaign": asked, "form": form}
    if form.is_bound and form.is_valid():
        context["checked"] = check_draft(form.draft(), asked.jurisdictions)
    status = 422 if form.errors else 200
    return render(request, "agreements/draft.html", context, status=status)
