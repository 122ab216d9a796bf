"""The statement of reasons of each check, as page, JSON and plain text; the appeal; the retry."""

from collections.abc import Collection
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.briefs import policies
from campaigns.briefs.forms import AppealForm
from campaigns.briefs.models import Campaign
from campaigns.briefs.requests import CampaignRequest
from campaigns.lifecycle.submissions import submission_for
from campaigns.quality import actions, queries
from campaigns.quality.models import Submission
from campaigns.quality.statements import Statement, statement_of
from config.identity.models import User
from config.identity.permissions import Role


@require_safe
def statement(request: HttpRequest, campaign: str, submission: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = _found(asked, submission)
    return _page(asked, found, AppealForm())


@require_safe
def statement_json(request: HttpRequest, campaign: str, submission: int) -> JsonResponse:
    return JsonResponse(_statement(cast(CampaignRequest, request), submission).as_dict())


@require_safe
def statement_text(request: HttpRequest, campaign: str, submission: int) -> HttpResponse:
    said = _statement(cast(CampaignRequest, request), submission)
    answer = HttpResponse(as_text(said), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="statement-{submission}.txt"'
    return answer


@require_POST
def appeal(request: HttpRequest, campaign: str, submission: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = _found(asked, submission)
    policies.check_takes_part(asked.user, asked.campaign, asked.roles)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(asked, found, form, status=422)
    actions.appeal(submission_id=found.pk, by=asked.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("A person will read it. Until then nothing changes."))
    return redirect("lifecycle:statement", campaign=campaign, submission=submission)


@require_POST
def retry(request: HttpRequest, campaign: str, submission: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = _found(asked, submission)
    policies.check_takes_part(asked.user, asked.campaign, asked.roles)
    actions.retry(submission_id=found.pk, by=asked.user)
    messages.success(request, _("The check is under way once more."))
    return redirect("lifecycle:statement", campaign=campaign, submission=submission)


def as_text(said: Statement) -> str:
    """The statement as plain text, as it is downloaded and mailed."""
    return render_to_string("lifecycle/statement.txt", {"said": said}).strip() + "\n"


def party_id(user: User, campaign: Campaign, roles: Collection[Role]) -> int | None:
    """As `statement_of` takes it: the reader, where they take part in the campaign."""
    return user.pk if policies.takes_part(user, campaign, roles) else None


def _found(asked: CampaignRequest, submission: int) -> Submission:
    return submission_for(asked.user, asked.campaign, asked.roles, submission)


def _said(asked: CampaignRequest, found: Submission) -> Statement | None:
    reader = party_id(asked.user, asked.campaign, asked.roles)
    return statement_of(found, get_language() or "en", party_id=reader)


def _statement(asked: CampaignRequest, submission: int) -> Statement:
    said = _said(asked, _found(asked, submission))
    if said is None:
        raise Http404
    return said


def _page(
    asked: CampaignRequest, found: Submission, form: AppealForm, status: int = 200
) -> HttpResponse:
    stands = queries.standing(found.pk)
    takes_part = policies.takes_part(asked.user, asked.campaign, asked.roles)
    context: dict[str, Any] = {
        "campaign": asked.campaign,
        "submission": found,
        "said": _said(asked, found),
        "standing": stands,
        "form": form,
        "may_retry": stands.status == "failed" and takes_part,
    }
    return render(asked, "lifecycle/statement.html", context, status=status)
