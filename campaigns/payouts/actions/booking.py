"""What every booking shares: the lock, the accounts, the entry, the row that says why."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from campaigns.agreements.models import Agreement, Deliverable
from campaigns.briefs.models import Campaign
from campaigns.ledger import actions as ledger
from campaigns.ledger.models import JournalEntry
from campaigns.ledger.values import Line
from campaigns.payouts import chart, rules
from campaigns.payouts.errors import AlreadyBooked
from campaigns.payouts.models import Due
from campaigns.payouts.states import Basis
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput
from config.kernel.money import Money

Row = TypeVar("Row", bound=Model)

SAID = {
    Basis.DELIVERABLE: "payouts.owed",
    Basis.KILL_FEE: "payouts.owed",
    Basis.FEE: "payouts.agency_fee_booked",
    Basis.INVOICE: "payouts.cost_booked",
    Basis.REFUND: "payouts.rest_owed",
}


def locked(campaign_id: int) -> Campaign:
    """The campaign, locked and read again."""
    return (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("brand", "agency")
        .get(pk=campaign_id)
    )


def known(model: type[Row], campaign: Campaign, key: str) -> Row | None:
    """What this key booked before. Raises InvalidInput for a key that can't be one."""
    check(key=rules.problems_of_key(key))
    return model._default_manager.filter(campaign=campaign, key=key).first()


def unless_other(row: Row, **asked: Any) -> Row:
    """The row its key made before. Raises AlreadyBooked if it says something else."""
    if any(getattr(row, name) != value for name, value in asked.items()):
        raise AlreadyBooked
    return row


def check(**problems: Sequence[str]) -> None:
    """Raises InvalidInput with the fields that have problems."""
    if found := {name: list(each) for name, each in problems.items() if each}:
        raise InvalidInput(found)


def post(
    campaign: Campaign,
    what: str,
    key: str,
    lines: Sequence[Line],
    on: date,
    document: str,
    by: User,
) -> JournalEntry:
    """The entry of a booking, its accounts opened where they are new."""
    for line in lines:
        ledger.open_account(line.account, chart.kind_of(line.account), campaign.currency)
    return ledger.post(
        key=f"campaign/{campaign.public_id}/{what}/{key}",
        kind=f"payouts.{what}",
        lines=lines,
        occurred_on=on,
        document=document,
        by=by,
    )


def owe(
    campaign: Campaign,
    *,
    kind: str,
    basis: str,
    amount: Money,
    on: date,
    due_on: date,
    by: User,
    key: str,
    label: str = "",
    document: str = "",
    agreement: Agreement | None = None,
    deliverable: Deliverable | None = None,
) -> Due:
    """The amount is owed: out of the brand's funds, into what the payee waits for."""
    due = Due(
        campaign=campaign,
        kind=kind,
        basis=basis,
        agreement=agreement,
        deliverable=deliverable,
        label=label,
        document=document,
        amount_minor=amount.minor,
        currency=amount.currency,
        due_on=due_on,
        by=by,
        created_at=timezone.now(),
        key=key,
    )
    lines = chart.owed(campaign.public_id, due.payee, amount)
    due.entry = post(campaign, "owed", key, lines, on, document, by)
    due.save(force_insert=True)
    events.record(
        SAID[Basis(basis)],
        subject=campaign,
        by=by,
        due=due.pk,
        payee=kind,
        basis=basis,
        amount_minor=amount.minor,
        currency=amount.currency,
        due_on=due_on.isoformat(),
    )
    return due
