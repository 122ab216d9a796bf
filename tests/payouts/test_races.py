"""Two people, or one impatient finger, at the same desk at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from campaigns.ledger import queries as ledger
from campaigns.payouts import chart
from campaigns.payouts.errors import AlreadyPaid, NotEnoughFunds
from campaigns.payouts.models import Due, Funding, Payment
from config.kernel.errors import DomainError
from tests.payouts.world import World, campaign_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def world(transactional_db: None) -> World:
    return campaign_of(creators=1)


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Do all of it at the same moment; the codes of what was refused."""
    ready, refused = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
        except DomainError as error:
            refused.append(error.code)
        connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return refused


def test_one_form_sent_four_times_at_once_books_once(world: World) -> None:
    assert at_once([lambda: world.fund(key="abc", statement="7")] * 4) == []
    assert Funding.objects.count() == 1


def test_a_due_paid_by_two_people_at_once_is_paid_once(world: World) -> None:
    world.fund()
    due = world.cost()
    refused = at_once(
        [lambda: world.pay(due, statement="7"), lambda: world.pay(due, statement="8")]
    )
    assert refused == [AlreadyPaid.code]
    assert Payment.objects.count() == 1


def test_two_payments_at_once_never_overdraw_the_account(world: World) -> None:
    world.fund(120_000)
    one, two = world.cost(), world.cost()
    refused = at_once(
        [lambda: world.pay(one, statement="7"), lambda: world.pay(two, statement="8")]
    )
    assert refused == [NotEnoughFunds.code]
    assert ledger.balance(chart.bank(world.campaign.public_id)).minor == 0


def test_one_fee_is_booked_by_two_people_at_once(world: World) -> None:
    assert at_once([world.fee, world.fee]) == ["nothing_to_book"]
    assert Due.objects.get().amount_minor == 300_000
