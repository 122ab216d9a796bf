"""Shorthand of the ledger's tests: two accounts and an entry between them."""

from datetime import date

from campaigns.ledger import actions
from campaigns.ledger.models import JournalEntry
from campaigns.ledger.states import AccountKind
from campaigns.ledger.values import Line, credit, debit
from config.kernel.money import Money

BANK, FUNDS = "campaign/test/bank", "campaign/test/funds"
DAY = date(2026, 3, 10)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def open_books() -> None:
    actions.open_account(BANK, AccountKind.ASSET, "EUR")
    actions.open_account(FUNDS, AccountKind.LIABILITY, "EUR")


def both(minor: int) -> list[Line]:
    return [debit(BANK, euro(minor)), credit(FUNDS, euro(minor))]


def fund(key: str = "one", minor: int = 15_000_00) -> JournalEntry:
    return actions.post(
        key=key,
        kind="test.funded",
        lines=both(minor),
        occurred_on=DAY,
        document="2026-03/7",
        by=None,
    )
