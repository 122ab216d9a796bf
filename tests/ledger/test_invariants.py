"""What the database refuses, whoever asks: here the application's own role, by SQL."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.ledger import actions, queries
from campaigns.ledger.models import Account, JournalEntry, Posting, Seal
from campaigns.ledger.states import AccountKind, Side
from campaigns.ledger.values import credit, debit
from config.kernel.roles import as_owner
from tests.ledger.books import BANK, DAY, FUNDS, euro, fund, open_books

APPEND_ONLY = [JournalEntry, Posting, Seal]


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def commit(write: Callable[[], Any]) -> None:
    """Write and let the deferred triggers speak, as a commit does; undone if they object."""
    with transaction.atomic():
        write()
        connection.check_constraints()


def write_entry(key: str = "raw") -> JournalEntry:
    return JournalEntry.objects.create(key=key, kind="test.raw", at=timezone.now(), occurred_on=DAY)


def write_posting(
    entry: JournalEntry, code: str, side: Side, minor: int, currency: str = "EUR"
) -> Posting:
    account = Account.objects.get(code=code)
    return Posting.objects.create(
        entry=entry, account=account, side=side, amount_minor=minor, currency=currency
    )


@pytest.mark.django_db
class TestByTheApplicationsRole:
    @pytest.fixture(autouse=True)
    def books(self, db: None) -> None:
        open_books()

    def test_the_tests_run_as_that_role(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("patto_app",)

    @pytest.mark.parametrize("model", APPEND_ONLY)
    @pytest.mark.parametrize(
        "statement",
        ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"],
        ids=["update", "delete", "truncate"],
    )
    def test_what_is_written_stays(self, model: Any, statement: str) -> None:
        fund()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            sql(statement.format(model._meta.db_table))

    @pytest.mark.parametrize(
        "write",
        [
            lambda entry: None,
            lambda entry: write_posting(entry, BANK, Side.DEBIT, 1),
            lambda entry: (
                write_posting(entry, BANK, Side.DEBIT, 2),
                write_posting(entry, FUNDS, Side.CREDIT, 1),
            ),
        ],
        ids=["empty", "one leg", "off by one"],
    )
    def test_an_entry_that_does_not_balance_cannot_commit(
        self, write: Callable[[JournalEntry], Any]
    ) -> None:
        with pytest.raises(IntegrityError, match="journal entry"):
            commit(lambda: write(write_entry()))

    def test_an_entry_written_line_by_line_commits_when_it_balances(self) -> None:
        entry = write_entry()
        write_posting(entry, BANK, Side.DEBIT, 5)
        write_posting(entry, FUNDS, Side.CREDIT, 3)
        write_posting(entry, FUNDS, Side.CREDIT, 2)
        connection.check_constraints()
        assert queries.balance(FUNDS) == euro(5)

    def test_nothing_joins_an_entry_that_was_found_balanced(self) -> None:
        """The deferred triggers can be made to speak early; what comes after is judged again."""

        def write() -> None:
            fund()
            connection.check_constraints()
            entry = JournalEntry.objects.get(key="one")
            write_posting(entry, BANK, Side.DEBIT, 1)

        with pytest.raises(IntegrityError, match="is off by 1"):
            commit(write)

    def test_an_entry_of_two_currencies_cannot_commit(self) -> None:
        actions.open_account("dollars", AccountKind.LIABILITY, "USD")

        def write() -> None:
            entry = write_entry()
            write_posting(entry, BANK, Side.DEBIT, 1)
            write_posting(entry, "dollars", Side.CREDIT, 1, "USD")

        with pytest.raises(IntegrityError, match="2 currencies"):
            commit(write)

    @pytest.mark.parametrize("minor", [0, -1, 2**53 + 1])
    def test_an_amount_is_positive_and_bounded(self, minor: int) -> None:
        with pytest.raises(IntegrityError, match="posting_is_positive"), transaction.atomic():
            write_posting(write_entry(), BANK, Side.DEBIT, minor)

    def test_a_side_is_debit_or_credit(self) -> None:
        with pytest.raises(IntegrityError, match="posting_has_a_side"), transaction.atomic():
            write_posting(write_entry(), BANK, "both", 1)  # type: ignore[arg-type]

    def test_a_posting_in_another_currency_than_its_account_is_refused(self) -> None:
        with pytest.raises(IntegrityError, match="is kept in EUR"), transaction.atomic():
            write_posting(write_entry(), BANK, Side.DEBIT, 1, "USD")

    @pytest.mark.parametrize("column", ["code", "kind", "currency"])
    def test_an_account_never_changes(self, column: str) -> None:
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Account.objects.filter(code=BANK).update(**{column: "XXX"})

    def test_an_account_never_goes(self) -> None:
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
            Account.objects.filter(code=BANK).delete()

    def test_the_transaction_of_an_entry_is_not_the_callers_to_choose(self) -> None:
        sql(
            "INSERT INTO ledger_journalentry (key, kind, at, occurred_on, document, created_xid)"
            " VALUES ('forged', 'test', now(), now(), '', '99999999999')"
        )
        forged = JournalEntry.objects.get(key="forged")
        write_posting(forged, BANK, Side.DEBIT, 1)  # refused if the forged id had been kept
        write_posting(forged, FUNDS, Side.CREDIT, 1)
        assert forged.created_xid != "99999999999"

    @settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        moves=st.lists(
            st.tuples(
                st.permutations(["a", "b", "c"]),
                st.integers(1, 2**50),
                st.sampled_from(["post", "again", "reverse"]),
            ),
            max_size=8,
        )
    )
    def test_any_sequence_leaves_every_account_equal_to_its_postings(
        self, moves: list[tuple[list[str], int, str]]
    ) -> None:
        with transaction.atomic():
            expected = _play(moves)
            found = {code: m.minor for code, m in queries.balances("play/").items()}
            connection.check_constraints()
            transaction.set_rollback(True)
        assert found == expected
        assert sum(found.values()) == 0


def _play(moves: list[tuple[list[str], int, str]]) -> dict[str, int]:
    expected = {f"play/{name}": 0 for name in "abc"}
    for code in expected:
        actions.open_account(code, AccountKind.ASSET, "EUR")
    for number, ((into, out_of, _), minor, what) in enumerate(moves):
        lines = [debit(f"play/{into}", euro(minor)), credit(f"play/{out_of}", euro(minor))]
        asked = {"key": f"m{number}", "kind": "test", "lines": lines, "occurred_on": DAY}
        entry = actions.post(**asked, by=None)  # type: ignore[arg-type]
        if what == "again":
            assert actions.post(**asked, by=None) == entry  # type: ignore[arg-type]
        if what == "reverse":
            actions.reverse(entry_id=entry.pk, key=f"r{number}", occurred_on=DAY, by=None)
            continue
        expected[f"play/{into}"] += minor
        expected[f"play/{out_of}"] -= minor
    return expected


@pytest.mark.django_db(transaction=True)
class TestAcrossTransactions:
    @pytest.fixture(autouse=True)
    def books(self, transactional_db: None) -> None:
        open_books()

    def test_nothing_joins_an_entry_that_is_written(self) -> None:
        entry = fund()
        account = Account.objects.get(code=BANK)
        pair = [
            Posting(entry=entry, account=account, side=side, amount_minor=1, currency="EUR")
            for side in Side
        ]
        with pytest.raises(IntegrityError, match="nothing joins it later"):
            Posting.objects.bulk_create(pair)

    def test_an_empty_entry_cannot_commit(self) -> None:
        with pytest.raises(IntegrityError, match="0 postings"):
            write_entry()
        assert not JournalEntry.objects.exists()

    @pytest.mark.parametrize("model", [JournalEntry, Posting])
    def test_even_the_owner_meets_the_trigger(self, model: Any) -> None:
        fund()
        with as_owner():
            with pytest.raises(DatabaseError, match="Cannot update or delete"):
                model.objects.update(id=99)
            with pytest.raises(DatabaseError, match="Cannot update or delete"):
                sql(f"DELETE FROM {model._meta.db_table}")
