"""What came in, what is owed to whom and when, and what was paid.

Patto keeps books, never money: each row names the bank statement or invoice behind it and the
journal entry it made.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from campaigns.briefs.models import MOST_MINOR
from campaigns.payouts.rules import MOST_KEY, MOST_LABEL, MOST_REFERENCE
from campaigns.payouts.states import DUE_MOVES, Basis, DueKind, DueStatus
from config.kernel.fields import PUBLIC_ID_LENGTH, public_id
from config.kernel.models import AppendOnly
from config.kernel.money import Money
from config.kernel.moves import Moves, Moving, pairs


def _amount(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(amount_minor__gt=0, amount_minor__lte=MOST_MINOR), name=name
    )


class Funding(AppendOnly):
    """Money of the brand that arrived in the agency's account for this campaign."""

    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="fundings"
    )
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    statement = models.CharField(max_length=MOST_REFERENCE)
    received_on = models.DateField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=MOST_KEY)
    entry = models.OneToOneField("ledger.JournalEntry", on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        ordering = ["received_on", "pk"]
        constraints = [
            _amount("funding_is_positive"),
            models.UniqueConstraint(fields=["campaign", "key"], name="funding_key_once"),
            models.UniqueConstraint(
                fields=["campaign", "statement"], name="funding_statement_once"
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Due(Moving, models.Model):
    """An amount owed to one payee by a date. Its figures never change; a mistake is withdrawn."""

    MOVES: ClassVar[Moves] = DUE_MOVES

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, default=public_id, unique=True, editable=False
    )
    campaign = models.ForeignKey("briefs.Campaign", on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=10, choices=DueKind.choices)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.PROTECT, null=True, related_name="dues"
    )
    deliverable = models.OneToOneField(
        "agreements.Deliverable", on_delete=models.PROTECT, null=True, related_name="due"
    )
    label = models.CharField(max_length=MOST_LABEL, blank=True)
    document = models.CharField(max_length=MOST_REFERENCE, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    due_on = models.DateField()
    status = models.CharField(
        max_length=10, choices=DueStatus.choices, default=DueStatus.OPEN, editable=False
    )
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    key = models.CharField(max_length=MOST_KEY)
    entry = models.OneToOneField("ledger.JournalEntry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            _amount("due_is_positive"),
            models.CheckConstraint(condition=Q(kind__in=DueKind.values), name="due_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=DueStatus.values), name="due_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="creators", agreement__isnull=False)
                | ~Q(kind="creators") & Q(agreement__isnull=True),
                name="due_creators_iff_agreement",
            ),
            models.CheckConstraint(
                condition=Q(basis="deliverable", deliverable__isnull=False)
                | ~Q(basis="deliverable") & Q(deliverable__isnull=True),
                name="due_deliverable_iff_named",
            ),
            models.UniqueConstraint(fields=["campaign", "key"], name="due_key_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(basis="kill_fee"), name="due_kill_fee_once"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="due_status_moves", field="status", transitions=pairs(DUE_MOVES)),
            pgtrigger.ReadOnly(name="due_figures_stay", exclude=["status", "label"]),
            pgtrigger.Protect(name="due_never_goes", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def payee(self) -> str:
        """The payable account's end: one account a creator, one an agency, one a bill."""
        if self.agreement_id:
            return f"creators/{self.agreement_id}"
        return self.kind if self.kind in {DueKind.AGENCY, DueKind.REFUND} else f"{self.kind}/{self}"


class Payment(AppendOnly):
    """What left the account for a due, as the bank statement shows it."""

    campaign = models.ForeignKey(
        "briefs.Campaign", on_delete=models.PROTECT, related_name="payments"
    )
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="payments")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_on = models.DateField()
    statement = models.CharField(max_length=MOST_REFERENCE)
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=MOST_KEY)
    entry = models.OneToOneField("ledger.JournalEntry", on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        ordering = ["paid_on", "pk"]
        constraints = [
            _amount("payment_is_positive"),
            models.UniqueConstraint(fields=["campaign", "key"], name="payment_key_once"),
            models.UniqueConstraint(
                fields=["campaign", "statement"], name="payment_statement_once"
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
