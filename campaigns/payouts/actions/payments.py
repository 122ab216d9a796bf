"""Money leaves the account: a due is paid, or what is left goes back to the brand."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.briefs.models import Campaign
from campaigns.ledger import queries as ledger
from campaigns.payouts import chart, rules
from campaigns.payouts.actions import booking
from campaigns.payouts.actions.work import owe_fulfilled
from campaigns.payouts.errors import (
    AlreadyPaid,
    NotEnoughFunds,
    NothingLeft,
    NotOverYet,
    Withdrawn,
)
from campaigns.payouts.models import Due, Payment
from campaigns.payouts.policies import REFUNDING, check_keeps_books
from campaigns.payouts.states import Basis, DueKind, DueStatus
from config.identity.models import User
from config.kernel import events
from config.kernel.money import Money


@transaction.atomic
def pay(*, due_id: int, paid_on: date, statement: str, by: User, key: str) -> Payment:
    """The due is paid in full, once for each `key`, as the bank statement shows it.

    Raises NotAllowed, AlreadyBooked, AlreadyPaid, Withdrawn, NotEnoughFunds, InvalidInput.
    """
    campaign_id = Due.objects.values_list("campaign_id", flat=True).get(pk=due_id)
    campaign = booking.locked(campaign_id)
    check_keeps_books(by, campaign)
    if known := booking.known(Payment, campaign, key):
        return booking.unless_other(known, due_id=due_id, statement=statement, paid_on=paid_on)
    due = Due.objects.select_for_update().get(pk=due_id)
    if due.status == DueStatus.PAID:
        raise AlreadyPaid
    if due.status == DueStatus.CANCELLED:
        raise Withdrawn
    _check(campaign, statement, paid_on)
    return _pay(campaign, due, statement, paid_on, by, key)


@transaction.atomic
def refund_rest(*, campaign_id: int, statement: str, paid_on: date, by: User, key: str) -> Payment:
    """What nobody earned is back with the brand, once for each `key`.

    Published work that is not owed yet becomes owed first.
    Raises NotAllowed, AlreadyBooked, NotOverYet, NothingLeft, InvalidInput.
    """
    campaign = booking.locked(campaign_id)
    check_keeps_books(by, campaign)
    if known := booking.known(Payment, campaign, key):
        return booking.unless_other(known, statement=statement, paid_on=paid_on)
    if campaign.stage not in REFUNDING:
        raise NotOverYet
    _check(campaign, statement, paid_on)
    owe_fulfilled(campaign, by)
    left = _balance(chart.funds(campaign.public_id), campaign)
    if left.minor <= 0:
        raise NothingLeft
    due = booking.owe(
        campaign,
        kind=DueKind.REFUND,
        basis=Basis.REFUND,
        amount=left,
        on=paid_on,
        due_on=paid_on,
        by=by,
        key=key,
    )
    return _pay(campaign, due, statement, paid_on, by, key)


def _pay(
    campaign: Campaign, due: Due, statement: str, paid_on: date, by: User, key: str
) -> Payment:
    amount = due.amount - _paid(due)
    has = _balance(chart.bank(campaign.public_id), campaign)
    if has < amount:
        raise NotEnoughFunds(
            has_minor=has.minor, needs_minor=amount.minor, currency=campaign.currency
        )
    lines = chart.paid(campaign.public_id, due.payee, amount)
    payment = Payment.objects.create(
        campaign=campaign,
        due=due,
        amount_minor=amount.minor,
        currency=amount.currency,
        paid_on=paid_on,
        statement=statement,
        by=by,
        recorded_at=timezone.now(),
        key=key,
        entry=booking.post(campaign, "paid", key, lines, paid_on, statement, by),
    )
    due.move_to(DueStatus.PAID)
    due.save(update_fields=["status"])
    events.record(
        "payouts.rest_refunded" if due.basis == Basis.REFUND else "payouts.paid",
        subject=campaign,
        by=by,
        payment=payment.pk,
        due=due.pk,
        payee=due.kind,
        amount_minor=amount.minor,
        currency=amount.currency,
        paid_on=paid_on.isoformat(),
    )
    return payment


def _check(campaign: Campaign, statement: str, paid_on: date) -> None:
    booking.check(
        statement=rules.problems_of_reference(statement) or _used(campaign, statement),
        paid_on=rules.problems_of_past(paid_on, timezone.localdate()),
    )


def _used(campaign: Campaign, statement: str) -> list[str]:
    if Payment.objects.filter(campaign=campaign, statement=statement).exists():
        return [_("This line of the bank statement is booked already.")]
    return []


def _paid(due: Due) -> Money:
    paid = due.payments.aggregate(n=Sum("amount_minor"))["n"] or 0
    return Money(paid, due.currency)


def _balance(code: str, campaign: Campaign) -> Money:
    """What lies in an account; nothing in one nobody needed yet."""
    return ledger.balances_of([code]).get(code, Money(0, campaign.currency))
