"""What stands of a submission: its last ruling, else its newest finished check."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from campaigns.quality.models import Appeal, QualityCheck, Ruling, Submission
from campaigns.quality.states import DECIDED, CheckStatus


@dataclass(frozen=True)
class Standing:
    """status: a CheckStatus value; findings: as text.Finding.as_dict(), of the newest check."""

    submission_id: int
    status: str
    findings: list[dict[str, Any]] = field(default_factory=list)
    rule_set: str = ""
    decided_at: datetime | None = None
    ruling_reason: str = ""
    appealed: bool = False

    @property
    def is_accepted(self) -> bool:
        return self.status == CheckStatus.ACCEPTED


def standing(submission_id: int) -> Standing:
    return standings([submission_id])[submission_id]


def standings(submission_ids: Iterable[int]) -> dict[int, Standing]:
    """The standing of each submission, in three queries."""
    ids = set(submission_ids)
    checks: dict[int, QualityCheck] = {}
    for check in QualityCheck.objects.filter(submission__in=ids).order_by("pk"):
        known = checks.get(check.submission_id)
        if known is None or check.status in DECIDED or known.status not in DECIDED:
            checks[check.submission_id] = check
    rulings = {
        ruling.submission_id: ruling
        for ruling in Ruling.objects.filter(submission__in=ids).order_by("pk")
    }
    appealed = set(
        Appeal.objects.filter(submission__in=ids).values_list("submission_id", flat=True)
    )
    return {
        each: _standing(each, checks[each], rulings.get(each), each in appealed) for each in ids
    }


def waiting_for_a_reviewer() -> QuerySet[Submission]:
    """Submissions in review, or appealed, that nobody has ruled on; oldest first."""
    newest = QualityCheck.objects.filter(submission=OuterRef("pk"), status=CheckStatus.REVIEW)
    appeals = Appeal.objects.filter(submission=OuterRef("pk"))
    rulings = Ruling.objects.filter(submission=OuterRef("pk"))
    return (
        Submission.objects.filter(Exists(newest) | Exists(appeals))
        .exclude(Exists(rulings))
        .order_by("pk")
    )


def _standing(
    submission_id: int, check: QualityCheck, ruling: Ruling | None, appealed: bool
) -> Standing:
    return Standing(
        submission_id=submission_id,
        status=ruling.decision if ruling else check.status,
        findings=check.findings,
        rule_set=check.rule_set,
        decided_at=ruling.ruled_at if ruling else check.finished_at,
        ruling_reason=ruling.reason if ruling else "",
        appealed=appealed,
    )
