"""What a registered post makes due is owed without anybody asking."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from campaigns.agreements.models import Deliverable
from campaigns.payouts import actions
from campaigns.payouts.actions.work import local_day_of
from config.kernel.models import Event


@shared_task(name="payouts.owe_for_publication")
def owe_for_publication(event_id: int) -> None:
    event = Event.objects.get(pk=event_id)
    _owe(event.facts["deliverable"])


@shared_task(name="payouts.sweep")
def sweep() -> int:
    """Published work whose due was lost on the way becomes owed; returns how many pieces."""
    before = timezone.now() - timedelta(seconds=15)
    lost = Deliverable.objects.filter(
        due__isnull=True,
        fulfilment__registered_at__lt=before,
        agreement__campaign__stage__in=["live", "closing"],
    )
    ids = list(lost.order_by("pk").values_list("pk", flat=True)[:1000])
    for deliverable_id in ids:
        _owe(deliverable_id)
    return len(ids)


def _owe(deliverable_id: int) -> None:
    deliverable = Deliverable.objects.select_related(
        "agreement__campaign", "fulfilment__registered_by"
    ).get(pk=deliverable_id)
    actions.owe_for_deliverable(
        deliverable_id=deliverable_id,
        by=deliverable.fulfilment.registered_by,
        on=local_day_of(deliverable, deliverable.agreement.campaign),
    )
