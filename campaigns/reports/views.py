"""The report inside its campaign, with its forms, and the page a share link opens."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.briefs.requests import CampaignRequest
from campaigns.reports import actions, pages, queries, report, signing, tokens
from campaigns.reports.forms import AnswerForm, IncidentForm, LessonsForm, ReplyForm, ShareForm
from campaigns.reports.models import CreatorReply, ReportVersion
from campaigns.reports.states import REPORTING
from config.identity.permissions import Role
from config.theme.refusals import heard, status_of

PAYERS = frozenset({Role.AGENCY, Role.BRAND})


@require_GET
def edit(request: CampaignRequest, campaign: str) -> HttpResponse:
    return _page(request)


@require_POST
def raise_incident(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = IncidentForm(request.POST)
    act = partial(actions.raise_incident, campaign_id=request.campaign.pk, by=request.user)
    if form.is_valid() and heard(form, partial(act, **form.cleaned_data)) is not None:
        return _back(request, "incidents")
    return _page(request, status=status_of(form), incident_form=form)


@require_POST
def answer_incident(request: CampaignRequest, campaign: str, incident: str) -> HttpResponse:
    found = queries.incident_of(request.campaign, incident)
    form = AnswerForm(request.POST, incident=incident)
    act = partial(actions.answer_incident, incident_id=found.pk, by=request.user)
    if form.is_valid() and heard(form, partial(act, **form.cleaned_data)) is not None:
        return _back(request, "incidents")
    return _page(request, status=status_of(form), answer_form=form)


@require_POST
def write_lessons(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = LessonsForm(request.POST)
    act = partial(actions.write_lessons, campaign_id=request.campaign.pk, by=request.user)
    if form.is_valid() and heard(form, partial(act, **form.cleaned_data)) is not None:
        return _back(request, "lessons")
    return _page(request, status=status_of(form), lessons_form=form)


@require_POST
def reply(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = ReplyForm(request.POST)
    act = partial(actions.reply, campaign_id=request.campaign.pk, by=request.user)
    if form.is_valid() and heard(form, partial(act, **form.cleaned_data)) is not None:
        return _back(request, "replies")
    return _page(request, status=status_of(form), reply_form=form)


@require_http_methods(["GET", "POST"])
def publish(request: CampaignRequest, campaign: str) -> HttpResponse:
    """Asked once more before it is done: a published version can't be taken back."""
    form = Form(request.POST if request.method == "POST" else None)
    act = partial(actions.publish, campaign_id=request.campaign.pk, by=request.user)
    if form.is_bound and (version := heard(form, act)):
        words = _("Version %(number)s of the report is published and signed.")
        messages.success(request, words % {"number": version.number})
        return _back(request, "versions")
    context = {"campaign": request.campaign, "form": form}
    status = status_of(form) if form.is_bound else 200
    return render(request, "reports/publish.html", context, status=status)


@require_POST
def share(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = ShareForm(request.POST, campaign=campaign)
    if form.is_valid():
        act = partial(actions.share, campaign_id=request.campaign.pk, by=request.user)
        if token := heard(form, partial(act, token=form.cleaned_data["token"])):
            words = _("Copy this address now; it is not shown again: %(address)s")
            messages.success(request, words % {"address": _address(token)})
            return _back(request, "links")
    return _page(request, status=status_of(form), share_form=form)


@require_http_methods(["GET", "POST"])
def revoke(request: CampaignRequest, campaign: str, link: str) -> HttpResponse:
    """Asked once more before it is done: a revoked address can't be brought back."""
    found = queries.link_of(request.campaign, link)
    if request.method == "GET":
        return render(request, "reports/revoke.html", {"campaign": request.campaign})
    actions.revoke(link_id=found.pk, by=request.user)
    return _back(request, "links")


@require_GET
def shared(request: HttpRequest, token: str) -> HttpResponse:
    link, version = queries.shared(token, _number(request))
    with translation.override(_language(request, link.language)):
        response = render(
            request,
            "reports/shared.html",
            {
                "version": version,
                "versions": queries.versions_of(link),
                "verified": _is_verified(version),
                "page": pages.page_of(version.body),
                "token": token,
            },
        )
    return _unseen(response)


@require_GET
def shared_json(request: HttpRequest, token: str) -> HttpResponse:
    """The published version as data, with what is needed to verify it without Patto."""
    _link, version = queries.shared(token, _number(request))
    return _unseen(JsonResponse(queries.sealed(version), json_dumps_params={"ensure_ascii": False}))


def _page(request: CampaignRequest, status: int = 200, **forms: Any) -> HttpResponse:
    """The current report with its forms; `forms` are those that were sent and need another look."""
    campaign = request.campaign
    body = queries.report_of(campaign)
    lessons = campaign.lessons.last()
    participant = queries.may_reply(campaign, request.user.pk)
    said = participant.replies.last() if participant else None
    context = {
        "campaign": campaign,
        "page": pages.page_of(body),
        "state": queries.closing_state(campaign),
        "incidents": _incidents(request, forms.pop("answer_form", None)),
        "incident_form": IncidentForm(),
        "lessons_form": LessonsForm(initial={"text": lessons.text if lessons else ""}),
        "reply_form": _reply_form(said) if participant else None,
        "reply_awaited": participant is not None and said is None,
        "share_form": ShareForm(campaign=campaign.public_id),
        "once": tokens.prepared(campaign.public_id),
        "links": queries.open_links(campaign),
        "open": campaign.stage in REPORTING,
        "pays": bool(request.roles & PAYERS),
        "unpublished": _differs(campaign.report_versions.last(), body),
        **forms,
    }
    return render(request, "reports/edit.html", context, status=status)


def _incidents(request: CampaignRequest, sent: AnswerForm | None) -> list[dict[str, Any]]:
    """Each incident with the form of its answer, the sent one where it belongs."""
    rows = []
    for each in request.campaign.incidents.select_related("raised_by", "answered_by"):
        own = sent if sent and sent.incident == each.public_id else None
        rows.append({"incident": each, "form": own or AnswerForm(incident=each.public_id)})
    return rows


def _reply_form(said: CreatorReply | None) -> ReplyForm:
    """Filled with what the creator said last."""
    return ReplyForm(initial={"text": said.text, "waive": said.waived} if said else None)


def _address(token: str) -> str:
    return settings.SITE_URL + reverse("reports:shared", args=[token])


def _differs(newest: ReportVersion | None, body: dict[str, Any]) -> bool:
    return newest is None or report.substance(newest.body) != report.substance(body)


def _back(request: CampaignRequest, anchor: str) -> HttpResponse:
    return redirect(reverse("reports:edit", args=[request.campaign.public_id]) + f"#{anchor}")


def _is_verified(version: ReportVersion) -> bool:
    return signing.verify(
        version.body,
        digest=version.digest,
        signature=version.signature,
        key=version.body["signed_with"]["public_key"],
    )


def _number(request: HttpRequest) -> int | None:
    """The version asked for by ?v=2; None for the newest."""
    asked = request.GET.get("v", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None


def _language(request: HttpRequest, link_language: str) -> str:
    """The reader's; where the browser says none, that of the link."""
    said = settings.LANGUAGE_COOKIE_NAME in request.COOKIES or request.headers.get(
        "Accept-Language"
    )
    known = dict(settings.LANGUAGES)
    current = translation.get_language() or settings.LANGUAGE_CODE
    return current if said or link_language not in known else link_language


def _unseen(response: HttpResponse) -> HttpResponse:
    """The address is the key: it is neither passed on to other sites nor indexed nor kept."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    return response
