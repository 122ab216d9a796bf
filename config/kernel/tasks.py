from celery import shared_task

from config.kernel import events


@shared_task(name="kernel.dispatch_lost")
def dispatch_lost() -> int:
    return events.dispatch_lost()
