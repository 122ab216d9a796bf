"""Home: what waits for me. The campaign: one page with its stages."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaigns.agreements.queries import deliverables_of
from campaigns.briefs.budget import budget_of
from campaigns.briefs.forms import territory
from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import can_lead
from campaigns.briefs.queries import agencies_of, newest_brief
from campaigns.briefs.requests import CampaignRequest
from campaigns.briefs.states import OPEN_STAGES, Stage
from campaigns.codesign import queries as codesign
from campaigns.codesign.screen import chairs_of
from campaigns.lifecycle import actions, creators, history, queries, waiting
from campaigns.lifecycle.gates import Situation, checklist
from campaigns.links.accounts import waiting_for_a_word
from campaigns.payouts.queries import states_of
from campaigns.quality.queries import waiting_for_a_reviewer
from config.identity.models import User
from disclosures.queries import newest_state_of

A_PAGE = 25


class AdvanceForm(forms.Form):
    to = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    page = Paginator(codesign.campaigns_of(user), A_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    now = queries.situations(found)
    rows = [_row(each, now[each.pk]) for each in found]
    kind = _kind(user)
    context: dict[str, Any] = {
        "kind": kind,
        "today": timezone.localtime(),
        "waiting": _waiting(user, kind, now, found),
        "page": page,
        "stages": [
            (stage, [row for row in rows if row["campaign"].stage == stage])
            for stage in [*OPEN_ORDER, Stage.CLOSED, Stage.CANCELLED]
        ],
        "is_reviewer": user.is_reviewer,
    }
    return render(request, "lifecycle/home.html", context)


def _waiting(
    user: User, kind: str, now: dict[int, Situation], found: list[Campaign]
) -> list[waiting.Task]:
    """What waits for the person, by what they are; rulings first, since they hold up others."""
    tasks: list[waiting.Task | None] = [*_rulings(user)] if user.is_reviewer else []
    leads = {each.pk for each in agencies_of(user)}
    tasks += [waiting.for_agency(c, now[c.pk]) for c in found if c.agency_id in leads]
    if kind == "brand":
        tasks += [waiting.for_brand(c, now[c.pk]) for c in found]
    if kind == "influencer":
        tasks += creators.tasks_of(user)
    return [task for task in tasks if task]


def _rulings(user: User) -> list[waiting.Task]:
    """What waits on the reviewer's desk."""
    cases, clicks = waiting_for_a_reviewer().count(), waiting_for_a_word(user).count()
    tasks = [waiting.for_reviewer(cases)] if cases else []
    return [*tasks, waiting.for_clicks(clicks)] if clicks else tasks


OPEN_ORDER = [stage for stage in Stage if stage in OPEN_STAGES]


@require_GET
def campaign(request: HttpRequest, campaign: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    return render(request, "lifecycle/campaign.html", _campaign(asked))


@require_POST
def advance(request: HttpRequest, campaign: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    form = AdvanceForm(request.POST)
    if form.is_valid():
        moved = actions.advance(
            campaign_id=asked.campaign.pk, by=asked.user, to=form.cleaned_data["to"]
        )
        messages.success(
            request,
            _("The campaign is in its next stage: %(stage)s.")
            % {"stage": moved.get_stage_display()},
        )
    return redirect("lifecycle:campaign", campaign=campaign)


def cancel(request: HttpRequest, campaign: str) -> HttpResponse:
    """Ask first, then call it off."""
    asked = cast(CampaignRequest, request)
    if request.method == "POST":
        actions.cancel(campaign_id=asked.campaign.pk, by=asked.user)
        messages.success(request, _("The campaign is called off. The kill fees are due."))
        return redirect("lifecycle:campaign", campaign=campaign)
    return render(request, "lifecycle/cancel.html", {"campaign": asked.campaign})


def _kind(user: User) -> str:
    first = user.memberships.select_related("organisation").order_by("pk").first()
    return first.organisation.kind if first else "influencer"


def _row(each: Campaign, now: Situation) -> dict[str, Any]:
    to = queries.NEXT.get(each.stage)
    lacking = [check for check in checklist(now, to) if not check.ok] if to else []
    return {
        "campaign": each,
        "lacking": lacking,
        "moves": waiting.who_moves(lacking) if to else "",
    }


def _campaign(request: CampaignRequest) -> dict[str, Any]:
    found, user = request.campaign, request.user
    now = queries.situation(found)
    to = queries.NEXT.get(found.stage)
    checks = checklist(now, to) if to else []
    lacking = [check for check in checks if not check.ok]
    brief, consent = newest_brief(found), codesign.consent(found)
    leads = can_lead(user, found)
    own = codesign.own_participant(user, found)
    return {
        "campaign": found,
        "places": ", ".join(str(territory(code)) for code in found.jurisdictions),
        "now": now,
        "to": to,
        "to_label": Stage(to).label if to else "",
        "lacking": [
            {"message": check.sentence, "who": check.detail or waiting.who_moves([check])}
            for check in lacking
        ],
        "met": [check.sentence for check in checks if check.ok],
        "moves": waiting.who_moves(lacking),
        "task": waiting.for_agency(found, now) if leads else None,
        "tasks": [t for t in creators.tasks_of(user) if found.public_id in t.url] if own else [],
        "may_advance": leads and to and not lacking,
        "may_cancel": leads and found.stage in OPEN_STAGES - {Stage.CLOSING},
        "advance_label": waiting.ADVANCES.get(to or "", ""),
        "brief": brief,
        "budget": budget_of(brief.lines.all(), found.currency) if brief else None,
        "consent": consent,
        "seats": chairs_of(consent),
        "posts": _posts(found),
        "money": states_of([found])[found.pk],
        "history": history.entries(found),
        "notes": _notes(now, found),
    }


def _posts(found: Campaign) -> list[dict[str, Any]]:
    work = [each for each in deliverables_of(found) if hasattr(each, "fulfilment")]
    states = newest_state_of([each.fulfilment.publication_id for each in work])
    return [
        {
            "verdict": states[each.fulfilment.publication_id].conformity,
            "label": f"{each.agreement.participant.influencer.name}: {each.title}",
        }
        for each in work
    ]


def _notes(now: Situation, found: Campaign) -> dict[str, str]:
    """The few words under each stage of the spine."""
    notes = {}
    if now.brief_number:
        notes[Stage.DRAFT.value] = _("version %(n)d") % {"n": now.brief_number}
    if now.mechanic_number:
        notes[Stage.CODESIGN.value] = _("mechanic version %(n)d") % {"n": now.mechanic_number}
    return notes
