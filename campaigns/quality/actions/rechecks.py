"""Check again by newer rules. Nothing that stands changes by it."""

from collections.abc import Callable, Collection

from django.db import connection, transaction
from django.utils import timezone

from campaigns.quality import judging
from campaigns.quality.models import QualityCheck, Recheck
from campaigns.quality.states import CheckStatus
from config.identity.models import User
from config.kernel import events


@transaction.atomic
def start_recheck(
    *, submission_ids: Callable[[], Collection[int]], by: User | None = None
) -> Recheck:
    """Queue a check of each submission by the installed rules, as one run.

    Once a rule set, unless a person asks again after the run has finished and something is left;
    else the last run of these rules. submission_ids: asked only where a run may begin.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('quality.recheck', 0))")
    last = Recheck.objects.filter(rule_set=judging.RULE_SET).last()
    if last and not (by and last.finished_at):
        return last
    found = set(submission_ids())
    if last and not found:
        return last
    now = timezone.now()
    run = Recheck.objects.create(
        rule_set=judging.RULE_SET, total=len(found), started_by=by, started_at=now
    )
    QualityCheck.objects.bulk_create(
        QualityCheck(submission_id=each, recheck=run, queued_at=now) for each in sorted(found)
    )
    events.record("quality.recheck_started", subject=run, by=by, total=run.total)
    return run


def finish_rechecks() -> int:
    """Date the runs that have nothing left to check; returns how many there were."""
    finished = 0
    for run in Recheck.objects.filter(finished_at=None):
        finished += _finish(run.pk)
    return finished


@transaction.atomic
def _finish(pk: int) -> bool:
    run = Recheck.objects.select_for_update().get(pk=pk)
    left = run.checks.filter(status__in=[CheckStatus.QUEUED, CheckStatus.RUNNING])
    if run.finished_at or left.exists():
        return False
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    events.record("quality.recheck_finished", subject=run, by=None)
    return True
