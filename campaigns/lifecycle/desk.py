"""The reviewer's desk: checks in review or appealed, oldest first, and the ruling on each."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from campaigns.briefs.models import Campaign
from campaigns.quality import actions, queries
from campaigns.quality.models import Submission
from config.identity.models import Membership, User

A_PAGE = 25


class RulingForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("accepted", gettext_lazy("It may go on")),
            ("rejected", gettext_lazy("It stays refused")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The people concerned read it. Quote the words that decide."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.waiting_for_a_reviewer(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "lifecycle/reviews.html", {"page": page})


def review(request: HttpRequest, submission: int) -> HttpResponse:
    found = Submission.objects.filter(pk=submission).prefetch_related("appeals__by").first()
    standing = queries.standing(submission) if found else None
    if found is None or standing is None or not (standing.appealed or standing.status == "review"):
        raise Http404
    form = RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.rule(
            submission_id=submission,
            by=cast(User, request.user),
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            excluded_ids=_members_of_its_campaign(found),
        )
        messages.success(request, _("Your ruling stands, with its reason."))
        return redirect("lifecycle:reviews")
    context: dict[str, Any] = {"submission": found, "standing": standing, "form": form}
    status = 422 if form.errors else 200
    return render(request, "lifecycle/review.html", context, status=status)


def _members_of_its_campaign(found: Submission) -> set[int]:
    """Everyone of the organisations of the campaign this belongs to: they may not decide."""
    campaign = (
        Campaign.objects.filter(briefs__submission=found).first()
        or Campaign.objects.filter(mechanics__submission=found).first()
        or Campaign.objects.filter(materials__submission=found).first()
        or Campaign.objects.filter(agreements__rounds__submission=found).first()
    )
    if campaign is None:
        return set()
    members = Membership.objects.filter(organisation__in=[campaign.agency_id, campaign.brand_id])
    people = campaign.participants.values_list("influencer__user_id", flat=True)
    return {*members.values_list("user_id", flat=True), *people}
