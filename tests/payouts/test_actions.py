from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from campaigns.agreements.errors import NotAParty
from campaigns.agreements.values import Exclusivity, KillFees, Usage
from campaigns.briefs.errors import NotInThisStage
from campaigns.briefs.states import Stage
from campaigns.ledger import queries as ledger
from campaigns.ledger.models import JournalEntry
from campaigns.payouts import actions, chart
from campaigns.payouts.errors import (
    AlreadyBooked,
    AlreadyPaid,
    NotDelivered,
    NotEnoughFunds,
    NothingLeft,
    NothingToBook,
    NotOverYet,
    OnlyCostsAreWithdrawn,
    Withdrawn,
)
from campaigns.payouts.models import Due, Funding, Payment
from campaigns.payouts.states import Basis, DueStatus
from config.kernel.errors import InvalidInput, NotAllowed
from config.kernel.models import Event
from config.kernel.money import Money
from tests.payouts.world import DAY, World, campaign_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return campaign_of(creators=2)


def balance(world: World, account: Callable[[str], str]) -> int:
    return ledger.balance(account(world.campaign.public_id)).minor


def refused_fields(act: Callable[[], object]) -> set[str]:
    with pytest.raises(InvalidInput) as refused:
        act()
    return set(refused.value.facts["fields"])


class TestFunding:
    def test_the_brands_money_stands_in_the_books(self, world: World) -> None:
        funding = world.fund(1_500_000)
        assert balance(world, chart.bank) == balance(world, chart.funds) == 1_500_000
        assert funding.entry.document == funding.statement
        event = Event.objects.get(kind="payouts.funding_recorded")
        assert event.facts["amount_minor"] == 1_500_000

    def test_the_same_form_twice_books_once(self, world: World) -> None:
        first = world.fund(key="abc", statement="7")
        assert world.fund(key="abc", statement="7") == first
        assert Funding.objects.count() == 1
        assert balance(world, chart.bank) == 1_500_000

    def test_the_same_key_for_another_amount_is_refused(self, world: World) -> None:
        world.fund(1, key="abc", statement="7")
        with pytest.raises(AlreadyBooked):
            world.fund(2, key="abc", statement="7")

    def test_a_line_of_a_statement_is_booked_once(self, world: World) -> None:
        world.fund(statement="7")
        assert refused_fields(lambda: world.fund(statement="7")) == {"statement"}

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("amount_minor", 0),
            ("amount_minor", -1),
            ("amount_minor", 10**12 + 1),
            ("amount_minor", 2**70),
            ("currency", "USD"),
            ("currency", "nope"),
            ("statement", ""),
            ("statement", "   "),
            ("statement", "Mario Rossi"),
            ("statement", "<b>7</b>"),
            ("statement", "7\u202e8"),
            ("statement", "7" * 61),
            ("received_on", date(1999, 12, 31)),
            ("received_on", date(9999, 1, 1)),
            ("key", ""),
            ("key", "k" * 81),
            ("key", "k\x00"),
        ],
    )
    def test_what_cannot_be_booked_is_named(self, world: World, field: str, wrong: Any) -> None:
        named = {"amount_minor": "amount", "currency": "amount"}.get(field, field)
        assert refused_fields(partial(world.fund, **{field: wrong})) == {named}
        assert not Funding.objects.exists()
        assert not JournalEntry.objects.exists()

    def test_only_the_agency_keeps_the_books(self, world: World) -> None:
        _, stranger = member("agency", "Altra")
        _, reader = member("agency", "Lettori", role="reader")
        reader.memberships.update(organisation=world.campaign.agency)
        for by in (world.brand, world.creators[0], stranger, reader):
            with pytest.raises(NotAllowed):
                world.fund(by=by)

    def test_nothing_is_booked_once_the_campaign_is_closed(self, world: World) -> None:
        world.move(Stage.CLOSING)
        world.move(Stage.CLOSED)
        with pytest.raises(NotInThisStage):
            world.fund()
        with pytest.raises(NotInThisStage):
            world.cost()


