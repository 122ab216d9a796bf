"""The statement of reasons of each check, as page, JSON and plain text; the appeal; the retry."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.briefs import policies
from campaigns.briefs.requests import CampaignRequest
from campaigns.lifecycle.submissions import submission_for
from campaigns.quality import actions, queries
from campaigns.quality.models import Submission
from campaigns.quality.statements import Statement, statement_of
from config.identity.permissions import Role
from config.kernel.errors import NotAllowed

LONGEST = 2_000


class AppealForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What did we not understand?"),
        help_text=gettext_lazy("You may leave it empty. What you write stays on record."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
def statement(request: HttpRequest, campaign: str, submission: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = _found(asked, submission)
    return _page(asked, found, AppealForm())


@require_safe
def statement_json(request: HttpRequest, campaign: str, submission: int) -> JsonResponse:
    return JsonResponse(_statement(_found(cast(CampaignRequest, request), submission)).as_dict())


@require_safe
def statement_text(request: HttpRequest, campaign: str, submission: int) -> HttpResponse:
    said = _statement(_found(cast(CampaignRequest, request), submission))
    answer = HttpResponse(as_text(said), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="statement-{submission}.txt"'
    return answer


@require_POST
def appeal(request: HttpRequest, campaign: str, submission: int) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = _found(asked, submission)
    check_takes_part(asked)
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
    check_takes_part(asked)
    actions.retry(submission_id=found.pk, by=asked.user)
    messages.success(request, _("The check is under way once more."))
    return redirect("lifecycle:statement", campaign=campaign, submission=submission)


def as_text(said: Statement) -> str:
    """The statement as plain text, as it is downloaded and mailed."""
    return render_to_string("lifecycle/statement.txt", {"said": said}).strip() + "\n"


def takes_part(asked: CampaignRequest) -> bool:
    """A creator of the campaign, or a member of its houses who may change things."""
    return Role.INFLUENCER in asked.roles or policies.can_write(asked.user, asked.campaign)


def check_takes_part(asked: CampaignRequest) -> None:
    if not takes_part(asked):
        raise NotAllowed


def _found(asked: CampaignRequest, submission: int) -> Submission:
    return submission_for(asked.user, asked.campaign, asked.roles, submission)


def _statement(found: Submission) -> Statement:
    said = statement_of(found, get_language() or "en")
    if said is None:
        raise Http404
    return said


def _page(
    asked: CampaignRequest, found: Submission, form: AppealForm, status: int = 200
) -> HttpResponse:
    said = statement_of(found, get_language() or "en")
    stands = queries.standing(found.pk)
    has_appealed = found.appeals.filter(by=asked.user).exists()
    context: dict[str, Any] = {
        "campaign": asked.campaign,
        "submission": found,
        "said": said,
        "standing": stands,
        "form": form,
        "may_appeal": bool(said and said.may_appeal) and takes_part(asked) and not has_appealed,
        "may_retry": stands.status == "failed" and takes_part(asked),
    }
    return render(asked, "lifecycle/statement.html", context, status=status)
