"""The payouts desk of a campaign, and a creator's own money."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.briefs.requests import CampaignRequest
from campaigns.payouts import actions, desk, queries
from campaigns.payouts.forms import BookingForm, CostForm, FeeForm, FundingForm, PaymentForm
from campaigns.payouts.models import Due, Funding, Payment
from campaigns.payouts.pictures import split_of
from config.identity.models import User
from config.theme import formatting
from config.theme.refusals import heard, status_of


@require_GET
def money(request: HttpRequest, campaign: str) -> HttpResponse:
    """What came in, what is owed to whom and when, what is left; a creator sees their part."""
    return _page(cast(CampaignRequest, request))


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A creator's money in every campaign."""
    own = queries.my_money(cast(User, request.user))
    return render(request, "payouts/mine.html", {"money": own})


@require_POST
def fund(request: HttpRequest, campaign: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    currency = asked.campaign.currency
    form = FundingForm(request.POST, currency=currency, auto_id="funding_%s")
    act = partial(actions.record_funding, campaign_id=asked.campaign.pk, currency=currency)
    return _book(asked, "funding", form, act, _("%(amount)s of the brand's money is booked."))


@require_POST
def cost(request: HttpRequest, campaign: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    form = CostForm(request.POST, currency=asked.campaign.currency, auto_id="cost_%s")
    act = partial(actions.book_cost, campaign_id=asked.campaign.pk)
    return _book(asked, "cost", form, act, _("The bill of %(amount)s is booked."))


@require_POST
def fee(request: HttpRequest, campaign: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    form = FeeForm(request.POST, currency=asked.campaign.currency, auto_id="fee_%s")
    act = partial(actions.book_agency_fee, campaign_id=asked.campaign.pk)
    return _book(asked, "fee", form, act, _("The agency's fee of %(amount)s is booked."))


@require_POST
def pay(request: HttpRequest, campaign: str, due: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    owed = queries.due_for(asked.campaign, due)
    form = PaymentForm(request.POST, currency=owed.currency, auto_id=f"{due}_%s")
    act = partial(actions.pay, due_id=owed.pk)
    return _book(asked, due, form, act, _("The payment of %(amount)s is booked."))


@require_POST
def refund(request: HttpRequest, campaign: str) -> HttpResponse:
    asked = cast(CampaignRequest, request)
    form = PaymentForm(request.POST, currency=asked.campaign.currency, auto_id="refund_%s")
    act = partial(actions.refund_rest, campaign_id=asked.campaign.pk)
    return _book(asked, "refund", form, act, _("%(amount)s is back with the brand."))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, campaign: str, due: str) -> HttpResponse:
    """Ask whether a bill booked by mistake is to be withdrawn; POST withdraws it."""
    asked = cast(CampaignRequest, request)
    owed = queries.due_for(asked.campaign, due)
    if request.method == "POST":
        actions.withdraw(due_id=owed.pk, by=asked.user)
        messages.success(request, _("The bill is withdrawn. Both entries stay in the books."))
        return _to_desk(asked)
    return render(request, "payouts/withdraw.html", {"campaign": asked.campaign, "due": owed})


def _book(
    request: CampaignRequest,
    name: str,
    form: BookingForm,
    act: Callable[..., Funding | Due | Payment],
    said: str,
) -> HttpResponse:
    """Book what was typed and say so; what is refused comes back with every word kept."""
    if form.is_valid():
        booked = heard(form, lambda: act(by=request.user, **form.booking()))
        if booked:
            messages.success(request, said % {"amount": formatting.money(booked.amount)})
            return _to_desk(request)
    return _page(request, {name: form}, status=status_of(form))


def _to_desk(request: CampaignRequest) -> HttpResponse:
    return redirect("payouts:money", campaign=request.campaign.public_id)


def _page(
    request: CampaignRequest, bound: dict[str, BookingForm] | None = None, status: int = 200
) -> HttpResponse:
    known = queries.money_for(request.user, request.campaign, request.roles)
    context: dict[str, Any] = {
        "campaign": request.campaign,
        "money": known,
        "split": split_of(known),
        "desk": desk.of(request.user, request.campaign, request.roles, known, bound or {}),
    }
    return render(request, "payouts/money.html", context, status=status)
