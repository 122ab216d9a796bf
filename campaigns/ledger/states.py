"""The kinds of account and the two sides of a posting."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class AccountKind(TextChoices):
    ASSET = "asset", pgettext_lazy("account", "Asset")
    LIABILITY = "liability", pgettext_lazy("account", "Liability")
    INCOME = "income", pgettext_lazy("account", "Income")
    EXPENSE = "expense", pgettext_lazy("account", "Expense")


class Side(TextChoices):
    DEBIT = "debit", pgettext_lazy("posting", "Debit")
    CREDIT = "credit", pgettext_lazy("posting", "Credit")

    @property
    def opposite(self) -> "Side":
        return Side.CREDIT if self is Side.DEBIT else Side.DEBIT


# Where the balance of an account normally lies; on the other side it is negative.
NORMAL_SIDE = {
    AccountKind.ASSET: Side.DEBIT,
    AccountKind.EXPENSE: Side.DEBIT,
    AccountKind.LIABILITY: Side.CREDIT,
    AccountKind.INCOME: Side.CREDIT,
}
