"""The books of a campaign agree with themselves, whatever is done in whatever order."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.briefs.states import Stage
from campaigns.ledger import queries as ledger
from campaigns.ledger.models import Posting
from campaigns.payouts import actions, chart, queries
from campaigns.payouts.models import Due, Funding, Payment
from campaigns.payouts.states import DUE_MOVES, DueKind, DueStatus
from config.kernel.errors import DomainError
from config.kernel.moves import IllegalMove
from tests.payouts.world import World, campaign_of

pytestmark = pytest.mark.django_db

MINOR = st.integers(1, 400_000)
ACT = st.one_of(
    st.tuples(st.just("fund"), MINOR),
    st.tuples(st.just("cost"), MINOR),
    st.tuples(st.just("fee"), st.just(0)),
    st.tuples(st.just("deliver"), st.integers(0, 1)),
    st.tuples(st.just("pay"), st.integers(0, 20)),
    st.tuples(st.just("withdraw"), st.integers(0, 20)),
    st.tuples(st.just("close"), st.just(0)),
    st.tuples(st.just("refund"), st.just(0)),
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACT, max_size=14))
def test_any_sequence_leaves_balances_equal_to_postings_and_rows(
    acts: list[tuple[str, int]],
) -> None:
    with transaction.atomic():
        world = campaign_of(creators=2)
        for act, number in acts:
            _try(world, act, number)
            _check(world)
        connection.check_constraints()
        transaction.set_rollback(True)


def _try(world: World, act: str, number: int) -> None:
    try:
        with transaction.atomic():
            _do(world, act, number)
    except DomainError:
        world.campaign.refresh_from_db()


def _do(world: World, act: str, number: int) -> None:
    dues = list(Due.objects.order_by("pk"))
    due = dues[number % len(dues)] if dues else None
    if act == "fund":
        world.fund(number)
    elif act == "cost":
        world.cost(number)
    elif act == "fee":
        world.fee()
    elif act == "deliver" and not hasattr(_piece(world, number), "fulfilment"):
        world.deliver(world.agreements[number])
    elif act == "pay" and due:
        world.pay(due)
    elif act == "withdraw" and due:
        actions.withdraw(due_id=due.pk, by=world.agency)
    elif act == "close" and world.campaign.stage == Stage.LIVE:
        world.move(Stage.CLOSING)
    elif act == "refund":
        world.refund()


def _piece(world: World, number: int) -> Any:
    return world.agreements[number].deliverables.select_related("fulfilment").get()


def _check(world: World) -> None:
    public_id = world.campaign.public_id
    money = queries.money_of(world.campaign)
    balances = ledger.balances(f"campaign/{public_id}/")
    bank = balances.get(chart.bank(public_id))
    payables = [m for code, m in balances.items() if "/payable/" in code]
    funds = balances.get(chart.funds(public_id))
    owed = sum(m.minor for m in payables)
    assert (bank.minor if bank else 0) == (funds.minor if funds else 0) + owed
    assert (bank.minor if bank else 0) >= 0
    assert all(m.minor >= 0 for m in payables)
    assert Posting.objects.aggregate(n=Sum("signed_minor"))["n"] in (None, 0)
    assert money.owed is not None
    assert money.left is not None
    assert money.paid is not None
    assert money.balance_minor == money.funded.minor - money.paid.minor - money.refunded.minor
    assert money.left.minor == money.funded.minor - money.owed.minor - money.refunded.minor
    assert owed == sum(due.amount.minor for due in money.dues if due.is_open)


@pytest.mark.parametrize("model", [Funding, Payment])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {0} SET amount_minor = 1", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_what_came_in_and_went_out_is_append_only(model: Any, statement: str) -> None:
    world = campaign_of(creators=1)
    world.fund()
    world.pay(world.cost())
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))


@pytest.mark.parametrize(
    ("column", "value"),
    [("amount_minor", 1), ("due_on", "2030-01-01"), ("kind", "agency"), ("key", "x")],
)
def test_the_figures_of_a_due_never_change(column: str, value: object) -> None:
    due = campaign_of(creators=1).cost()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Due.objects.filter(pk=due.pk).update(**{column: value})


def test_a_due_never_goes() -> None:
    due = campaign_of(creators=1).cost()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Due.objects.filter(pk=due.pk).delete()


def test_the_words_of_a_due_can_be_erased() -> None:
    due = campaign_of(creators=1).cost(label="fotografie di Anna")
    Due.objects.filter(pk=due.pk).update(label="")
    due.refresh_from_db()
    assert due.label == ""


@pytest.mark.parametrize("before", list(DueStatus))
@pytest.mark.parametrize("after", list(DueStatus))
def test_a_due_moves_by_its_table_alone(before: DueStatus, after: DueStatus) -> None:
    due = campaign_of(creators=1).cost()
    if before != DueStatus.OPEN:
        Due.objects.filter(pk=due.pk).update(status=before)
        due.refresh_from_db()
    if after in DUE_MOVES[before]:
        due.move_to(after)
        assert Due.objects.filter(pk=due.pk).update(status=after) == 1
    elif before != after:
        with pytest.raises(IllegalMove):
            due.move_to(after)
        with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
            Due.objects.filter(pk=due.pk).update(status=after)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_minor": 0},
        {"amount_minor": -1},
        {"amount_minor": 10**12 + 1},
        {"kind": DueKind.CREATORS},
        {"kind": "else"},
        {"basis": "deliverable"},
        {"status": "else"},
    ],
    ids=str,
)
def test_a_row_that_cannot_be_is_refused_by_the_database(wrong: dict[str, Any]) -> None:
    world = campaign_of(creators=1)
    due = world.cost()
    other = world.cost()
    fields = {f.attname: getattr(due, f.attname) for f in Due._meta.fields if not f.primary_key}
    fields |= {"public_id": "x", "key": "x", "entry_id": other.entry_id + 1}
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Due.objects.create(**fields | wrong)
