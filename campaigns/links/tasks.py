"""Judging by the worker: on being queued, when something changed, and in the sweeps."""

from celery import shared_task

from campaigns.links import actions
from campaigns.quality.models import Submission
from campaigns.quality.states import Kind
from config.kernel.models import Event


@shared_task(name="links.run_judging", autoretry_for=(OSError,), retry_backoff=True, max_retries=3)
def run_judging(judging_id: int) -> None:
    actions.run_judging(judging_id=judging_id)


@shared_task(name="links.queue_material")
def queue_material(submission_id: int) -> None:
    actions.queue_material(submission_id=submission_id)


@shared_task(name="links.queue_after_check")
def queue_after_check(submission_id: int) -> None:
    actions.queue_after_check(submission_id=submission_id)


@shared_task(name="links.sweep")
def sweep() -> int:
    """Ring again for every judging whose bell was lost."""
    lost = actions.lost_judgings()
    for judging_id in lost:
        run_judging.delay(judging_id)
    return len(lost)


@shared_task(name="links.queue_due")
def queue_due() -> int:
    """Queue the judgings that new clicks make due."""
    return actions.queue_due_judgings()


def on_queued(event_id: int) -> None:
    run_judging.delay(Event.objects.get(pk=event_id).facts["judging"])


def on_material(event_id: int) -> None:
    submission_id = Event.objects.get(pk=event_id).facts["submission"]
    if Submission.objects.filter(pk=submission_id, kind=Kind.CLICKS).exists():
        queue_material.delay(submission_id)


def on_decided(event_id: int) -> None:
    submission_id = Event.objects.get(pk=event_id).subject_id
    if Submission.objects.filter(pk=submission_id, kind=Kind.POST).exists():
        queue_after_check.delay(submission_id)
