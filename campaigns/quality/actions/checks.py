"""Hand in words or terms, and check them: decided once, whatever stops on the way."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.quality import claims, judging, queries
from campaigns.quality.errors import NothingToRetry
from campaigns.quality.models import QualityCheck, Submission
from campaigns.quality.states import DECIDED, CheckStatus, compare
from config.identity.models import User
from config.kernel import events

MOST_BREAKS = 3  # a rule that breaks this often will break again
MOST_LOSSES = 20  # so many workers don't stop by chance
MOST_AT_ONCE = 1000
LOST_AFTER = timedelta(seconds=settings.SWEEP_SECONDS)  # queued this long: the bell was not heard
TOOK_TOO_LONG, WORKER_LOST = "TookTooLong", "WorkerLost"


@transaction.atomic
def submit(
    *,
    kind: str,
    language: str,
    author_id: int,
    words: str = "",
    terms: Sequence[Mapping[str, Any]] = (),
    floor_hourly_minor: int | None = None,
) -> Submission:
    """Hand in words or terms; a check is queued in the same transaction."""
    now = timezone.now()
    submission = Submission.objects.create(
        kind=kind,
        language=language,
        words=words,
        terms=[dict(term) for term in terms],
        floor_hourly_minor=floor_hourly_minor,
        author_id=author_id,
        submitted_at=now,
    )
    check = QualityCheck.objects.create(submission=submission, queued_at=now)
    events.record("quality.check_queued", subject=submission, by=None, check=check.pk)
    return submission


def run_check(*, check_id: int) -> QualityCheck:
    """Judge a queued check and record what was found. Run twice, it decides once.

    The judging itself holds no row's lock and no transaction, only the claim. A rule that breaks is
    left to crash, so that it is seen, and after MOST_BREAKS tries recorded as a failure; one that
    takes too long is one at once.
    """
    with claims.claimed(check_id) as is_ours:
        check = _start(check_id) if is_ours else None
        if check is None:
            return QualityCheck.objects.get(pk=check_id)
        with ExitStack() as broken:
            broken.push(partial(_give_back, check_id))
            judged = judging.judge(check.submission)
            broken.pop_all()
        return _decide(check_id, judged)


@transaction.atomic
def retry(*, submission_id: int, by: User) -> QualityCheck:
    """Queue a check that broke off once more; while it is under way, once more is the same.

    Raises NothingToRetry.
    """
    submission = queries.locked(submission_id)
    check = submission.checks.filter(recheck=None).last()
    if check is None or check.status in DECIDED:
        raise NothingToRetry
    if check.status != CheckStatus.FAILED:
        return check
    check.move_to(CheckStatus.QUEUED)
    check.breaks = check.losses = 0
    check.failure, check.finished_at = "", None
    check.queued_at = timezone.now()
    check.save(update_fields=["status", "breaks", "losses", "failure", "finished_at", "queued_at"])
    events.record("quality.check_queued", subject=submission, by=by, check=check.pk)
    return check


def lost_checks() -> list[int]:
    """Checks whose bell is to be rung anew: their worker stopped, or the bell was not heard."""
    running = QualityCheck.objects.filter(status=CheckStatus.RUNNING).order_by("pk")
    back = [pk for pk in running.values_list("pk", flat=True) if _given_back(pk)]
    return back + _unheard()


@transaction.atomic
def _unheard() -> list[int]:
    """Queued for long, while later bells are answered or none is: a long queue alone is no loss."""
    now = timezone.now()
    lately = QualityCheck.objects.filter(started_at__gte=now - LOST_AFTER)
    answered = lately.aggregate(newest=Max("queued_at"))["newest"] or now
    due = QualityCheck.objects.filter(
        status=CheckStatus.QUEUED, queued_at__lt=min(answered, now - LOST_AFTER)
    )
    rows = due.select_for_update(skip_locked=True).order_by("queued_at", "pk")[:MOST_AT_ONCE]
    found = [check.pk for check in rows]
    QualityCheck.objects.filter(pk__in=found).update(queued_at=now)
    return found


@transaction.atomic
def _given_back(check_id: int) -> bool:
    """Whether nobody was at work on it any more, so that it is queued again."""
    check = QualityCheck.objects.select_for_update().get(pk=check_id)
    if check.status != CheckStatus.RUNNING or not claims.is_free(check_id):
        return False
    _lose(check)
    return check.status == CheckStatus.QUEUED


@transaction.atomic
def _start(check_id: int) -> QualityCheck | None:
    """The check, running, if it is to be run. Called under its claim."""
    check = QualityCheck.objects.select_for_update().get(pk=check_id)
    if check.status == CheckStatus.RUNNING:
        _lose(check)  # the claim was free: whoever ran it before has stopped
    if check.status != CheckStatus.QUEUED:
        return None
    check.move_to(CheckStatus.RUNNING)
    check.started_at = timezone.now()
    check.save(update_fields=["status", "started_at"])
    return check


@transaction.atomic
def _decide(check_id: int, judged: judging.Judged) -> QualityCheck:
    check = QualityCheck.objects.select_for_update().get(pk=check_id)
    if check.status != CheckStatus.RUNNING:
        return check  # the claim was lost with the connection, and another worker took over
    check.move_to(judged.status)
    check.findings, check.rule_set = judged.findings, judged.rule_set
    check.finished_at = timezone.now()
    check.compared = _compared(check) if check.recheck_id else ""
    check.save(update_fields=["status", "findings", "rule_set", "finished_at", "compared"])
    facts: dict[str, Any] = {
        "check": check.pk,
        "status": check.status,
        "rules": [finding["rule"] for finding in check.findings],
    }
    if check.recheck_id:
        events.record(
            "quality.rechecked",
            subject=check.submission,
            by=None,
            compared=check.compared,
            **facts,
        )
    else:
        events.record("quality.decided", subject=check.submission, by=None, **facts)
    return check


def _compared(check: QualityCheck) -> str:
    stands = queries.standing(check.submission_id)
    if stands.status not in DECIDED:
        return ""
    known = stands.families if stands.ruling_reason else None
    return compare(stands.status, known, check.status, queries.families_of(check.findings))


@transaction.atomic
def _give_back(check_id: int, kind: type[BaseException] | None, *_: object) -> None:
    """Another try, or the end; what broke goes on to crash the task, so that it is seen."""
    check = QualityCheck.objects.select_for_update().get(pk=check_id)
    if check.status != CheckStatus.RUNNING:
        return
    check.breaks += 1
    if kind and issubclass(kind, SoftTimeLimitExceeded):
        _fail(check, TOOK_TOO_LONG)
    elif check.breaks >= MOST_BREAKS:
        _fail(check, kind.__name__ if kind else "")
    else:
        _queue(check)


def _lose(check: QualityCheck) -> None:
    """Under the caller's lock: its worker stopped, which says nothing of the text by itself."""
    check.losses += 1
    if check.losses >= MOST_LOSSES:
        _fail(check, WORKER_LOST)
    else:
        _queue(check)


def _queue(check: QualityCheck) -> None:
    check.move_to(CheckStatus.QUEUED)
    check.queued_at = timezone.now()
    check.save(update_fields=["status", "queued_at", "breaks", "losses"])


def _fail(check: QualityCheck, why: str) -> None:
    check.move_to(CheckStatus.FAILED)
    check.failure, check.finished_at = why[:200], timezone.now()
    check.save(update_fields=["status", "failure", "finished_at", "breaks", "losses"])
    events.record(
        "quality.broke_off",
        subject=check.submission,
        by=None,
        check=check.pk,
        failure=check.failure,
    )
