"""What terms must be before they can be offered. Pure; pay by the hour is the check's to judge."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.agreements.values import KillFees, Terms
from campaigns.quality.wording import pay_refused

MOST_MINOR = 10**12
MOST_HOURS = 10_000
MOST_DAYS = 60  # Directive 2011/7/EU, art. 3(5): longer only where expressly agreed and not unfair
MOST_MONTHS = 120
MOST_DELIVERABLES = 50

Problems = dict[str, list[str]]


def problems(terms: Terms, currency: str) -> Problems:
    """{field: [sentence]}; empty when the terms can be offered."""
    found: Problems = {}
    _money(terms, currency, found)
    _work(terms, found)
    _kill_fees(terms.kill_fees, found)
    _usage(terms, found)
    _exclusivity(terms, found)
    return found


def pay_by_attention(texts: Mapping[str, str]) -> Problems:
    """{field: [sentence]} where words tie pay to clicks, likes, views or the like: never saved."""
    found = {name: pay_refused(words, get_language() or "en") for name, words in texts.items()}
    return {name: sentences for name, sentences in found.items() if sentences}


def _money(terms: Terms, currency: str, found: Problems) -> None:
    if not 0 < terms.fee_minor <= MOST_MINOR:
        found["fee"] = [_("Write a fee above zero.")]
    if terms.currency != currency:
        found["currency"] = [_("The fee is in the campaign's currency, %s.") % currency]
    if not 0 <= terms.payment_days <= MOST_DAYS:
        found["payment_days"] = [_("Choose from 0 to 60 days for the payment.")]


def _work(terms: Terms, found: Problems) -> None:
    if not 0 < terms.declared_hours <= MOST_HOURS:
        found["declared_hours"] = [_("Say how many hours the work takes, one at least.")]
    if not 0 < len(terms.deliverables) <= MOST_DELIVERABLES:
        found["deliverables"] = [_("Name at least one piece of work, and fifty at most.")]
    if not 0 <= terms.revisions <= 20:
        found["revisions"] = [_("Choose from 0 to 20 revisions.")]


def _kill_fees(ladder: KillFees, found: Problems) -> None:
    steps = [ladder.not_started, ladder.in_work, ladder.delivered, ladder.approved]
    if any(not 0 <= step <= 100 for step in steps) or steps != sorted(steps):
        found["kill_fees"] = [_("Kill fees go from 0 to 100 per cent and never fall on the way.")]
    elif ladder.approved != 100:
        found["kill_fees"] = [_("Approved work is paid in full: the last step is 100 per cent.")]


def _usage(terms: Terms, found: Problems) -> None:
    usage = terms.usage
    if not 0 <= usage.months <= MOST_MONTHS or not 0 <= usage.price_minor <= MOST_MINOR:
        found["usage"] = [_("Usage rights need a term of months, ten years at most.")]
    elif usage.months and not usage.media.strip():
        found["usage"] = [_("Name where the work may be used, or leave usage out.")]
    elif (usage.paid_ads or usage.ai_likeness) and not usage.price_minor:
        found["usage"] = [
            _("Paid advertising and use of a face or voice by AI need a price, or leave them out.")
        ]


def _exclusivity(terms: Terms, found: Problems) -> None:
    asked = terms.exclusivity
    if asked is None:
        return
    if not asked.rivals or not all(name.strip() for name in asked.rivals):
        found["exclusivity"] = [_("Name the rivals, or leave exclusivity out.")]
    elif not 0 < asked.months <= MOST_MONTHS:
        found["exclusivity"] = [_("Give exclusivity a term of months, or leave it out.")]
    elif not 0 < asked.price_minor <= MOST_MINOR:
        found["exclusivity"] = [_("Add a price, or leave exclusivity out.")]
