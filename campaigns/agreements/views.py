"""The agreements of a campaign, the grid of one, and the publications that fulfil them."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaigns.agreements import actions, grid, policies, queries
from campaigns.agreements.errors import TermsChanged
from campaigns.agreements.forms import FIRST, AcceptForm, TermsForm, initial_of
from campaigns.agreements.models import Agreement
from campaigns.agreements.states import Side
from campaigns.briefs.budget import Budget, budget_of
from campaigns.briefs.models import Campaign
from campaigns.briefs.queries import newest_brief
from campaigns.briefs.requests import CampaignRequest
from campaigns.codesign import queries as codesign
from campaigns.codesign.models import Participant
from campaigns.quality.queries import standing
from campaigns.quality.wording import reasons, worded
from config.identity.permissions import Role
from config.kernel.money import Money
from config.theme.refusals import heard


@require_GET
def agreements(request: HttpRequest, campaign: str) -> HttpResponse:
    """All agreements of the campaign for its payers; a creator goes straight to their own."""
    asked = cast(CampaignRequest, request)
    found = list(queries.agreements_for(asked.user, asked.campaign, asked.roles))
    if not asked.roles & {Role.AGENCY, Role.BRAND} and len(found) == 1:
        return redirect("agreements:detail", campaign=campaign, agreement=found[0].public_id)
    missing = []
    if asked.roles & {Role.AGENCY, Role.BRAND}:
        missing = list(codesign.joined(asked.campaign).filter(agreement__isnull=True))
    context = {
        "campaign": asked.campaign,
        "agreements": found,
        "missing": missing,
        "may_act": policies.is_payer(asked.user, asked.campaign),
        "budget": _budget(asked.campaign),
    }
    return render(request, "agreements/list.html", context)


def first_offer(request: HttpRequest, campaign: str, participant: int) -> HttpResponse:
    """The payers' first proposal to one participant."""
    asked = cast(CampaignRequest, request)
    to = get_object_or_404(codesign.joined(asked.campaign), pk=participant)
    return _offer(asked, to, None)


def detail(request: HttpRequest, campaign: str, agreement: str) -> HttpResponse:
    """The grid: read it, propose a change to any row, accept what is on the table."""
    asked = cast(CampaignRequest, request)
    found = queries.agreement_for(asked.user, asked.campaign, asked.roles, agreement)
    return _offer(asked, found.participant, found)


@require_POST
def accept(request: HttpRequest, campaign: str, agreement: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    found = queries.agreement_for(asked.user, asked.campaign, asked.roles, agreement)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        raise TermsChanged
    sealed = actions.accept_terms(
        agreement_id=found.pk, by=asked.user, terms_digest=form.cleaned_data["terms_digest"]
    )
    if sealed.agreed_at:
        messages.success(request, _("Both sides have accepted: the agreement stands."))
    else:
        messages.success(request, _("Your yes is recorded. The other side's is still to come."))
    return redirect("agreements:detail", campaign=campaign, agreement=agreement)


def _offer(request: CampaignRequest, to: Participant, found: Agreement | None) -> HttpResponse:
    rounds = list(found.rounds.select_related("offered_by")) if found else []
    first = initial_of(rounds[-1].as_terms) if rounds else FIRST
    currency = request.campaign.currency
    if request.method != "POST":
        form = TermsForm(initial=first, currency=currency)
        return _page(request, to, found, form)
    form = TermsForm(request.POST, initial=first, currency=currency)
    if not _offered(request, to, form):
        return _page(request, to, found, form, status=422)
    messages.success(request, _("Your proposal is on the table. The other side is told."))
    agreement = Agreement.objects.get(participant=to)
    return redirect(
        "agreements:detail", campaign=request.campaign.public_id, agreement=agreement.public_id
    )


def _offered(request: CampaignRequest, to: Participant, form: TermsForm) -> bool:
    """Offer the terms; what the rules refuse goes back to the form's own fields."""
    offered = heard(
        form,
        lambda: actions.offer_terms(
            campaign_id=request.campaign.pk,
            participant_id=to.pk,
            by=request.user,
            terms=form.terms(),
            note=form.cleaned_data["note"].strip(),
        ),
    )
    return offered is not None


def _page(
    request: CampaignRequest,
    to: Participant,
    found: Agreement | None,
    form: TermsForm,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "campaign": request.campaign,
        "to": to,
        "agreement": found,
        "form": form,
        "own_side": Side.INFLUENCER if _is_own(request, to) else Side.PAYER,
        "may_act": _is_own(request, to) or policies.is_payer(request.user, request.campaign),
        "budget": _budget(request.campaign),
        "brief": newest_brief(request.campaign),
    }
    offer = queries.newest_round(found) if found else None
    if found and offer:
        stands = standing(offer.submission_id)
        floor = offer.submission.floor_hourly_minor
        known = worded(stands.findings, get_language() or "en")
        said, findings = reasons(known, offer.submission.words)
        rounds = list(found.rounds.select_related("offered_by"))
        said_yes = {acceptance.side for acceptance in offer.acceptances.all()}
        context |= {
            "offer": offer,
            "rounds": rounds,
            "rows": grid.rows(rounds),
            "terms": offer.as_terms,
            "digest": queries.digest_of(offer, queries.split_of(request.campaign)),
            "standing": stands,
            "findings": findings,
            "reasons": said,
            "floor": None if floor is None else Money(floor, request.campaign.currency),
            "is_below": offer.as_terms.is_below(floor),
            "said_yes": said_yes,
            "may_accept": context["own_side"] not in said_yes,
        }
    elif context["own_side"] == Side.INFLUENCER:
        raise Http404
    return render(request, "agreements/detail.html", context, status=status)


def _is_own(request: CampaignRequest, to: Participant) -> bool:
    return to.influencer.user_id == request.user.pk


def _budget(campaign: Campaign) -> Budget | None:
    brief = newest_brief(campaign)
    return budget_of(brief.lines.all(), campaign.currency) if brief else None
