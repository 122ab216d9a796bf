"""What is written once stays: the application's role may not change it, nor may the owner."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from config.kernel.models import AppendOnly
from tests.kernel.rows import as_owner_with_triggers, run

pytestmark = pytest.mark.django_db
HISTORY = sorted(
    (m for m in apps.get_models() if issubclass(m, AppendOnly) and not m._meta.proxy),
    key=lambda model: model._meta.label,
)
EXPECTED = {
    *("kernel.Event", "ledger.JournalEntry", "ledger.Posting", "agreements.OfferRound"),
    *("agreements.Acceptance", "codesign.Position", "codesign.Clearance", "codesign.Mechanic"),
    *("briefs.Brief", "quality.Submission", "quality.Ruling", "reports.ReportVersion"),
}


def named(model: type[models.Model]) -> str:
    return str(model._meta.label)


def code_of(refused: pytest.ExceptionInfo[DatabaseError]) -> str:
    return str(getattr(refused.value.__cause__, "sqlstate", ""))


def test_the_tables_of_the_history_are_among_them() -> None:
    assert {named(model) for model in HISTORY} >= EXPECTED


def test_the_tests_work_as_the_role_of_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.DATABASE_ROLE,)


@pytest.mark.parametrize("model", HISTORY, ids=named)
@pytest.mark.parametrize("act", ["UPDATE {table} SET {pk} = {pk}", "DELETE FROM {table}"])
def test_the_role_may_not_change_a_row(model: type[models.Model], act: str) -> None:
    quote = connection.ops.quote_name
    pk = model._meta.pk
    assert pk is not None
    assert pk.column is not None
    asked = act.format(table=quote(model._meta.db_table), pk=quote(pk.column))
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        run(asked)
    assert code_of(refused) == "42501"  # insufficient_privilege


@pytest.mark.parametrize("model", HISTORY, ids=named)
def test_the_role_may_not_empty_a_table(model: type[models.Model]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    for asked in (f"TRUNCATE {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            run(asked)
        assert code_of(refused) == "42501"


@pytest.mark.parametrize("model", HISTORY, ids=named)
def test_the_table_carries_the_trigger_against_changes(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal",
            [f'"{model._meta.db_table}"'],
        )
        there = dict(cursor.fetchall())
    assert any(name.startswith("pgtrigger_append_only") for name in there), there
    assert set(there.values()) == {"O"}


def test_even_the_owner_is_refused_by_the_trigger() -> None:
    from config.kernel import events
    from tests.factories import person

    user = person()
    made = events.record("lamp.lit", subject=user, by=user)
    for asked in ("UPDATE kernel_event SET kind = 'x' WHERE id = %s", "DELETE FROM kernel_event"):
        with (
            pytest.raises(DatabaseError, match="append_only"),
            transaction.atomic(),
            as_owner_with_triggers(),
        ):
            run(asked, [made.pk] if "%s" in asked else [])
        run(f"SET ROLE {settings.DATABASE_ROLE}")


@pytest.mark.parametrize(
    "asked",
    [
        "ALTER TABLE kernel_event DISABLE TRIGGER ALL",
        "DROP TABLE kernel_event",
        "SET session_replication_role = 'replica'",
        "CREATE TABLE mine (id int)",
        "DROP TRIGGER pgtrigger_append_only_6f8a1 ON kernel_event",
    ],
)
def test_the_role_can_neither_switch_triggers_off_nor_make_tables(asked: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        run(asked)
