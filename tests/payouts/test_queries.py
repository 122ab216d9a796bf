"""Who sees which line, story 03's figures, and a creator's own money."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.briefs.states import Stage
from campaigns.payouts import actions, queries
from campaigns.payouts.states import Basis, DueKind, DueStatus
from campaigns.payouts.values import (
    CampaignMoney,
    ClassLine,
    DueLine,
    PayState,
    share_of,
    totals,
)
from campaigns.payouts.visibility import as_seen_by
from config.identity.permissions import Role
from config.kernel.money import Money
from tests.payouts.world import DAY, World, campaign_of

PAYER = frozenset({Role.AGENCY})
CREATOR = frozenset({Role.INFLUENCER})


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def run_story_03(world: World) -> None:
    """15,000.00 in; 3,000.00 agency, 1,200.00 and 800.00 costs, ten times 1,000.00 to creators."""
    world.fund(1_500_000)
    dues = [world.fee(), world.cost(120_000), world.cost(80_000, label="hosting")]
    for agreement in world.agreements:
        dues += world.deliver(agreement)
    for due in dues:
        world.pay(due)


@pytest.mark.django_db
class TestStory03:
    @pytest.fixture
    def world(self, db: None) -> World:
        world = campaign_of(creators=10)
        run_story_03(world)
        return world

    def test_two_thirds_reach_the_creators_and_nothing_is_left(self, world: World) -> None:
        money = queries.money_of(world.campaign)
        assert money.creators_share_bps == 6667
        assert money.balance_minor == 0
        assert money.left == euro(0)
        assert money.open_dues == 0
        assert (money.funded, money.owed, money.paid) == (euro(1_500_000),) * 3
        assert money.creators_paid == 10
        assert money.paid_by_class == {"creators": 1_000_000, "agency": 300_000, "costs": 200_000}

    def test_the_shares_are_of_the_brands_money(self, world: World) -> None:
        classes = queries.money_of(world.campaign).classes
        assert [(line.kinds, line.bps) for line in classes] == [
            (("creators",), 6667),
            (("agency",), 2000),
            (("costs",), 1333),
        ]

    def test_the_queries_do_not_grow_with_the_campaign(
        self, world: World, django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        small = campaign_of(creators=1)
        small.fund()
        small.deliver(small.agreements[0])
        for each in (small, world):
            with django_assert_num_queries(4):
                queries.money_of(each.campaign)


@pytest.mark.django_db
class TestWhoSeesWhat:
    def seen(self, world: World, number: int = 0) -> CampaignMoney:
        return queries.money_for(world.creators[number], world.campaign, CREATOR)

    def test_payers_see_every_line(self) -> None:
        world = campaign_of(creators=2)
        run_story_03(world)
        money = queries.money_for(world.brand, world.campaign, frozenset({Role.BRAND}))
        assert len(money.dues) == 5
        assert money == queries.money_for(world.agency, world.campaign, PAYER)

    def test_a_creator_of_ten_sees_own_lines_and_the_classes(self) -> None:
        world = campaign_of(creators=10)
        run_story_03(world)
        seen = self.seen(world)
        assert [(due.kind, due.payee) for due in seen.dues] == [
            ("agency", "Conversa"),
            ("creators", "Blog 1"),
        ]
        assert [line.kinds for line in seen.classes] == [("creators",), ("agency",), ("costs",)]
        assert seen.creators_share_bps == 6667
        assert seen.fundings == ()

    def test_three_creators_are_a_class(self) -> None:
        world = campaign_of(creators=3)
        run_story_03(world)
        seen = self.seen(world)
        assert seen.classes[0].kinds == ("creators",)
        assert seen.classes[0].amount == euro(300_000)

    def test_two_creators_are_merged_with_the_costs(self) -> None:
        world = campaign_of(creators=2)
        run_story_03(world)
        seen = self.seen(world)
        assert seen.classes[0].kinds == ("creators", "costs")
        assert seen.classes[0].amount == euro(400_000)
        assert seen.classes[1].kinds == ("agency",)
        assert seen.creators_share_bps is None

    def test_two_creators_without_costs_are_merged_with_what_is_left(self) -> None:
        world = campaign_of(creators=2)
        world.fund(1_500_000)
        world.fee()
        for agreement in world.agreements:
            world.deliver(agreement)
        seen = self.seen(world)
        assert seen.classes[0].with_rest
        assert seen.classes[0].amount == euro(1_200_000)
        assert (seen.owed, seen.paid, seen.balance, seen.left) == (None,) * 4
        assert seen.balance_minor == 0

    def test_every_intermediarys_margin_is_shown_to_everyone(self) -> None:
        world = campaign_of(creators=2)
        world.fund()
        world.fee()
        world.cost(5_000, label="piattaforma", kind=DueKind.PLATFORM)
        seen = self.seen(world)
        assert {(due.kind, due.amount.minor) for due in seen.dues} == {
            ("agency", 300_000),
            ("platform", 5_000),
        }

    def test_somebody_without_a_part_sees_nothing(self) -> None:
        world, other = campaign_of(creators=1), campaign_of(creators=1)
        with pytest.raises(Http404):
            queries.money_for(other.creators[0], world.campaign, CREATOR)

    def test_a_due_of_another_campaign_is_not_found(self) -> None:
        world, other = campaign_of(creators=1), campaign_of(creators=1)
        with pytest.raises(Http404):
            queries.due_for(world.campaign, other.cost().public_id)


def line(kind: str, minor: int, participant: int | None) -> DueLine:
    return DueLine(
        public_id=f"{kind}{participant}{minor}",
        kind=kind,
        basis=Basis.DELIVERABLE,
        payee="",
        label="",
        document="",
        amount=euro(minor),
        due_on=DAY,
        status=DueStatus.OPEN,
        paid_on=None,
        statement="",
        days_late=0,
        participant_id=participant,
    )


def books(pays: list[int], costs: list[int], left: int) -> CampaignMoney:
    dues = tuple(line("creators", pay, number) for number, pay in enumerate(pays))
    dues += tuple(line("costs", cost, None) for cost in costs)
    owed = sum(due.amount.minor for due in dues)
    classes = [ClassLine(("creators",), euro(sum(pays)), euro(0), len(pays), 0)]
    if costs:
        classes.append(ClassLine(("costs",), euro(sum(costs)), euro(0), len(costs), 0))
    return CampaignMoney(
        currency="EUR",
        funded=euro(owed + left),
        owed=euro(owed),
        paid=euro(0),
        refunded=euro(0),
        balance=euro(owed + left),
        left=euro(left),
        classes=tuple(classes),
        creators_share_bps=5000,
        dues=dues,
        fundings=(),
        open_dues=len(dues),
    )


AMOUNTS = st.integers(1, 10**9)


@settings(deadline=None)
@given(
    pays=st.tuples(AMOUNTS, AMOUNTS),
    shift=st.integers(1, 10**9),
    costs=st.lists(AMOUNTS, max_size=3),
    left=AMOUNTS,
)
def test_of_two_creators_neither_can_work_out_the_other(
    pays: tuple[int, int], shift: int, costs: list[int], left: int
) -> None:
    """Had the other earned `shift` more at somebody else's cost, all they see would be the same."""
    seen = as_seen_by(books(list(pays), costs, left), participant_id=0)
    if costs:
        shift = min(shift, costs[0] - 1)
        moved = [costs[0] - shift, *costs[1:]]
        other = books([pays[0], pays[1] + shift], moved, left)
    else:
        shift = min(shift, left - 1)
        other = books([pays[0], pays[1] + shift], [], left - shift)
    assert as_seen_by(other, participant_id=0) == seen


