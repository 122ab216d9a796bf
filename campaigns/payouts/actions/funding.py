"""The brand's money arrives."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.briefs.models import MOST_MINOR, Campaign
from campaigns.briefs.policies import check_stage
from campaigns.payouts import chart, rules
from campaigns.payouts.actions import booking
from campaigns.payouts.models import Funding
from campaigns.payouts.policies import OPEN_BOOKS, check_keeps_books
from config.identity.models import User
from config.kernel import events
from config.kernel.money import Money


@transaction.atomic
def record_funding(
    *,
    campaign_id: int,
    amount_minor: int,
    currency: str,
    statement: str,
    received_on: date,
    by: User,
    key: str,
) -> Funding:
    """The brand's money stands in the books, once for each `key`.

    statement: the number of the bank statement's line. received_on: the day it names.
    Raises NotAllowed, AlreadyBooked, NotInThisStage, InvalidInput.
    """
    campaign = booking.locked(campaign_id)
    check_keeps_books(by, campaign)
    if known := booking.known(Funding, campaign, key):
        return booking.unless_other(
            known,
            amount_minor=amount_minor,
            currency=currency,
            statement=statement,
            received_on=received_on,
        )
    check_stage(campaign, OPEN_BOOKS)
    _check(campaign, amount_minor, currency, statement, received_on)
    amount = Money(amount_minor, currency)
    lines = chart.funded(campaign.public_id, amount)
    funding = Funding.objects.create(
        campaign=campaign,
        amount_minor=amount_minor,
        currency=currency,
        statement=statement,
        received_on=received_on,
        by=by,
        recorded_at=timezone.now(),
        key=key,
        entry=booking.post(campaign, "funded", key, lines, received_on, statement, by),
    )
    events.record(
        "payouts.funding_recorded",
        subject=campaign,
        by=by,
        funding=funding.pk,
        amount_minor=amount_minor,
        currency=currency,
    )
    return funding


def _check(
    campaign: Campaign, minor: int, currency: str, statement: str, received_on: date
) -> None:
    booking.check(
        amount=rules.problems_of_amount(
            minor, currency, expected=campaign.currency, most=MOST_MINOR
        ),
        statement=rules.problems_of_reference(statement) or _used(campaign, statement),
        received_on=rules.problems_of_past(received_on, timezone.localdate()),
    )


def _used(campaign: Campaign, statement: str) -> list[str]:
    if Funding.objects.filter(campaign=campaign, statement=statement).exists():
        return [_("This line of the bank statement is booked already.")]
    return []
