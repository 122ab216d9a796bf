"""Looks taken by the worker, and the sweeps that ring again."""

from celery import shared_task

from config.kernel.models import Event
from disclosures import actions, feeds


@shared_task(name="disclosures.take_look")
def take_look(look_id: int) -> None:
    actions.take_look(look_id=look_id)


@shared_task(name="disclosures.sweep")
def sweep() -> int:
    """Ring again for every look whose bell was lost."""
    lost = actions.lost_looks()
    for look_id in lost:
        take_look.delay(look_id)
    return len(lost)


@shared_task(name="disclosures.schedule_looks")
def schedule_looks() -> int:
    """Queue the looks that are due."""
    return actions.queue_due_looks()


@shared_task(name="disclosures.read_feeds")
def read_feeds() -> int:
    """Read the feeds whose hour has come."""
    due = feeds.due()
    for feed_id in due:
        read_feed.delay(feed_id)
    return len(due)


@shared_task(name="disclosures.read_feed")
def read_feed(feed_id: int) -> None:
    feeds.read_feed(feed_id=feed_id)


def on_look_queued(event_id: int) -> None:
    take_look.delay(Event.objects.get(pk=event_id).facts["look"])
