"""A published report has its links judged once more: its clicks are judged to the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.links import actions as links
from campaigns.links.models import Judging
from campaigns.reports import actions
from campaigns.reports.errors import RepliesMissing
from campaigns.reports.models import ReportVersion
from config.kernel.models import Event
from tests.links.scene import Linked, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Linked:
    found = linked(1)
    found.read(0, 6)
    found.judge()
    actions.write_lessons(campaign_id=found.scene.id, by=found.scene.manager, text="Chiedi prima.")
    return found


def publish(made: Linked) -> ReportVersion:
    return actions.publish(campaign_id=made.scene.id, by=made.scene.client)


def waive(made: Linked) -> None:
    actions.reply(campaign_id=made.scene.id, by=made.scene.creators[0].user, waive=True)


def queued() -> list[Judging]:
    return list(Judging.objects.filter(status="queued"))


def test_publishing_queues_one_judging_and_rings_for_it(made: Linked) -> None:
    waive(made)

    publish(made)
    publish(made)

    (judging,) = queued()
    rung = Event.objects.filter(kind="links.judging_queued").latest("pk")
    assert (judging.campaign, rung.facts["judging"]) == (made.scene.campaign, judging.pk)


def test_a_report_that_can_not_be_published_queues_nothing(made: Linked) -> None:
    with pytest.raises(RepliesMissing):
        publish(made)

    assert queued() == []


def test_clicks_up_to_the_publishing_stand_in_the_next_version(made: Linked) -> None:
    waive(made)
    made.read(0, 3, since=timezone.now() - timedelta(hours=1))
    first = publish(made)

    links.run_judging(judging_id=queued()[0].pk)
    second = publish(made)

    assert [each.body["clicks"]["raw"]["value"] for each in (first, second)] == [6, 9]
    assert (first.number, second.number) == (1, 2)
    links.run_judging(judging_id=queued()[0].pk)
    assert publish(made) == second  # judged again, and nothing is different
    assert queued() == []
