"""Hand in words or terms, check them once, appeal, rule."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.quality import judging, queries
from campaigns.quality.errors import NotAReviewer, NothingToRule, OwnCase, ReasonMissing
from campaigns.quality.models import Appeal, QualityCheck, Ruling, Submission
from campaigns.quality.states import CheckStatus
from config.identity.models import User
from config.kernel import events

MOST_ATTEMPTS = 3
LOST_AFTER = timedelta(seconds=15)  # queued this long: the bell was not heard
DEAD_AFTER = timedelta(seconds=150)  # running this long: past the task's own time limit


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

    The judging itself holds no lock and no transaction. A rule that breaks is recorded as a
    failure after MOST_ATTEMPTS and left to crash, so that it is seen.
    """
    check = _start(check_id)
    if check is None:
        return QualityCheck.objects.get(pk=check_id)
    with ExitStack() as broken:
        broken.push(partial(_give_back, check_id))
        judged = judging.judge(check.submission)
        broken.pop_all()
    return _decide(check_id, judged)


@transaction.atomic
def appeal(*, submission_id: int, by: User, reason: str) -> Appeal:
    """Ask a reviewer to look at a decided check; once a person. Raises ReasonMissing."""
    submission = _locked(submission_id)
    known = submission.appeals.filter(by=by).first()
    if known:
        return known
    if not reason.strip():
        raise ReasonMissing
    if queries.standing(submission_id).status not in {CheckStatus.REVIEW, CheckStatus.REJECTED}:
        raise NothingToRule
    made = Appeal.objects.create(
        submission=submission, by=by, reason=reason.strip(), appealed_at=timezone.now()
    )
    events.record("quality.appealed", subject=submission, by=by, appeal=made.pk)
    return made


@transaction.atomic
def rule(
    *,
    submission_id: int,
    by: User,
    decision: str,
    reason: str,
    excluded_ids: Collection[int] = (),
) -> Ruling:
    """Decide on an open review or appeal, with a reason; it stands above the check.

    excluded_ids: users who may not decide (members of the campaign's organisations).
    Raises NotAReviewer, OwnCase, ReasonMissing, NothingToRule.
    """
    submission = _locked(submission_id)
    if not by.is_reviewer:
        raise NotAReviewer
    known = submission.rulings.filter(by=by, decision=decision).last()
    if known:
        return known
    decided = set(submission.rulings.values_list("by_id", flat=True))
    if by.pk in {submission.author_id, *excluded_ids, *decided}:
        raise OwnCase
    if not reason.strip():
        raise ReasonMissing
    open_appeal = submission.appeals.exists()
    if not open_appeal and queries.standing(submission_id).status != CheckStatus.REVIEW:
        raise NothingToRule
    ruling = Ruling.objects.create(
        submission=submission,
        by=by,
        decision=decision,
        reason=reason.strip(),
        ruled_at=timezone.now(),
    )
    events.record(
        "quality.decided", subject=submission, by=by, ruling=ruling.pk, status=ruling.decision
    )
    return ruling


def lost_checks() -> list[int]:
    """Checks whose bell was not heard, and those whose worker died: given back to the queue."""
    now = timezone.now()
    with transaction.atomic():
        dead = QualityCheck.objects.select_for_update(skip_locked=True).filter(
            status=CheckStatus.RUNNING, started_at__lt=now - DEAD_AFTER
        )
        for check in dead:
            _queue_or_fail(check, "the worker stopped while it ran")
    lost = QualityCheck.objects.filter(
        status=CheckStatus.QUEUED, queued_at__lt=now - LOST_AFTER
    ).order_by("pk")
    return list(lost.values_list("pk", flat=True)[:1000])


@transaction.atomic
def _start(check_id: int) -> QualityCheck | None:
    check = QualityCheck.objects.select_for_update().get(pk=check_id)
    if check.status != CheckStatus.QUEUED:
        return None
    check.move_to(CheckStatus.RUNNING)
    check.started_at = timezone.now()
    check.attempts += 1
    check.save(update_fields=["status", "started_at", "attempts"])
    return check


@transaction.atomic
def _decide(check_id: int, judged: judging.Judged) -> QualityCheck:
    check = QualityCheck.objects.select_for_update().get(pk=check_id)
    if check.status != CheckStatus.RUNNING:
        return check  # another worker took it over and has decided
    check.move_to(judged.status)
    check.findings, check.rule_set = judged.findings, judged.rule_set
    check.finished_at = timezone.now()
    check.save(update_fields=["status", "findings", "rule_set", "finished_at"])
    events.record(
        "quality.decided",
        subject=check.submission,
        by=None,
        check=check.pk,
        status=check.status,
        rules=[finding["rule"] for finding in check.findings],
    )
    return check


@transaction.atomic
def _give_back(check_id: int, kind: type[BaseException] | None, *_: object) -> None:
    """Another try, or the end; what broke goes on to crash the task, so that it is seen."""
    check = QualityCheck.objects.select_for_update().get(pk=check_id)
    if check.status == CheckStatus.RUNNING:
        _queue_or_fail(check, kind.__name__ if kind else "")


def _queue_or_fail(check: QualityCheck, why: str) -> None:
    """Under the caller's lock: another try, or the end with its reason."""
    if check.attempts < MOST_ATTEMPTS:
        check.move_to(CheckStatus.QUEUED)
        check.queued_at = timezone.now()
    else:
        check.move_to(CheckStatus.FAILED)
        check.failure, check.finished_at = why[:200], timezone.now()
    check.save(update_fields=["status", "queued_at", "failure", "finished_at"])


def _locked(submission_id: int) -> Submission:
    """The submission, under the lock of its checks: it is append-only and takes none itself."""
    list(QualityCheck.objects.select_for_update().filter(submission=submission_id).order_by("pk"))
    return Submission.objects.get(pk=submission_id)
