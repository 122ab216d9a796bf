"""The worker. The database is the truth and the broker only a bell: each job is a row first, and
the sweeps below ring again for what was lost."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
from django.conf import settings

from config.up import broker


def _broker_options() -> dict[str, Any]:
    if not settings.CELERY_BROKER_URL.startswith("filesystem:"):
        return {}
    broker.install()
    return broker.transport_options(settings.BROKER_DIR)


app = Celery("patto")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options=_broker_options(),
    broker_connection_retry_on_startup=True,
    task_default_queue=settings.QUEUE,
    task_ignore_result=True,
    task_acks_late=True,
    task_time_limit=120,
    task_soft_time_limit=90,
    # Each look into the embedded broker's folder costs a pause: take several bells at a time there.
    worker_prefetch_multiplier=16 if settings.CELERY_BROKER_URL.startswith("filesystem:") else 1,
    worker_send_task_events=False,
    worker_enable_remote_control=False,  # its mailboxes would only pile up in the broker's folder
    timezone="UTC",
    beat_schedule_filename=str(settings.VAR / "beat-schedule"),
    beat_schedule={
        name: {"task": name, "schedule": seconds}
        for name, seconds in {
            "kernel.dispatch_lost": 15.0,
            "identity.send_mails": 15.0,
            "quality.sweep": float(settings.SWEEP_SECONDS),
            "lifecycle.recheck": 60.0,
            "disclosures.sweep": 15.0,
            "disclosures.schedule_looks": 60.0,
            "disclosures.read_feeds": 300.0,
            "agreements.sweep": 15.0,
            "payouts.sweep": 15.0,
            "links.sweep": 15.0,
            "links.queue_due": 60.0,
            "ledger.seal": 5.0,
        }.items()
    },
)
app.autodiscover_tasks()


@setup_logging.connect
def _keep_django_logging(**_: Any) -> None:
    """Django has configured logging already; Celery must not do it again."""
