"""Who takes part: the letters an agency writes, and the answer of the person who gets one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.briefs.budget import budget_of
from campaigns.briefs.policies import can_lead
from campaigns.briefs.queries import newest_brief
from campaigns.briefs.reading import answers_of
from campaigns.briefs.requests import CampaignRequest
from campaigns.briefs.states import Stage
from campaigns.codesign import actions, queries
from campaigns.codesign.forms import InviteForm, first_letter
from campaigns.codesign.models import Participant
from campaigns.codesign.states import ParticipantStatus
from config.identity.permissions import Role
from config.kernel.errors import NotFound
from config.theme.refusals import heard, status_of
from influencers.queries import roster_of

PAYERS = frozenset({Role.AGENCY, Role.BRAND})


@require_safe
def people(request: CampaignRequest, campaign: str) -> HttpResponse:
    """Payers see everybody who was invited; creators those who joined."""
    return _people(request, None)


@require_POST
def invite(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = InviteForm(request.POST, roster=_roster(request))
    invited = heard(form, lambda: _invite(request, form))
    if not invited:
        return _people(request, form, status=status_of(form))
    messages.success(
        request, _("The letter to %(name)s is on its way.") % {"name": invited.influencer.name}
    )
    return redirect("codesign:people", campaign=campaign)


@require_safe
def invitation(request: CampaignRequest, campaign: str) -> HttpResponse:
    """The letter to the person who reads it, and what it is about."""
    found = request.campaign
    own = queries.own_participant(request.user, found)
    if own is None:
        raise NotFound
    brief = newest_brief(found)
    context = {
        "campaign": found,
        "roles": request.roles,
        "participant": own,
        "letter": own.invitation,
        "may_answer": own.status == ParticipantStatus.INVITED and found.stage == Stage.CODESIGN,
        "brief": brief,
        "answers": answers_of(brief),
        "budget": budget_of(brief.lines.all(), found.currency) if brief else None,
        "mechanic": queries.newest_mechanic(found),
    }
    return render(request, "codesign/invitation.html", context)


@require_POST
def answer(request: CampaignRequest, campaign: str) -> HttpResponse:
    """A yes at once; a no is asked once more, for it is final."""
    joins = request.POST.get("answer") == "yes"
    if not joins and "sure" not in request.POST:
        return _confirm(request, "codesign/decline.html", back="codesign:invitation")
    actions.answer_invitation(campaign_id=request.campaign.pk, by=request.user, joins=joins)
    if joins:
        messages.success(request, _("You take part. This is what is being agreed now."))
        return redirect("codesign:mechanic", campaign=campaign)
    messages.success(request, _("Your no is recorded. Nobody asks you again for this campaign."))
    return redirect("lifecycle:home")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: CampaignRequest, campaign: str) -> HttpResponse:
    if request.method != "POST":
        own = queries.own_participant(request.user, request.campaign)
        if own is None or own.status != ParticipantStatus.JOINED:
            raise NotFound
        return _confirm(request, "codesign/leave.html", back="codesign:people")
    actions.leave(campaign_id=request.campaign.pk, by=request.user)
    messages.success(request, _("You have left the campaign. Work already done stays owed to you."))
    return redirect("codesign:people", campaign=campaign)


def _confirm(request: CampaignRequest, template: str, *, back: str) -> HttpResponse:
    campaign = request.campaign
    context = {"campaign": campaign, "back": reverse(back, args=[campaign.public_id])}
    return render(request, template, context)


def _invite(request: CampaignRequest, form: InviteForm) -> Participant:
    letter, known = form.letter(), form.known()
    if known:
        return actions.invite(
            campaign_id=request.campaign.pk, by=request.user, influencer=known, letter=letter
        )
    return actions.invite_newcomer(
        campaign_id=request.campaign.pk,
        by=request.user,
        newcomer=form.newcomer(request.campaign.language),
        letter=letter,
    )


def _roster(request: CampaignRequest) -> list[Any]:
    """Whom the agency knows and has not invited here yet."""
    invited = request.campaign.participants.values("influencer_id")
    return list(roster_of(request.user).exclude(pk__in=invited))


def _people(request: CampaignRequest, form: InviteForm | None, status: int = 200) -> HttpResponse:
    campaign = request.campaign
    is_payer = bool(request.roles & PAYERS)
    found = list(queries.people(campaign)) if is_payer else list(queries.joined(campaign))
    leads = can_lead(request.user, campaign)
    if form is None and leads:
        chosen = {"influencer": request.GET.get("person", ""), "language": campaign.language}
        first = chosen | first_letter(queries.last_letter(campaign), campaign.language)
        form = InviteForm(initial=first, roster=_roster(request))
    own = queries.own_participant(request.user, campaign)
    context = {
        "campaign": campaign,
        "roles": request.roles,
        "people": found,
        "counts": {each: sum(p.status == each for p in found) for each in ParticipantStatus.values},
        "is_payer": is_payer,
        "may_lead": leads,
        "may_invite": leads and campaign.stage == Stage.CODESIGN,
        "may_leave": own is not None and own.status == ParticipantStatus.JOINED,
        "own": own,
        "form": form,
    }
    return render(request, "codesign/people.html", context, status=status)