@settings(deadline=None)
@given(part=st.integers(0, 10**12), whole=st.integers(1, 10**12))
def test_a_share_is_the_nearest_basis_point(part: int, whole: int) -> None:
    part = min(part, whole)
    bps = share_of(euro(part), euro(whole))
    assert bps is not None
    assert abs(bps * whole - part * 10_000) * 2 <= whole


def test_of_nothing_there_is_no_share() -> None:
    assert share_of(euro(0), euro(0)) is None


def test_totals_keep_currencies_apart() -> None:
    amounts = [Money(1, "USD"), euro(2), euro(3)]
    assert totals(amounts) == [euro(5), Money(1, "USD")]


@pytest.mark.django_db
class TestMyMoney:
    def test_late_comes_first_and_paid_last(self) -> None:
        world = campaign_of(creators=1, deliverables=("uno", "due", "tre"))
        today = timezone.localdate()
        world.fund()
        terms = (today - timedelta(days=40), today, today - timedelta(days=90))
        pieces = zip(world.agreements[0].deliverables.all(), terms, strict=True)
        dues = []
        for piece, on in pieces:
            world.publish(piece)
            due = actions.owe_for_deliverable(deliverable_id=piece.pk, by=world.agency, on=on)
            assert due is not None
            dues.append(due)
        world.pay(dues[2], paid_on=today - timedelta(days=55))
        own = queries.my_money(world.creators[0])
        assert [each.due.label for each in own.lines] == ["uno", "due", "tre"]
        assert [each.due.days_late for each in own.lines] == [10, 0, 5]
        assert [each.due.label for each in own.late] == ["uno"]
        assert own.open_totals == [euro(66_667)]
        assert own.coming == ()

    def test_it_says_whether_the_brand_has_paid_in(self) -> None:
        world = campaign_of(creators=1)
        world.deliver(world.agreements[0])
        assert [each.covered for each in queries.my_money(world.creators[0]).lines] == [False]
        world.fund(100_000)
        assert [each.covered for each in queries.my_money(world.creators[0]).lines] == [True]

    def test_what_is_agreed_is_announced_until_it_is_due(self) -> None:
        world = campaign_of(creators=1, deliverables=("uno", "due"), payment_days=14)
        (coming,) = queries.my_money(world.creators[0]).coming
        assert (coming.amount, coming.payment_days) == (euro(100_000), 14)
        piece = world.agreements[0].deliverables.first()
        assert piece is not None
        world.publish(piece)
        actions.owe_for_deliverable(deliverable_id=piece.pk, by=world.agency, on=DAY)
        (coming,) = queries.my_money(world.creators[0]).coming
        assert coming.amount == euro(50_000)

    def test_nothing_is_promised_by_a_campaign_called_off(self) -> None:
        world = campaign_of(creators=1)
        world.cancel()
        own = queries.my_money(world.creators[0])
        assert own.coming == ()
        assert [each.due.basis for each in own.lines] == [Basis.KILL_FEE]

    def test_another_creators_money_is_not_in_it(self) -> None:
        world = campaign_of(creators=2)
        world.deliver(world.agreements[1])
        assert queries.my_money(world.creators[0]).lines == ()

    def test_the_queries_do_not_grow_with_the_campaigns(
        self, django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        one, two = campaign_of(creators=1), campaign_of(creators=1)
        two.agreements[0].participant.influencer.user = one.creators[0]
        for world in (one, two):
            world.deliver(world.agreements[0])
        with django_assert_num_queries(5):
            queries.my_money(one.creators[0])


@pytest.mark.django_db
def test_what_of_the_fee_can_still_be_booked() -> None:
    world = campaign_of(creators=1, stage=Stage.CONTRACTING)
    assert queries.fee_to_book(world.campaign) == euro(300_000)
    world.fee()
    assert queries.fee_to_book(world.campaign) == euro(0)


@pytest.mark.django_db
def test_the_state_of_many_campaigns_takes_three_questions(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    one, two = campaign_of(creators=1), campaign_of(creators=1)
    one.fund(150_000)
    one.deliver(one.agreements[0])
    with django_assert_num_queries(3):
        states = queries.states_of([one.campaign, two.campaign])
    assert states[one.campaign.pk] == PayState(
        open_dues=1, balance_minor=150_000, funded_minor=150_000
    )
    assert states[two.campaign.pk] == PayState()
