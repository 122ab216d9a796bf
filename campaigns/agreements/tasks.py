"""The words of each new snapshot go to the quality check without anybody asking."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from campaigns.agreements import actions
from campaigns.agreements.errors import FOUND_BUT_REFUSED
from config.kernel.models import Event
from disclosures.models import Snapshot


@shared_task(name="agreements.check_post")
def check_post(snapshot_id: int) -> None:
    actions.check_post(snapshot_id=snapshot_id)


@shared_task(name="agreements.sweep")
def sweep() -> int:
    """Snapshots of fulfilled work whose words nobody has submitted, and posts found in feeds that
    nobody has registered or refused; returns how many there were.

    The next reading of a feed clears the refusal, so that what was refused is asked again.
    """
    before = timezone.now() - timedelta(seconds=15)
    lost = Snapshot.objects.filter(
        postcheck__isnull=True,
        look__publication__fulfilment__isnull=False,
        taken_at__lt=before,
    ).exclude(content__text="")
    ids = list(lost.order_by("pk").values_list("pk", flat=True)[:1000])
    for snapshot_id in ids:
        check_post.delay(snapshot_id)
    found = actions.entries_waiting().filter(found_at__lt=before)
    unheard = found.exclude(feed__reason__in=FOUND_BUT_REFUSED)
    entries = list(
        unheard.order_by("feed_id", "pk").distinct("feed_id").values_list("pk", flat=True)[:1000]
    )
    for entry_id in entries:
        register_found.delay(entry_id)
    return len(ids) + len(entries)


@shared_task(name="agreements.register_found")
def register_found(entry_id: int) -> None:
    actions.register_found(entry_id=entry_id)


def on_feed_found(event_id: int) -> None:
    register_found.delay(Event.objects.get(pk=event_id).facts["entry"])


def on_checked(event_id: int) -> None:
    snapshot_id = Event.objects.get(pk=event_id).facts["snapshot"]
    if snapshot_id:
        check_post.delay(snapshot_id)
