"""The grid as it is read: each row of the newest round beside the other side's last word."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.agreements.models import OfferRound
from campaigns.agreements.states import Side
from campaigns.agreements.values import Terms
from config.kernel.money import Money
from config.theme.formatting import money


@dataclass(frozen=True)
class Row:
    """One term. `open`: the two sides' last proposals differ."""

    title: str | Promise
    payer: str
    influencer: str

    @property
    def open(self) -> bool:
        return self.payer != self.influencer


def rows(rounds: Sequence[OfferRound]) -> list[Row]:
    """Both sides' last words, row by row; a side that has not spoken stands by the other's."""
    last = {offer.side: offer for offer in rounds}
    newest = rounds[-1]
    payer = written(last.get(Side.PAYER, newest).as_terms)
    influencer = written(last.get(Side.INFLUENCER, newest).as_terms)
    return [Row(title, payer[title], influencer[title]) for title in payer]


def written(terms: Terms) -> dict[str, str]:
    """The terms in words, in the reader's language: {title: words}."""
    return {
        _("Fee"): money(Money(terms.fee_minor, terms.currency)),
        _("Hours of work"): _hours(terms.declared_hours),
        _("What an hour comes to"): money(terms.hourly),
        _("Work"): "; ".join(terms.deliverables),
        _("Revisions"): str(terms.revisions),
        _("Payment"): _days(terms.payment_days),
        _("If it is called off"): _ladder(terms),
        _("Use of texts and photos"): _usage(terms),
        _("Voice and face, AI"): _("may be used") if terms.usage.ai_likeness else _("no use"),
        _("Exclusivity"): _exclusivity(terms),
        _("Anything else"): terms.clauses or "—",
    }


def _hours(hours: int) -> str:
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def _days(days: int) -> str:
    if not days:
        return _("on the day it is published")
    return ngettext("within %(n)d day", "within %(n)d days", days) % {"n": days}


def _ladder(terms: Terms) -> str:
    ladder = terms.kill_fees
    return _(
        "%(not_started)d %% before it starts, %(in_work)d %% in work, %(delivered)d %% delivered"
    ) % {
        "not_started": ladder.not_started,
        "in_work": ladder.in_work,
        "delivered": ladder.delivered,
    }


def _usage(terms: Terms) -> str:
    usage = terms.usage
    if not usage.months:
        return _("no use")
    said = ngettext("%(n)d month", "%(n)d months", usage.months) % {"n": usage.months}
    parts = [said, usage.media, usage.territory]
    parts.append(_("paid advertising too") if usage.paid_ads else _("no paid advertising"))
    if usage.price_minor:
        parts.append(money(Money(usage.price_minor, terms.currency)))
    return ", ".join(part for part in parts if part)


def _exclusivity(terms: Terms) -> str:
    asked = terms.exclusivity
    if asked is None:
        return _("none")
    months = ngettext("%(n)d month", "%(n)d months", asked.months) % {"n": asked.months}
    price = money(Money(asked.price_minor, terms.currency))
    return ", ".join([*asked.rivals, months, price])
