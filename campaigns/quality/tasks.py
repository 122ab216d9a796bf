from celery import shared_task

from campaigns.quality import actions
from config.kernel.models import Event


@shared_task(name="quality.run_check", autoretry_for=(OSError,), retry_backoff=True, max_retries=3)
def run_check(check_id: int) -> None:
    actions.run_check(check_id=check_id)


@shared_task(name="quality.sweep")
def sweep() -> int:
    """Ring again for every check whose bell was lost."""
    lost = actions.lost_checks()
    for check_id in lost:
        run_check.delay(check_id)
    return len(lost)


def on_queued(event_id: int) -> None:
    run_check.delay(Event.objects.get(pk=event_id).facts["check"])