class TestWork:
    def test_a_published_piece_becomes_owed_after_the_signed_days(self, world: World) -> None:
        (due,) = world.deliver(world.agreements[0], on=date(2026, 1, 31))
        assert due.amount == Money(100_000, "EUR")
        assert due.due_on == date(2026, 3, 2)
        assert due.status == DueStatus.OPEN

    def test_owing_a_piece_twice_owes_it_once(self, world: World) -> None:
        (due,) = world.deliver(world.agreements[0])
        again = actions.owe_for_deliverable(
            deliverable_id=due.deliverable_id or 0, by=world.agency, on=DAY + timedelta(days=9)
        )
        assert again == due
        assert Due.objects.count() == 1

    def test_a_piece_that_is_not_published_is_not_owed(self, world: World) -> None:
        piece = world.agreements[0].deliverables.get()
        with pytest.raises(NotDelivered):
            actions.owe_for_deliverable(deliverable_id=piece.pk, by=world.agency, on=DAY)

    def test_a_stranger_cannot_make_it_owed(self, world: World) -> None:
        piece = world.agreements[0].deliverables.get()
        world.publish(piece)
        with pytest.raises(NotAParty):
            actions.owe_for_deliverable(deliverable_id=piece.pk, by=world.creators[1], on=DAY)

    def test_the_total_is_split_over_the_pieces_to_the_cent(self) -> None:
        world = campaign_of(
            creators=1,
            fee_minor=100_00,
            deliverables=("uno", "due", "tre"),
            usage=Usage(months=12, price_minor=1),
            exclusivity=Exclusivity(("Rivale",), 3, 1),
        )
        dues = world.deliver(world.agreements[0])
        assert [due.amount_minor for due in dues] == [3334, 3334, 3334]

    def test_leftover_cents_go_to_the_earlier_pieces(self) -> None:
        world = campaign_of(creators=1, fee_minor=100_00, deliverables=("uno", "due", "tre"))
        dues = world.deliver(world.agreements[0])
        assert [due.amount_minor for due in dues] == [3334, 3333, 3333]

    def test_a_part_below_a_cent_owes_nothing(self) -> None:
        world = campaign_of(creators=1, fee_minor=1, deliverables=("uno", "due"))
        one, two = world.agreements[0].deliverables.all()
        world.publish(one)
        world.publish(two)
        owed = actions.owe_for_deliverable(deliverable_id=one.pk, by=world.agency, on=DAY)
        assert owed is not None
        assert owed.amount_minor == 1
        assert actions.owe_for_deliverable(deliverable_id=two.pk, by=world.agency, on=DAY) is None

    def test_work_is_owed_even_before_the_brand_has_paid(self, world: World) -> None:
        world.deliver(world.agreements[0])
        assert balance(world, chart.funds) == -100_000


