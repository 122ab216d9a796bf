"""The chain: sealed in order, never past what may still commit, and every change is found."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from campaigns.ledger import actions, queries, tasks
from campaigns.ledger.models import JournalEntry, Seal
from campaigns.ledger.states import AccountKind
from campaigns.ledger.values import Written, credit, debit, digest_of
from config.kernel.roles import as_owner
from tests.ledger.books import DAY, euro, fund, open_books

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def books(transactional_db: None) -> None:
    open_books()


def verify() -> tuple[int, dict[str, object]]:
    """Exit code and answer of `ledger verify`."""
    out, code = StringIO(), 0
    try:
        call_command("ledger", "verify", stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(out.getvalue())


def elsewhere(act: Callable[[], object]) -> None:
    """Do something over another connection, and wait for it."""

    def run() -> None:
        act()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()


def tamper(statement: str) -> None:
    """As a superuser would: triggers off, straight into the table."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        assert cursor.rowcount == 1
        cursor.execute("SET session_replication_role = DEFAULT")


def test_entries_are_chained_in_order() -> None:
    entries = [fund(key) for key in ("one", "two", "three")]
    assert tasks.seal() == 3
    first, second, third = Seal.objects.all()
    assert [seal.entry_id for seal in (first, second, third)] == [each.pk for each in entries]
    assert (first.previous, second.previous, third.previous) == ("", first.digest, second.digest)
    assert verify() == (0, {"ok": True, "checked": 3, "unsealed": 0, "first_broken": None})


def test_sealing_again_seals_only_what_is_new() -> None:
    fund("one")
    actions.seal()
    assert actions.seal() == 0
    fund("two")
    assert actions.seal() == 1
    assert verify()[1]["checked"] == 2


def test_a_batch_leaves_the_rest_for_the_next() -> None:
    for number in range(3):
        fund(f"k{number}")
    assert actions.seal(limit=2) == 2
    assert verify()[1] == {"ok": True, "checked": 3, "unsealed": 1, "first_broken": None}
    assert actions.seal(limit=2) == 1


def test_an_entry_that_commits_late_takes_a_later_place_and_is_not_lost() -> None:
    with transaction.atomic():
        fund("slow")  # its id is given out, and it is not committed
        elsewhere(lambda: fund_and_seal("quick"))
    assert actions.seal() == 1
    chain = Seal.objects.select_related("entry").order_by("position")
    assert [seal.entry.key for seal in chain] == ["quick", "slow"]
    assert verify()[0] == 0


def fund_and_seal(key: str) -> None:
    actions.open_account("other/a", AccountKind.ASSET, "EUR")
    actions.open_account("other/b", AccountKind.LIABILITY, "EUR")
    lines = [debit("other/a", euro(1)), credit("other/b", euro(1))]
    actions.post(key=key, kind="test", lines=lines, occurred_on=DAY, by=None)
    assert actions.seal() == 1


def test_a_second_sealer_returns_at_once() -> None:
    fund()
    with transaction.atomic():
        assert actions.seal() == 1
        found: list[int] = []
        elsewhere(lambda: found.append(actions.seal()))
    assert found == [0]
    assert Seal.objects.count() == 1


def test_the_same_key_posted_at_once_makes_one_entry() -> None:
    ready = threading.Barrier(4)

    def run() -> None:
        ready.wait()
        fund("same")
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert JournalEntry.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_posting SET amount_minor = amount_minor + 1 WHERE {second} AND side='debit'",
        "UPDATE ledger_posting SET side = 'credit' WHERE {second} AND side = 'debit'",
        "UPDATE ledger_posting SET account_id = (SELECT min(id) FROM ledger_account)"
        " WHERE {second} AND side = 'credit'",
        "DELETE FROM ledger_posting WHERE {second} AND side = 'debit'",
        "UPDATE ledger_journalentry SET key = 'else' WHERE key = 'two'",
        "UPDATE ledger_journalentry SET kind = 'else' WHERE key = 'two'",
        "UPDATE ledger_journalentry SET document = 'else' WHERE key = 'two'",
        "UPDATE ledger_journalentry SET occurred_on = occurred_on + 1 WHERE key = 'two'",
        "UPDATE ledger_journalentry SET at = at + interval '1 ms' WHERE key = 'two'",
        "UPDATE ledger_journalentry SET created_xid = '3' WHERE key = 'two'",
        "UPDATE ledger_seal SET previous = repeat('0', 64) WHERE position = 2",
        "UPDATE ledger_seal SET version = 2 WHERE position = 2",
        "UPDATE ledger_seal SET sealed_at = sealed_at + interval '1 ms' WHERE position = 2",
    ],
)
def test_a_single_change_is_found(statement: str) -> None:
    entries = [fund(key) for key in ("one", "two", "three")]
    actions.seal()
    tamper(statement.format(second=f"entry_id = {entries[1].pk}"))
    code, answer = verify()
    assert code == 1
    assert answer["ok"] is False
    assert answer["first_broken"] == entries[1].pk


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_seal WHERE position = 2",
        "UPDATE ledger_seal SET position = 7 WHERE position = 2",
        "UPDATE ledger_seal SET digest = repeat('0', 64) WHERE position = 2",
        "UPDATE ledger_account SET code = 'campaign/test/banc' WHERE code = 'campaign/test/bank'",
        "UPDATE ledger_account SET kind = 'income' WHERE code = 'campaign/test/bank'",
        "UPDATE ledger_account SET currency = 'USD' WHERE code = 'campaign/test/bank'",
    ],
)
def test_a_change_of_the_chain_or_of_an_account_is_found(statement: str) -> None:
    for key in ("one", "two", "three"):
        fund(key)
    actions.seal()
    tamper(statement)
    assert verify()[0] == 1


def test_an_unsealed_entry_that_stopped_balancing_is_found() -> None:
    entry = fund()
    tamper("UPDATE ledger_posting SET amount_minor = 1 WHERE side = 'debit'")
    code, answer = verify()
    assert (code, answer["first_broken"], answer["unsealed"]) == (1, entry.pk, 1)


def test_what_the_command_does_not_do_yet_does_not_exist() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("ledger", "export")


def test_an_empty_ledger_is_whole() -> None:
    assert verify() == (0, {"ok": True, "checked": 0, "unsealed": 0, "first_broken": None})


def test_verifying_asks_the_database_the_same_number_of_times(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for number in range(30):
        fund(f"k{number}")
    actions.seal()
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        queries.verify()


def test_the_rule_of_the_digest_is_frozen() -> None:
    """Version 1 must give this digest forever; another rule is another version."""
    entry = Written(
        id=7,
        key="funding/abc/1",
        kind="payouts.funded",
        at=datetime(2026, 3, 10, 9, 30, tzinfo=UTC),
        occurred_on=date(2026, 3, 9),
        document="2026-03/7",
        reverses=None,
        by=4,
        xid="1234",
        postings=[
            (1, "campaign/abc/bank", "asset", "EUR", "debit", 1_500_000, "EUR"),
            (2, "campaign/abc/funds", "liability", "EUR", "credit", 1_500_000, "EUR"),
        ],
    )
    digest = digest_of(
        entry, position=2, previous="ab" * 32, sealed_at=datetime(2026, 3, 10, 9, 31, tzinfo=UTC)
    )
    assert digest == "c4d80720627573b2297f26d90ff9c14018d0a42034fe0a8546ed66de0e04ae77"
