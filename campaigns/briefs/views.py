"""A new campaign, its brief, and what is handed in with the draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.briefs import actions, policies, queries
from campaigns.briefs.budget import budget_of
from campaigns.briefs.checking import UNDER_WAY, Checked, appealed, check_page
from campaigns.briefs.forms import (
    BriefForm,
    CampaignForm,
    Lines,
    MaterialForm,
    first_answers,
    line_forms,
)
from campaigns.briefs.models import Brief, Material
from campaigns.briefs.reading import answers_of, asked_back, writes
from campaigns.briefs.requests import CampaignRequest
from campaigns.briefs.states import Stage
from campaigns.quality.queries import standing, standings
from config.identity.models import User
from config.theme.pages import page
from config.theme.refusals import heard, status_of


class Signed(HttpRequest):
    user: User


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Signed) -> HttpResponse:
    agencies = list(queries.agencies_of(request.user))
    known: dict[str, Any] = {
        "agencies": agencies,
        "brands": list(queries.brands_known_to(agencies)),
        "initial": {"language": request.user.language, "currency": "EUR"},
    }
    if request.method != "POST":
        return render(request, "briefs/new.html", {"form": CampaignForm(**known)})
    form = CampaignForm(request.POST, **known)
    begun = heard(form, lambda: _begin(request, form))
    if not begun:
        return render(request, "briefs/new.html", {"form": form}, status=status_of(form))
    messages.success(request, _("The campaign is begun. It starts with its brief."))
    return redirect("briefs:edit", campaign=begun)


def _begin(request: Signed, form: CampaignForm) -> str:
    given = form.cleaned_data
    return actions.create_campaign(
        by=request.user,
        agency=form.chosen_agency(),
        brand=form.chosen_brand(),
        title=given["title"],
        language=given["language"],
        jurisdictions=given["jurisdictions"],
        currency=given["currency"],
        invitation_mode=given["invitation_mode"],
        public_id=given["key"],
    ).public_id


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: CampaignRequest, campaign: str) -> HttpResponse:
    """Read the brief; whoever pays for the campaign writes it."""
    newest = queries.newest_brief(request.campaign)
    if request.method == "POST":
        policies.check_payer(request.user, request.campaign)
        return _write(request, newest)
    if not writes(request.user, request.campaign):
        return render(request, "briefs/read.html", _read(request, newest))
    currency = request.campaign.currency
    form = BriefForm(initial=first_answers(newest), currency=currency)
    lines = line_forms(newest, currency)
    return page(request, "briefs/edit.html", _edit(request, newest, form, lines))


@require_safe
def version(request: CampaignRequest, campaign: str, number: int) -> HttpResponse:
    """One version, read-only."""
    brief = queries.brief_numbered(request.campaign, number)
    return render(request, "briefs/read.html", _read(request, brief))


@require_safe
def check(request: CampaignRequest, campaign: str, number: int) -> HttpResponse:
    brief = queries.brief_numbered(request.campaign, number)
    return check_page(request, _checked(campaign, brief))


@require_POST
def appeal(request: CampaignRequest, campaign: str, number: int) -> HttpResponse:
    brief = queries.brief_numbered(request.campaign, number)
    return appealed(request, _checked(campaign, brief))


@require_http_methods(["GET", "HEAD", "POST"])
def material(request: CampaignRequest, campaign: str) -> HttpResponse:
    """What is handed in with the draft, each with where its check stands."""
    form = MaterialForm(initial={"language": request.campaign.language})
    if request.method != "POST":
        return page(request, "briefs/material.html", _materials(request, form))
    form = MaterialForm(request.POST)
    handed = heard(
        form,
        lambda: actions.hand_in(
            campaign_id=request.campaign.pk, by=request.user, **form.cleaned_data
        ),
    )
    if not handed:
        context = _materials(request, form)
        return page(request, "briefs/material.html", context, status=status_of(form))
    return redirect("briefs:material_check", campaign=campaign, material=handed.pk)


@require_safe
def material_check(request: CampaignRequest, campaign: str, material: int) -> HttpResponse:
    found = queries.material(request.campaign, material)
    return check_page(request, _checked_material(campaign, found))


@require_POST
def material_appeal(request: CampaignRequest, campaign: str, material: int) -> HttpResponse:
    found = queries.material(request.campaign, material)
    return appealed(request, _checked_material(campaign, found))


def _write(request: CampaignRequest, newest: Brief | None) -> HttpResponse:
    currency = request.campaign.currency
    typed = request.POST.copy()
    more = "add_line" in typed
    if more:
        _one_line_more(typed)
    form = BriefForm(typed, currency=currency)
    lines = line_forms(newest, currency, typed)
    if more:
        return page(request, "briefs/edit.html", _edit(request, newest, form, lines, more=True))
    sound = all([form.is_valid(), lines.is_valid()])
    written = heard(form, lambda: _save(request, form, lines)) if sound else None
    if not written:
        now = queries.newest_brief(request.campaign)
        context = _edit(request, now, form, lines)
        return page(request, "briefs/edit.html", context, status=status_of(form))
    messages.success(
        request,
        _("Version %(number)s is saved, and its check is under way.") % {"number": written.number},
    )
    return redirect("briefs:edit", campaign=request.campaign.public_id)


def _save(request: CampaignRequest, form: BriefForm, lines: Lines) -> Brief:
    return actions.write_brief(
        campaign_id=request.campaign.pk,
        by=request.user,
        answers=form.answers(),
        lines=lines.lines(),
        floor_hourly_minor=form.cleaned_data["floor"],
        replaces=form.cleaned_data["replaces"],
    )


def _one_line_more(typed: QueryDict) -> None:
    total = typed.get("lines-TOTAL_FORMS", "")
    typed["lines-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() else 1)


def _edit(
    request: CampaignRequest,
    newest: Brief | None,
    form: BriefForm,
    lines: Lines,
    *,
    more: bool = False,
) -> dict[str, Any]:
    """more: only a line was asked for, so nothing is said about what is not written yet."""
    open_questions = asked_back(newest)
    stale = form.is_bound and newest and form["replaces"].value() != str(newest.number)
    return _read(request, newest) | {
        "form": form,
        "lines": lines,
        "questions": [(form[name], open_questions.get(name, "")) for name in answers_of(None)],
        "says_errors": form.is_bound and not more,
        "replaces": newest.number if newest else 0,
        "newer": newest if stale and not more else None,
    }


def _read(request: CampaignRequest, brief: Brief | None) -> dict[str, Any]:
    campaign = request.campaign
    stands = standing(brief.submission_id) if brief else None
    return {
        "campaign": campaign,
        "roles": request.roles,
        "brief": brief,
        "answers": answers_of(brief),
        "asked_back": asked_back(brief),
        "standing": stands,
        "under_way": bool(stands and stands.status in UNDER_WAY),
        "versions": queries.versions(campaign),
        "budget": budget_of(brief.lines.all(), campaign.currency) if brief else None,
        "may_write": writes(request.user, campaign),
        "is_payer": policies.can_write(request.user, campaign),
    }


def _materials(request: CampaignRequest, form: MaterialForm) -> dict[str, Any]:
    found = list(queries.materials(request.campaign))
    known = standings(each.submission_id for each in found)
    campaign = request.campaign
    return {
        "campaign": campaign,
        "roles": request.roles,
        "form": form,
        "materials": [(each, known[each.submission_id]) for each in found],
        "may_hand_in": campaign.stage == Stage.DRAFT and policies.can_write(request.user, campaign),
    }


def _checked(campaign: str, brief: Brief) -> Checked:
    at = {"campaign": campaign, "number": brief.number}
    return Checked(
        title=_("Brief, version %(number)s") % {"number": brief.number},
        submission=brief.submission,
        here=reverse("briefs:check", kwargs=at),
        appeal=reverse("briefs:appeal", kwargs=at),
        back=reverse("briefs:edit", kwargs={"campaign": campaign}),
        rewrite=reverse("briefs:edit", kwargs={"campaign": campaign}),
        current="brief",
    )


def _checked_material(campaign: str, found: Material) -> Checked:
    at = {"campaign": campaign, "material": found.pk}
    return Checked(
        title=_("Handed in with the draft"),
        submission=found.submission,
        here=reverse("briefs:material_check", kwargs=at),
        appeal=reverse("briefs:material_appeal", kwargs=at),
        back=reverse("briefs:material", kwargs={"campaign": campaign}),
        rewrite=reverse("briefs:material", kwargs={"campaign": campaign}),
        current="brief",
    )
