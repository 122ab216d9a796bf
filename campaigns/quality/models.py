"""What is checked, each check of it, appeals and rulings. Upper rooms point to a Submission."""

from typing import ClassVar

import pgtrigger
from django.db import models

from campaigns.quality.states import CHECK_MOVES, DECIDED, CheckStatus, Compared, Kind
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


class Recheck(models.Model):
    """Submissions checked again by newer rules. What stands of them stays until a person rules."""

    rule_set = models.CharField(max_length=40)
    total = models.PositiveIntegerField()
    started_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.rule_set

    @property
    def stream(self) -> str:
        return f"recheck/{self.pk}"


class QualityCheck(Moving, models.Model):
    """One check of a submission by one rule set. A row first; Celery is only told about it.

    queued_at: when its bell was last rung. breaks: tries that a rule broke off; losses: tries whose
    worker stopped. recheck: the run of newer rules it belongs to, so that it never stands;
    compared: what it found beside what stands.
    """

    MOVES: ClassVar[Moves] = CHECK_MOVES

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="checks")
    rule_set = models.CharField(max_length=40, blank=True)
    status = models.CharField(
        max_length=10, choices=CheckStatus.choices, default=CheckStatus.QUEUED
    )
    findings = models.JSONField(default=list)
    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, null=True, related_name="checks")
    compared = models.CharField(max_length=6, choices=Compared.choices, blank=True)
    breaks = models.PositiveSmallIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
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
            ),
            models.Index(fields=["started_at"], name="check_started"),
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
            models.CheckConstraint(
                condition=models.Q(compared="")
                | models.Q(recheck__isnull=False, status__in=sorted(DECIDED)),
                name="check_is_compared_only_by_a_recheck",
            ),
            models.UniqueConstraint(
                fields=["recheck", "submission"],
                condition=models.Q(recheck__isnull=False),
                name="check_once_a_recheck",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="check_status_moves", field="status", transitions=pairs(CHECK_MOVES))
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.status}"


class Appeal(AppendOnly):
    """Somebody asks a person to look at what the check decided. reason: "" where none was given."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="appeals")
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT)
    reason = models.TextField(blank=True)
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


class PoliticalNotice(AppendOnly):
    """What a reviewer recorded with the political content they accepted.

    Regulation (EU) 2024/900, articles 11 and 12. silences: JSON rows of elections.Silence, the
    days on which nothing of it may be published.
    """

    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, related_name="notice")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="notices")
    sponsor = models.CharField(max_length=300)
    controlled_by = models.CharField(max_length=300, blank=True)
    election = models.CharField(max_length=300)
    voting_on = models.DateField(null=True)
    text = models.TextField()
    silences = models.JSONField(default=list)
    recorded_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sponsor__regex=r"\S")
                & models.Q(election__regex=r"\S")
                & models.Q(text__regex=r"\S"),
                name="political_notice_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.election
