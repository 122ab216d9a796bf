"""What is owed to others than creators: bills, the agency's fee; and a mistake withdrawn."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.briefs.models import MOST_MINOR, BudgetLine, Campaign
from campaigns.briefs.policies import check_stage
from campaigns.briefs.queries import newest_brief
from campaigns.ledger import actions as ledger
from campaigns.payouts import rules
from campaigns.payouts.actions import booking
from campaigns.payouts.errors import AlreadyPaid, NothingToBook, OnlyCostsAreWithdrawn
from campaigns.payouts.models import Due
from campaigns.payouts.policies import OPEN_BOOKS, check_keeps_books
from campaigns.payouts.states import COST_KINDS, Basis, DueKind, DueStatus
from config.identity.models import User
from config.kernel import events
from config.kernel.money import Money


@transaction.atomic
def book_cost(
    *,
    campaign_id: int,
    label: str,
    amount_minor: int,
    due_on: date,
    by: User,
    key: str,
    document: str = "",
    kind: str = DueKind.COSTS,
) -> Due:
    """A bill is owed out of the brand's money, once for each `key`.

    kind: costs, platform, tax or bank. document: the number of the invoice, if there is one.
    Raises NotAllowed, AlreadyBooked, NotInThisStage, InvalidInput.
    """
    campaign = booking.locked(campaign_id)
    check_keeps_books(by, campaign)
    if known := booking.known(Due, campaign, key):
        return booking.unless_other(
            known, kind=kind, label=label, amount_minor=amount_minor, due_on=due_on
        )
    check_stage(campaign, OPEN_BOOKS)
    currency = campaign.currency
    booking.check(
        kind=[] if kind in COST_KINDS else [_("Choose one of the kinds shown.")],
        label=rules.problems_of_label(label),
        amount=rules.problems_of_amount(amount_minor, currency, expected=currency, most=MOST_MINOR),
        document=rules.problems_of_reference(document) if document else [],
        due_on=rules.problems_of_due(due_on, timezone.localdate()),
    )
    return booking.owe(
        campaign,
        kind=kind,
        basis=Basis.INVOICE,
        amount=Money(amount_minor, currency),
        on=timezone.localdate(),
        due_on=due_on,
        by=by,
        key=key,
        label=label,
        document=document,
    )


@transaction.atomic
def book_agency_fee(
    *, campaign_id: int, due_on: date, by: User, key: str, document: str = ""
) -> Due:
    """The agency's fee is owed as the newest brief has it, less what of it is booked already.

    Raises NotAllowed, NotInThisStage, NothingToBook, InvalidInput.
    """
    campaign = booking.locked(campaign_id)
    check_keeps_books(by, campaign)
    if known := booking.known(Due, campaign, key):
        return booking.unless_other(known, kind=DueKind.AGENCY, due_on=due_on, document=document)
    check_stage(campaign, OPEN_BOOKS)
    booking.check(
        document=rules.problems_of_reference(document) if document else [],
        due_on=rules.problems_of_due(due_on, timezone.localdate()),
    )
    lines = _agency_lines(campaign)
    left = sum(line.amount_minor for line in lines) - _booked(campaign)
    if left <= 0:
        raise NothingToBook
    return booking.owe(
        campaign,
        kind=DueKind.AGENCY,
        basis=Basis.FEE,
        amount=Money(left, campaign.currency),
        on=timezone.localdate(),
        due_on=due_on,
        by=by,
        key=key,
        label=lines[0].label,
        document=document,
    )


@transaction.atomic
def withdraw(*, due_id: int, by: User) -> Due:
    """A bill or fee booked by mistake is no longer owed: its entry is reversed. Twice is once.

    Raises NotAllowed, AlreadyPaid, OnlyCostsAreWithdrawn.
    """
    campaign_id = Due.objects.values_list("campaign_id", flat=True).get(pk=due_id)
    campaign = booking.locked(campaign_id)
    check_keeps_books(by, campaign)
    due = Due.objects.select_for_update().get(pk=due_id)
    if due.status == DueStatus.CANCELLED:
        return due
    if due.kind not in COST_KINDS | {DueKind.AGENCY}:
        raise OnlyCostsAreWithdrawn
    if due.status == DueStatus.PAID:
        raise AlreadyPaid
    due.move_to(DueStatus.CANCELLED)
    due.save(update_fields=["status"])
    ledger.reverse(
        entry_id=due.entry_id,
        key=f"campaign/{campaign.public_id}/withdrawn/{due.public_id}",
        occurred_on=timezone.localdate(),
        by=by,
    )
    events.record("payouts.withdrawn", subject=campaign, by=by, due=due.pk)
    return due


def _agency_lines(campaign: Campaign) -> list[BudgetLine]:
    brief = newest_brief(campaign)
    return [line for line in brief.lines.all() if line.kind == DueKind.AGENCY] if brief else []


def _booked(campaign: Campaign) -> int:
    fees = Due.objects.filter(campaign=campaign, kind=DueKind.AGENCY)
    return fees.exclude(status=DueStatus.CANCELLED).aggregate(n=Sum("amount_minor"))["n"] or 0
