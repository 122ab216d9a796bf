"""Whom money is owed to, why, and how far it has come."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from config.kernel.moves import Moves


class DueKind(TextChoices):
    """Classes of payee: those of the brief's budget, and the brand itself for what is left."""

    CREATORS = "creators", pgettext_lazy("class of payee", "Creators")
    AGENCY = "agency", pgettext_lazy("class of payee", "Agency")
    COSTS = "costs", pgettext_lazy("class of payee", "Costs")
    PLATFORM = "platform", pgettext_lazy("class of payee", "Platform")
    TAX = "tax", pgettext_lazy("class of payee", "Tax")
    BANK = "bank", pgettext_lazy("class of payee", "Bank")
    REFUND = "refund", pgettext_lazy("class of payee", "Returned to the brand")


INTERMEDIARIES = frozenset({DueKind.AGENCY, DueKind.PLATFORM})  # their margin is shown to everyone
COST_KINDS = frozenset({DueKind.COSTS, DueKind.PLATFORM, DueKind.TAX, DueKind.BANK})


class Basis(TextChoices):
    """Why it is owed."""

    DELIVERABLE = "deliverable", pgettext_lazy("why it is owed", "Work delivered")
    KILL_FEE = "kill_fee", pgettext_lazy("why it is owed", "Work called off")
    FEE = "fee", pgettext_lazy("why it is owed", "Fee of the brief")
    INVOICE = "invoice", pgettext_lazy("why it is owed", "Invoice")
    REFUND = "refund", pgettext_lazy("why it is owed", "What was left")


class DueStatus(TextChoices):
    OPEN = "open", pgettext_lazy("payment", "Open")
    PAID = "paid", pgettext_lazy("payment", "Paid")
    CANCELLED = "cancelled", pgettext_lazy("payment", "Withdrawn")


DUE_MOVES: Moves = {
    DueStatus.OPEN: {DueStatus.PAID, DueStatus.CANCELLED},
    DueStatus.PAID: set(),
    DueStatus.CANCELLED: set(),
}
