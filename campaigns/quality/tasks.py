from typing import Any

from celery import shared_task
from celery.signals import worker_init
from django.conf import settings

from campaigns.quality import actions, reading
from campaigns.quality.models import QualityCheck
from campaigns.quality.states import CheckStatus
from config.kernel.models import Event

FIRST_WORDS = "Like this and you win 50 €."  # found by rules, so all that is read late is read
LAST_WORDS_SECONDS = 15  # to record that it took too long, before the worker is killed


@worker_init.connect
def _read_the_rules(**_: Any) -> None:
    """Once, before the processes of the pool are made: each has them from its first breath."""
    reading.judge(FIRST_WORDS, kind="terms")


@shared_task(
    name="quality.run_check",
    autoretry_for=(OSError,),
    retry_backoff=True,
    max_retries=3,
    soft_time_limit=settings.CHECK_SECONDS,
    time_limit=settings.CHECK_SECONDS + LAST_WORDS_SECONDS,
)
def run_check(check_id: int) -> None:
    actions.run_check(check_id=check_id)


@shared_task(name="quality.sweep")
def sweep() -> int:
    """Ring again for every check whose bell was lost, and date the runs that are over."""
    lost = actions.lost_checks()
    for check_id in lost:
        run_check.delay(check_id)
    actions.finish_rechecks()
    return len(lost)


@shared_task(name="quality.ring_recheck")
def ring_recheck(recheck_id: int) -> None:
    """Ring for every check of a run of newer rules that is still queued."""
    queued = QualityCheck.objects.filter(recheck=recheck_id, status=CheckStatus.QUEUED)
    for check_id in queued.order_by("pk").values_list("pk", flat=True):
        run_check.delay(check_id)


def on_queued(event_id: int) -> None:
    run_check.delay(Event.objects.get(pk=event_id).facts["check"])


def on_recheck(event_id: int) -> None:
    ring_recheck.delay(Event.objects.get(pk=event_id).subject_id)