class TestCosts:
    def test_a_bill_is_owed_out_of_the_brands_money(self, world: World) -> None:
        world.fund()
        due = world.cost(120_000, document="F-12/2026")
        assert (due.status, due.amount_minor) == (DueStatus.OPEN, 120_000)
        assert balance(world, chart.funds) == 1_380_000
        assert due.entry.document == "F-12/2026"

    def test_the_same_form_twice_books_one_bill(self, world: World) -> None:
        assert world.cost(key="abc") == world.cost(key="abc")
        with pytest.raises(AlreadyBooked):
            world.cost(key="abc", label="altro")

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("label", ""),
            ("label", " \t"),
            ("label", "x" * 121),
            ("label", "riga\nspezzata"),
            ("label", "al \u202econtrario"),
            ("label", "nul\x00"),
            ("amount_minor", 0),
            ("amount_minor", -5),
            ("amount_minor", 10**13),
            ("document", "Fattura di Mario"),
            ("due_on", date(2300, 1, 1)),
            ("kind", "creators"),
            ("kind", "refund"),
            ("kind", "anything"),
        ],
    )
    def test_what_cannot_be_booked_is_named(self, world: World, field: str, wrong: Any) -> None:
        named = "amount" if field == "amount_minor" else field
        assert refused_fields(partial(world.cost, **{field: wrong})) == {named}

    @pytest.mark.parametrize(
        "label", ["<script>alert(1)</script>", "È già così", "麦粉 🌾", "O'Neill"]
    )
    def test_any_words_people_can_read_are_a_label(self, world: World, label: str) -> None:
        assert world.cost(label=label).label == label

    def test_the_fee_is_what_the_brief_says_and_no_more(self, world: World) -> None:
        assert world.fee().amount_minor == 300_000
        with pytest.raises(NothingToBook):
            world.fee()

    def test_the_same_form_twice_books_one_fee(self, world: World) -> None:
        assert world.fee(key="abc") == world.fee(key="abc")

    def test_a_bill_booked_by_mistake_is_withdrawn_with_a_reversal(self, world: World) -> None:
        world.fund()
        due = actions.withdraw(due_id=world.cost().pk, by=world.agency)
        assert due.status == DueStatus.CANCELLED
        assert balance(world, chart.funds) == 1_500_000
        assert due.entry.reversed_by.kind == "payouts.owed.reversed"
        assert actions.withdraw(due_id=due.pk, by=world.agency) == due

    def test_a_withdrawn_fee_can_be_booked_again(self, world: World) -> None:
        actions.withdraw(due_id=world.fee().pk, by=world.agency)
        assert world.fee().amount_minor == 300_000

    def test_what_a_creator_earned_is_never_withdrawn(self, world: World) -> None:
        (due,) = world.deliver(world.agreements[0])
        with pytest.raises(OnlyCostsAreWithdrawn):
            actions.withdraw(due_id=due.pk, by=world.agency)

    def test_what_is_paid_is_not_withdrawn(self, world: World) -> None:
        world.fund()
        due = world.cost()
        world.pay(due)
        with pytest.raises(AlreadyPaid):
            actions.withdraw(due_id=due.pk, by=world.agency)


class TestPayments:
    def test_a_payment_empties_what_was_owed(self, world: World) -> None:
        world.fund(100_000)
        (due,) = world.deliver(world.agreements[0])
        payment = world.pay(due)
        due.refresh_from_db()
        assert (due.status, payment.amount_minor) == (DueStatus.PAID, 100_000)
        assert balance(world, chart.bank) == 0
        assert ledger.balance(chart.payable(world.campaign.public_id, due.payee)).minor == 0

    def test_the_same_form_twice_pays_once(self, world: World) -> None:
        world.fund()
        due = world.cost()
        first = world.pay(due, key="abc", statement="7")
        assert world.pay(due, key="abc", statement="7") == first
        assert Payment.objects.count() == 1
        with pytest.raises(AlreadyBooked):
            world.pay(due, key="abc", statement="8")

    def test_paying_again_with_another_key_is_refused(self, world: World) -> None:
        world.fund()
        due = world.cost()
        world.pay(due)
        with pytest.raises(AlreadyPaid):
            world.pay(due)

    def test_nobody_is_paid_beyond_what_lies_in_the_account(self, world: World) -> None:
        world.fund(119_999)
        due = world.cost(120_000)
        with pytest.raises(NotEnoughFunds) as refused:
            world.pay(due)
        assert refused.value.facts["needs_minor"] == 120_000
        assert balance(world, chart.bank) == 119_999
        due.refresh_from_db()
        assert due.status == DueStatus.OPEN

    def test_a_withdrawn_bill_is_not_paid(self, world: World) -> None:
        world.fund()
        due = actions.withdraw(due_id=world.cost().pk, by=world.agency)
        with pytest.raises(Withdrawn):
            world.pay(due)

    def test_a_line_of_a_statement_pays_once(self, world: World) -> None:
        world.fund()
        one, two = world.cost(), world.cost()
        world.pay(one, statement="7")
        assert refused_fields(lambda: world.pay(two, statement="7")) == {"statement"}

    def test_a_payment_to_come_is_not_a_payment(self, world: World) -> None:
        world.fund()
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert refused_fields(lambda: world.pay(world.cost(), paid_on=tomorrow)) == {"paid_on"}

    def test_only_the_agency_pays(self, world: World) -> None:
        world.fund()
        due = world.cost()
        for by in (world.brand, world.creators[0]):
            with pytest.raises(NotAllowed):
                world.pay(due, by=by)


