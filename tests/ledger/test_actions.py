from datetime import timedelta

import pytest

from campaigns.ledger import actions, queries
from campaigns.ledger.errors import (
    AccountDiffers,
    AlreadyReversed,
    KeyTaken,
    UnbalancedEntry,
    UnknownAccount,
)
from campaigns.ledger.models import Account, JournalEntry
from campaigns.ledger.states import AccountKind
from campaigns.ledger.values import Line, credit, debit
from config.kernel.money import CurrencyMismatch, Money
from tests.ledger.books import BANK, DAY, FUNDS, both, euro, fund, open_books

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(db: None) -> None:
    open_books()


def post(lines: list[Line], key: str = "one") -> JournalEntry:
    return actions.post(key=key, kind="test.booked", lines=lines, occurred_on=DAY, by=None)


def test_an_entry_moves_money_between_two_accounts() -> None:
    fund()
    assert queries.balance(BANK) == euro(15_000_00)
    assert queries.balance(FUNDS) == euro(15_000_00)


def test_the_same_key_and_content_is_the_same_entry() -> None:
    assert fund() == fund()
    assert JournalEntry.objects.count() == 1
    assert queries.balance(BANK) == euro(15_000_00)


def test_the_order_of_the_lines_does_not_make_another_entry() -> None:
    first = post(both(100))
    assert post(both(100)[::-1]) == first


@pytest.mark.parametrize("changed", ["amount", "day", "document", "kind"])
def test_the_same_key_with_other_content_is_refused(changed: str) -> None:
    fund()
    with pytest.raises(KeyTaken):
        actions.post(
            key="one",
            kind="test.other" if changed == "kind" else "test.funded",
            lines=both(1 if changed == "amount" else 15_000_00),
            occurred_on=DAY + timedelta(days=changed == "day"),
            document="another" if changed == "document" else "2026-03/7",
            by=None,
        )


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [debit(BANK, euro(1))],
        [debit(BANK, euro(2)), credit(FUNDS, euro(1))],
        [debit(BANK, euro(1)), debit(FUNDS, euro(1))],
        [debit(BANK, euro(0)), credit(FUNDS, euro(0))],
        [debit(BANK, euro(-1)), credit(FUNDS, euro(-1))],
        [debit(BANK, euro(1)), credit(FUNDS, Money(1, "USD"))],
    ],
    ids=["empty", "one leg", "off by one", "one side", "zero", "negative", "two currencies"],
)
def test_lines_that_do_not_cancel_out_are_refused(lines: list[Line]) -> None:
    with pytest.raises(UnbalancedEntry):
        post(lines)
    assert not JournalEntry.objects.exists()


def test_an_account_nobody_opened_is_refused() -> None:
    with pytest.raises(UnknownAccount):
        post([debit(BANK, euro(1)), credit("campaign/test/nowhere", euro(1))])


def test_a_currency_the_account_is_not_kept_in_is_refused() -> None:
    with pytest.raises(CurrencyMismatch):
        post([debit(BANK, Money(1, "USD")), credit(FUNDS, Money(1, "USD"))])


def test_opening_an_account_twice_is_opening_it_once() -> None:
    again = actions.open_account(BANK, AccountKind.ASSET, "EUR")
    assert Account.objects.get(code=BANK) == again


def test_an_account_keeps_its_kind_and_currency() -> None:
    with pytest.raises(AccountDiffers):
        actions.open_account(BANK, AccountKind.LIABILITY, "EUR")
    with pytest.raises(AccountDiffers):
        actions.open_account(BANK, AccountKind.ASSET, "USD")


def test_a_reversal_undoes_the_entry_and_names_it() -> None:
    entry = fund()
    undone = actions.reverse(entry_id=entry.pk, key="undo", occurred_on=DAY, by=None)
    assert undone.reverses == entry
    assert undone.kind == "test.funded.reversed"
    assert queries.balance(BANK) == queries.balance(FUNDS) == euro(0)


def test_a_reversal_asked_twice_happens_once() -> None:
    entry = fund()
    undone = actions.reverse(entry_id=entry.pk, key="undo", occurred_on=DAY, by=None)
    assert actions.reverse(entry_id=entry.pk, key="undo", occurred_on=DAY, by=None) == undone


def test_an_entry_is_reversed_once() -> None:
    entry = fund()
    actions.reverse(entry_id=entry.pk, key="undo", occurred_on=DAY, by=None)
    with pytest.raises(AlreadyReversed):
        actions.reverse(entry_id=entry.pk, key="undo again", occurred_on=DAY, by=None)


def test_balances_are_read_by_the_beginning_of_the_code() -> None:
    actions.open_account("campaign/other/bank", AccountKind.ASSET, "EUR")
    fund()
    assert queries.balances("campaign/test/") == {BANK: euro(15_000_00), FUNDS: euro(15_000_00)}
    assert queries.balances_of(["campaign/other/bank", "nowhere"]) == {
        "campaign/other/bank": euro(0)
    }


def test_a_wildcard_in_a_prefix_is_a_letter() -> None:
    assert queries.balances("campaign/%/bank") == {}


def test_the_balance_of_no_account_is_refused() -> None:
    with pytest.raises(UnknownAccount):
        queries.balance("campaign/test/nowhere")
