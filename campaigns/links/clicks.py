"""The pages of the click account: of the campaign, and of one creator with what is said of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaigns.briefs.policies import can_lead
from campaigns.briefs.requests import CampaignRequest
from campaigns.links import accounts, actions, evidence, policies
from campaigns.links.accounts import CreatorClicks
from campaigns.links.forms import ReplyForm, WordForm
from campaigns.links.pictures import picture_of
from campaigns.links.values import Tally, together
from config.identity.permissions import Role
from config.theme.refusals import heard, status_of


@require_GET
def account(request: CampaignRequest, campaign: str) -> HttpResponse:
    """What was counted of the clicks the reader may see, and whose ask for a person."""
    state = accounts.state_of(request.campaign)
    context: dict[str, Any] = {
        "campaign": request.campaign,
        "state": state,
        "is_own": request.roles <= {Role.INFLUENCER},
        "may_judge": can_lead(request.user, request.campaign),
        "may_say": policies.can_say_word(request.user, request.campaign),
    }
    if state.shown:
        seen = accounts.accounts_of(state.shown, request.user, request.roles)
        page = accounts.pages_of(seen, request.GET.get("page"))
        context |= {
            "picture": picture_of(accounts.tally_of(seen)),
            "page": page,
            "creators": [accounts.read(each) for each in page.object_list],
            "questioned": accounts.questioned(seen),
            "is_handed_in": state.shown.submission_id is not None,
        }
    return render(request, "links/account.html", context)


@require_GET
def creator(request: CampaignRequest, campaign: str, participant: int) -> HttpResponse:
    return _creator(request, participant)


@require_POST
def judge(request: CampaignRequest, campaign: str) -> HttpResponse:
    actions.queue_judging(campaign_id=request.campaign.pk, by=request.user)
    messages.success(request, _("The clicks are being judged. Reload in a moment."))
    return redirect("links:account", campaign=campaign)


@require_POST
def reply(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = ReplyForm(request.POST)
    seat = policies.check_may_reply(request.user, request.campaign)
    act = partial(actions.reply, campaign_id=request.campaign.pk, by=request.user)
    if form.is_valid() and heard(form, partial(act, **form.cleaned_data)) is not None:
        messages.success(request, _("Your reply stands beside the account."))
        return redirect("links:creator", campaign=campaign, participant=seat.pk)
    return _creator(request, seat.pk, status=status_of(form), reply_form=form)


@require_POST
def say_word(request: CampaignRequest, campaign: str, participant: int) -> HttpResponse:
    seat = accounts.seat_of(request.campaign, request.user, request.roles, participant)
    form = WordForm(request.POST)
    act = partial(
        actions.say_word,
        campaign_id=request.campaign.pk,
        participant_id=seat.pk,
        by=request.user,
    )
    if form.is_valid() and heard(form, partial(act, **form.cleaned_data)) is not None:
        messages.success(request, _("Your word stands beside the account."))
        return redirect("links:creator", campaign=campaign, participant=seat.pk)
    return _creator(request, seat.pk, status=status_of(form), word_form=form)


def _creator(
    request: CampaignRequest, participant: int, status: int = 200, **forms: Any
) -> HttpResponse:
    campaign = request.campaign
    seat = accounts.seat_of(campaign, request.user, request.roles, participant)
    state = accounts.state_of(campaign)
    found = accounts.creator_of(state.shown, seat)
    asked = found is not None and found.asks_for_a_person
    own = seat.influencer.user_id == request.user.pk
    context = {
        "campaign": campaign,
        "state": state,
        "seat": seat,
        "creator": found,
        "is_own": own,
        "picture": picture_of(found.tally if found else Tally()),
        "links": _links(found),
        "evidence": evidence.read(found.account.evidence) if found else [],
        "reply_form": ReplyForm() if asked and own else None,
        "word_form": WordForm()
        if asked and policies.can_say_word(request.user, campaign)
        else None,
        **forms,
    }
    return render(request, "links/creator.html", context, status=status)


def _links(found: CreatorClicks | None) -> list[dict[str, Any]]:
    """Each link with its own picture, where the creator has more than one."""
    links = found.links if found else []
    return [{"account": each, "picture": picture_of(together([each.days]))} for each in links]
