"""A registered post makes its pay due, without anybody asking and however often it is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.agreements.models import Fulfilment
from campaigns.briefs.states import Stage
from campaigns.payouts import tasks
from campaigns.payouts.models import Due
from config.kernel import events
from config.kernel.models import Event
from tests.payouts.world import World, campaign_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return campaign_of(creators=2)


def registered(world: World, number: int = 0) -> Event:
    piece = world.agreements[number].deliverables.get()
    fulfilment: Fulfilment = world.publish(piece)
    return events.record(
        "agreements.publication_registered",
        subject=world.agreements[number],
        by=world.creators[number],
        deliverable=piece.pk,
        publication=fulfilment.publication_id,
    )


def test_a_registered_post_is_owed_once(world: World) -> None:
    event = registered(world)
    tasks.owe_for_publication(event.pk)
    tasks.owe_for_publication(event.pk)
    due = Due.objects.get()
    assert due.agreement == world.agreements[0]
    assert due.due_on == timezone.localdate() + timedelta(days=30)


def test_the_sweep_finds_what_was_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    registered(world, 0)
    registered(world, 1)
    assert tasks.sweep() == 0  # the bell may still ring
    later = timezone.now() + timedelta(seconds=16)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert tasks.sweep() == 2
    assert tasks.sweep() == 0
    assert Due.objects.count() == 2


def test_a_campaign_called_off_is_left_to_its_ladder(world: World) -> None:
    world.move(Stage.CANCELLED)
    assert tasks.sweep() == 0
