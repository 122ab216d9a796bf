"""What is checked, each check of it, appeals and rulings. Upper rooms point to a Submission."""

from typing import ClassVar

import pgtrigger
from django.db import models

from campaigns.quality.states import CHECK_MOVES, DECIDED, CheckStatus, Kind
from config.kernel.models import AppendOnly
from config.kernel.moves import Moves, Moving, pairs


class Submission(AppendOnly):
    """Words or terms handed in for checking; they never change. author_id: identity.User."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    language = models.CharField(max_length=5)
    words = models.TextField(blank=True)
    terms = models.JSONField(default=list)
    floor_hourly_minor = models.BigIntegerField(null=True)
    author_id = models.BigIntegerField()
    submitted_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="submission_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def stream(self) -> str:
        return f"submission/{self.pk}"


class QualityCheck(Moving, models.Model):
    """One check of a submission by one rule set. A row first; Celery is only told about it."""

    MOVES: ClassVar[Moves] = CHECK_MOVES

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="checks")
    rule_set = models.CharField(max_length=40, blank=True)
    status = models.CharField(
        max_length=10, choices=CheckStatus.choices, default=CheckStatus.QUEUED
    )
    findings = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["queued_at"],
                name="check_open",
                condition=models.Q(status__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(DECIDED), finished_at__isnull=False)
                & ~models.Q(rule_set="")
                | ~models.Q(status__in=sorted(DECIDED)),
                name="check_decided_is_dated_and_says_its_rules",
            ),
            models.CheckConstraint(
                condition=models.Q(status="failed") & ~models.Q(failure="")
                | ~models.Q(status="failed"),
                name="check_failed_says_why",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="check_status_moves", field="status", transitions=pairs(CHECK_MOVES))
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.status}"


class Appeal(AppendOnly):
    """Somebody asks a person to look at what the check decided."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="appeals")
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    reason = models.TextField()
    appealed_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.submission_id)


class Ruling(AppendOnly):
    """A reviewer's decision with its reason: it stands above every check."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="rulings")
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    decision = models.CharField(
        max_length=10,
        choices=[
            (CheckStatus.ACCEPTED.value, CheckStatus.ACCEPTED.label),
            (CheckStatus.REJECTED.value, CheckStatus.REJECTED.label),
        ],
    )
    reason = models.TextField()
    ruled_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__in=["accepted", "rejected"]),
                name="ruling_accepts_or_rejects",
            ),
            models.CheckConstraint(condition=models.Q(reason__regex=r"\S"), name="ruling_says_why"),
            models.UniqueConstraint(fields=["submission", "by"], name="ruling_once_a_reviewer"),
        ]

    def __str__(self) -> str:
        return self.decision
