"""One round on one screen: the text, what changed, who stands where, and the four answers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.briefs.requests import CampaignRequest
from campaigns.codesign import actions, queries
from campaigns.codesign.forms import (
    ClearForm,
    CommentForm,
    ExtendForm,
    PositionForm,
    ProposeForm,
)
from campaigns.codesign.models import Mechanic, Position
from campaigns.codesign.screen import screen
from campaigns.codesign.states import Stance
from config.kernel.errors import NotFound
from config.theme.pages import page
from config.theme.refusals import heard, status_of

SAID = {
    Stance.CONSENT: gettext_lazy("Your yes is recorded."),
    Stance.CONCERN: gettext_lazy("Your concern is written down for everybody to read."),
    Stance.OBJECTION: gettext_lazy("Your objection is open. Only you can close it."),
    Stance.STAND_ASIDE: gettext_lazy("You stand aside: the others decide."),
}


@require_safe
def mechanic(request: CampaignRequest, campaign: str) -> HttpResponse:
    return _page(request)


@require_safe
def version(request: CampaignRequest, campaign: str, number: int) -> HttpResponse:
    """An earlier version, with what it changed."""
    return _page(request, shown=queries.mechanic_numbered(request.campaign, number))


@require_POST
def position(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = PositionForm(request.POST)
    taken = heard(form, lambda: _take(request, form))
    if not taken:
        return _page(request, status=status_of(form), position_form=form)
    messages.success(request, SAID[Stance(taken.stance)])
    return redirect("codesign:mechanic", campaign=campaign)


@require_POST
def clear(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = ClearForm(request.POST)
    if not form.is_valid():
        raise NotFound
    actions.clear_objection(
        campaign_id=request.campaign.pk,
        by=request.user,
        objection_id=form.cleaned_data["objection"],
    )
    messages.success(request, _("Your objection is closed. Now say where you stand."))
    return redirect("codesign:mechanic", campaign=campaign)


@require_POST
def comment(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = CommentForm(request.POST)
    said = heard(
        form,
        lambda: actions.comment(
            campaign_id=request.campaign.pk, by=request.user, **form.cleaned_data
        ),
    )
    if not said:
        return _page(request, status=status_of(form), comment_form=form)
    return redirect("codesign:mechanic", campaign=campaign)


@require_POST
def extend(request: CampaignRequest, campaign: str) -> HttpResponse:
    form = ExtendForm(request.POST)
    extended = heard(
        form,
        lambda: actions.extend_round(
            campaign_id=request.campaign.pk, by=request.user, **form.cleaned_data
        ),
    )
    if not extended:
        return _page(request, status=status_of(form), extend_form=form)
    messages.success(request, _("The deadline is moved, for everybody."))
    return redirect("codesign:mechanic", campaign=campaign)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: CampaignRequest, campaign: str) -> HttpResponse:
    """Change the text; everybody is asked again. What stood before stays readable."""
    newest = queries.newest_mechanic(request.campaign)
    objections = list(queries.open_objections(request.campaign))
    if request.method != "POST":
        first = {
            "replaces": newest.number if newest else 0,
            "text": newest.text if newest else "",
            "answers": request.GET.get("answers", ""),
        }
        return _propose(request, newest, ProposeForm(initial=first, objections=objections))
    form = ProposeForm(request.POST, objections=objections)
    proposed = heard(form, lambda: _put(request, form))
    if not proposed:
        now = queries.newest_mechanic(request.campaign)
        return _propose(request, now, form, status=status_of(form))
    messages.success(request, _("v%(number)s is on the table.") % {"number": proposed.number})
    return redirect("codesign:mechanic", campaign=campaign)


def _take(request: CampaignRequest, form: PositionForm) -> Position:
    given = form.cleaned_data
    return actions.take_position(
        campaign_id=request.campaign.pk,
        by=request.user,
        mechanic=given["mechanic"],
        stance=given["position"],
        reason=given["reason"],
    )


def _put(request: CampaignRequest, form: ProposeForm) -> Mechanic:
    given = form.cleaned_data
    return actions.propose_mechanic(
        campaign_id=request.campaign.pk,
        by=request.user,
        text=given["text"],
        note=given["note"],
        answers_id=form.answers_id(),
        replaces=given["replaces"],
        deadline=given["deadline"],
    )


def _page(
    request: CampaignRequest,
    *,
    shown: Mechanic | None = None,
    status: int = 200,
    **bound: forms.Form,
) -> HttpResponse:
    """bound: the form that was sent, with what was typed; the others are fresh."""
    seen = screen(request.campaign, request.user, shown)
    context: dict[str, Any] = {
        "campaign": request.campaign,
        "roles": request.roles,
        "seen": seen,
        "position_form": PositionForm(),
        "comment_form": CommentForm(),
        "extend_form": ExtendForm(),
    }
    return page(request, "codesign/mechanic.html", context | bound, status=status)


def _propose(
    request: CampaignRequest, newest: Mechanic | None, form: ProposeForm, status: int = 200
) -> HttpResponse:
    replaces = newest.number if newest else 0
    typed = form.is_bound and str(form["replaces"].value()) != str(replaces)
    context = {
        "campaign": request.campaign,
        "roles": request.roles,
        "newest": newest,
        "newer": newest if typed else None,
        "replaces": replaces,
        "form": form,
    }
    return page(request, "codesign/propose.html", context, status=status)
