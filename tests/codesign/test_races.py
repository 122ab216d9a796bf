"""An objection and a launch at the same instant: never launched with an open objection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from campaigns.agreements import actions as agreements
from campaigns.agreements import queries as agreed
from campaigns.agreements.values import Terms
from campaigns.briefs.models import Campaign
from campaigns.codesign import actions, queries
from campaigns.codesign.models import Participant, Position
from campaigns.lifecycle import actions as lifecycle
from config.kernel.errors import DomainError
from tests.briefs.scene import check_all
from tests.codesign.scene import Table, known, letter, opened, table

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TERMS = Terms(fee_minor=100_000, currency="EUR", declared_hours=16, deliverables=("Un racconto",))
ROUNDS = 12


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each returned, or the refusal it met, when all began together."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except (DomainError, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def ready(name: str) -> Table:
    """Everybody consents and has signed: one step before the launch."""
    made = table(2, name)
    for nth in range(2):
        made.say(nth, "consent")
    lifecycle.advance(campaign_id=made.campaign.pk, by=made.agency, to="contracting")
    for nth, creator in enumerate(made.creators):
        offer = agreements.offer_terms(
            campaign_id=made.campaign.pk,
            participant_id=made.seat(nth).pk,
            by=made.agency,
            terms=TERMS,
        )
        check_all()
        digest = agreed.digest_of(offer, agreed.split_of(made.campaign))
        for party in (made.agency, creator):
            agreements.accept_terms(agreement_id=offer.agreement_id, by=party, terms_digest=digest)
    return made


def is_live_with_an_objection(made: Table) -> bool:
    made.campaign.refresh_from_db()
    return made.campaign.stage == "live" and queries.open_objections(made.campaign).exists()


def test_a_campaign_is_never_launched_with_an_open_objection() -> None:
    outcomes = set()
    for n in range(ROUNDS):
        made = ready(f"gara{n}")
        launch, objection = at_once(
            partial(lifecycle.advance, campaign_id=made.campaign.pk, by=made.agency, to="live"),
            partial(made.say, 0, "objection", "Ripensandoci."),
        )
        assert not is_live_with_an_objection(made)
        assert isinstance(launch, Campaign) != isinstance(objection, Position)
        outcomes.add(isinstance(launch, Campaign))
    assert outcomes  # either may win; none may win halfway


def test_not_even_sql_launches_over_an_open_objection() -> None:
    made = ready("sql")
    made.say(0, "objection", "Ripensandoci.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=made.campaign.pk).update(stage="live")
    objection = queries.open_objections(made.campaign).get()
    actions.clear_objection(
        campaign_id=made.campaign.pk, by=made.creators[0], objection_id=objection.pk
    )
    made.say(0, "consent")
    assert Campaign.objects.filter(pk=made.campaign.pk).update(stage="live") == 1


def test_an_objection_sent_ten_times_at_once_is_one() -> None:
    made = table(1, "dieci")
    at_once(*[lambda: made.say(0, "objection", "Sei mesi sono pochi.")] * 10)
    assert Position.objects.count() == 1


def test_two_amendments_of_the_same_text_never_both_win() -> None:
    made = table(2, "due")
    results = at_once(
        lambda: made.propose("Una cosa", replaces=1),
        lambda: made.propose("Un'altra", replaces=1, by=made.creators[0]),
    )
    assert sum(isinstance(each, DomainError) for each in results) == 1
    assert made.campaign.mechanics.count() == 2


def test_the_same_person_is_invited_once_however_often_it_is_pressed() -> None:
    made = opened("tasto")
    ada = known(made, 0, "tasto")
    at_once(
        *[
            lambda: actions.invite(
                campaign_id=made.campaign.pk, by=made.agency, influencer=ada, letter=letter()
            )
        ]
        * 6
    )
    assert Participant.objects.count() == 1