class TestRefund:
    def test_what_nobody_earned_goes_back_to_the_brand(self, world: World) -> None:
        world.fund(1_500_000)
        world.pay(world.cost(120_000))
        world.move(Stage.CLOSING)
        payment = world.refund()
        assert payment.amount_minor == 1_380_000
        assert payment.due.basis == Basis.REFUND
        assert balance(world, chart.bank) == balance(world, chart.funds) == 0

    def test_the_same_form_twice_returns_it_once(self, world: World) -> None:
        world.fund()
        world.move(Stage.CLOSING)
        assert world.refund(key="abc", statement="7") == world.refund(key="abc", statement="7")

    def test_published_work_comes_before_the_brand(self, world: World) -> None:
        """The task that makes it owed may not have run yet."""
        world.fund(150_000)
        world.publish(world.agreements[0].deliverables.get())
        world.move(Stage.CLOSING)
        assert world.refund().amount_minor == 50_000
        assert Due.objects.get(basis=Basis.DELIVERABLE).amount_minor == 100_000

    def test_while_the_campaign_runs_nothing_goes_back(self, world: World) -> None:
        world.fund()
        with pytest.raises(NotOverYet):
            world.refund()

    def test_nothing_left_is_nothing_to_return(self, world: World) -> None:
        world.move(Stage.CLOSING)
        with pytest.raises(NothingLeft):
            world.refund()


class TestCalledOff:
    LADDER = KillFees(not_started=10, in_work=50, delivered=100, approved=100)

    def test_after_the_launch_half_the_fee_is_owed(self) -> None:
        world = campaign_of(creators=3, kill_fees=self.LADDER)
        assert [due.amount_minor for due in world.cancel()] == [50_000] * 3

    def test_before_the_launch_the_first_step_of_the_ladder_is_owed(self) -> None:
        world = campaign_of(creators=2, stage=Stage.CONTRACTING, kill_fees=self.LADDER)
        dues = world.cancel()
        assert [due.amount_minor for due in dues] == [10_000] * 2
        assert {due.basis for due in dues} == {Basis.KILL_FEE}

    def test_a_ladder_of_nothing_owes_nothing(self) -> None:
        assert campaign_of(creators=2, stage=Stage.CONTRACTING).cancel() == []

    def test_published_work_is_owed_in_full_beside_it(self) -> None:
        world = campaign_of(
            creators=1, fee_minor=99_999, deliverables=("uno", "due"), kill_fees=self.LADDER
        )
        world.publish(world.agreements[0].deliverables.first())  # type: ignore[arg-type]
        (kill_fee,) = world.cancel()
        assert Due.objects.get(basis=Basis.DELIVERABLE).amount_minor == 50_000
        assert kill_fee.amount_minor == 25_000  # half of 499.99, the cent to the creator

    def test_called_off_twice_owes_once(self) -> None:
        world = campaign_of(creators=2)
        first = world.cancel()
        assert actions.owe_kill_fees(campaign_id=world.campaign.pk, by=world.agency) == first
        assert Due.objects.count() == 2

    def test_the_rest_goes_back_once_the_ladder_is_owed(self) -> None:
        world = campaign_of(creators=2)
        world.fund(150_000)
        world.cancel()
        assert world.refund().amount_minor == 50_000
