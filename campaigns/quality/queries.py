"""What stands of a submission: its last ruling, else its newest finished check.

Checks by newer rules (`recheck`) never stand: they tell a reviewer what those rules would find.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from campaigns.quality.models import (
    Appeal,
    PoliticalNotice,
    QualityCheck,
    Recheck,
    Ruling,
    Submission,
)
from campaigns.quality.states import DECIDED, CheckStatus, Compared

POLITICAL = "content.political_review"


@dataclass(frozen=True)
class Standing:
    """status: a CheckStatus value; findings: as text.Finding.as_dict(), of the newest check that
    stands or that a reviewer ruled on; families: of all of these.

    appealed: somebody asked for a person, and nobody has ruled since; appealed_by: everybody who
    ever did, as ids of users. failure: why the check broke
    off, as a code; "" where it did not.
    """

    submission_id: int
    status: str
    findings: list[dict[str, Any]] = field(default_factory=list)
    families: frozenset[str] = frozenset()
    rule_set: str = ""
    decided_at: datetime | None = None
    ruling_reason: str = ""
    appealed: bool = False
    appealed_by: frozenset[int] = frozenset()
    failure: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.status == CheckStatus.ACCEPTED

    @property
    def is_political(self) -> bool:
        return POLITICAL in self.families

    def may_be_appealed_by(self, user_id: int) -> bool:
        """Whether an appeal of this party would ask for a person: once each, while none is asked
        already."""
        refused = self.status in {CheckStatus.REVIEW, CheckStatus.REJECTED}
        return refused and not self.appealed and user_id not in self.appealed_by


@dataclass(frozen=True)
class Progress:
    """How far a run of newer rules has come. failed: of those done, the ones that broke off."""

    run: Recheck
    done: int
    worse: int
    better: int
    failed: int

    @property
    def is_over(self) -> bool:
        return self.done >= self.run.total


def standing(submission_id: int) -> Standing:
    return standings([submission_id])[submission_id]


def standings(submission_ids: Iterable[int]) -> dict[int, Standing]:
    """The standing of each submission, in three queries."""
    ids = set(submission_ids)
    ruled = Exists(Ruling.objects.filter(submission=OuterRef("submission")))
    needed = Q(recheck=None) | Q(ruled, status__in=DECIDED)
    checks, rulings, appeals = defaultdict(list), defaultdict(list), defaultdict(list)
    for check in QualityCheck.objects.filter(needed, submission__in=ids).order_by("pk"):
        checks[check.submission_id].append(check)
    for ruling in Ruling.objects.filter(submission__in=ids).order_by("pk"):
        rulings[ruling.submission_id].append(ruling)
    for appeal in Appeal.objects.filter(submission__in=ids).order_by("pk"):
        appeals[appeal.submission_id].append(appeal)
    return {each: _standing(each, checks[each], rulings[each], appeals[each]) for each in ids}


def families_of(findings: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(finding["family"]) for finding in findings)


def locked(submission_id: int) -> Submission:
    """The submission, under the lock of its checks: it is append-only and takes none itself."""
    list(QualityCheck.objects.select_for_update().filter(submission=submission_id).order_by("pk"))
    return Submission.objects.get(pk=submission_id)


def waiting_for_a_reviewer() -> QuerySet[Submission]:
    """Submissions in review, appealed, or found worse by the newest rules that read them, that
    nobody has ruled on since; oldest first."""
    mine = {"submission": OuterRef("pk")}
    ruled = Ruling.objects.filter(**mine)
    last = Subquery(ruled.order_by("-pk").values("ruled_at")[:1])
    first_hand = QualityCheck.objects.filter(**mine, recheck=None, status__in=DECIDED)
    stands = Subquery(first_hand.order_by("-pk").values("status")[:1])
    appeals = Appeal.objects.filter(**mine)
    newest = QualityCheck.objects.filter(**mine, recheck__isnull=False, status__in=DECIDED)
    newest = newest.order_by("-pk")
    unruled, worse = Q(last_ruled=None), Q(compared=Compared.WORSE)
    return (
        Submission.objects.annotate(
            last_ruled=last,
            stands=stands,
            compared=Subquery(newest.values("compared")[:1]),
            compared_at=Subquery(newest.values("finished_at")[:1]),
        )
        .filter(
            unruled & (Q(stands=CheckStatus.REVIEW) | Exists(appeals) | worse)
            | Exists(appeals.filter(appealed_at__gt=OuterRef("last_ruled")))
            | worse & Q(compared_at__gt=F("last_ruled"))
        )
        .order_by("pk")
    )


def is_open(submission_id: int) -> bool:
    """Whether a reviewer is asked to decide on it."""
    return waiting_for_a_reviewer().filter(pk=submission_id).exists()


def worse_find(submission_id: int) -> QualityCheck | None:
    """What the newest rules that read it found worse than what stands, where nobody has ruled on
    it since."""
    rechecks = QualityCheck.objects.filter(submission=submission_id, recheck__isnull=False)
    found = rechecks.filter(status__in=DECIDED).last()
    if found is None or found.compared != Compared.WORSE:
        return None
    rulings = Ruling.objects.filter(submission=submission_id, ruled_at__gte=found.finished_at)
    return None if rulings.exists() else found


def is_political(submission_id: int) -> bool:
    """Whether accepting it takes a notice: the check, or newer rules since, found it political."""
    newer = worse_find(submission_id)
    families = standing(submission_id).families | families_of(newer.findings if newer else ())
    return POLITICAL in families


def notices_of(submission_ids: Iterable[int]) -> QuerySet[PoliticalNotice]:
    """The notices recorded with what was accepted of these, oldest first."""
    return PoliticalNotice.objects.filter(submission__in=set(submission_ids)).order_by("pk")


def lacking_notice(known: Mapping[int, Standing]) -> set[int]:
    """The submissions of these that were found political and have no notice. One query."""
    found = {pk for pk, stands in known.items() if stands.is_political}
    return found - set(notices_of(found).values_list("submission_id", flat=True))


def rechecked_by(rule_set: str, submission_ids: Iterable[int]) -> set[int]:
    """Those of them whose newest decided check, of either kind, is by this rule set."""
    newest = (
        QualityCheck.objects.filter(submission__in=set(submission_ids), status__in=DECIDED)
        .order_by("submission_id", "-pk")
        .distinct("submission_id")
        .values_list("submission_id", "rule_set")
    )
    return {pk for pk, by in newest if by == rule_set}


def decided_first_hand(submission_ids: Iterable[int]) -> set[int]:
    """Those of them that a check of their own has decided, so that something stands."""
    found = QualityCheck.objects.filter(
        submission__in=set(submission_ids), recheck=None, status__in=DECIDED
    )
    return set(found.values_list("submission_id", flat=True))


def progress() -> list[Progress]:
    """The ten newest runs of newer rules, newest first."""
    newest = Recheck.objects.order_by("-pk").values_list("pk", flat=True)[:10]
    return _progress(list(newest))


def progress_of(run: Recheck) -> Progress:
    return _progress([run.pk])[0]


def _progress(run_ids: list[int]) -> list[Progress]:
    status = "checks__status"
    over = Q(**{f"{status}__in": [*DECIDED, CheckStatus.FAILED]})
    runs = Recheck.objects.filter(pk__in=run_ids).annotate(
        done=Count("checks", filter=over),
        worse=Count("checks", filter=Q(checks__compared=Compared.WORSE)),
        better=Count("checks", filter=Q(checks__compared=Compared.BETTER)),
        failed=Count("checks", filter=Q(**{status: CheckStatus.FAILED})),
    )
    return [
        Progress(run, run.done, run.worse, run.better, run.failed) for run in runs.order_by("-pk")
    ]


def _standing(
    submission_id: int,
    checks: list[QualityCheck],
    rulings: list[Ruling],
    appeals: list[Appeal],
) -> Standing:
    """All of them oldest first."""
    ruling = rulings[-1] if rulings else None
    first_hand = [check for check in checks if not check.recheck_id]
    check = ([each for each in first_hand if each.status in DECIDED] or first_hand)[-1]
    rechecks = [check for check in checks if check.recheck_id]
    seen = [check, *(worse for each in rulings if (worse := _ruled_on(each, rechecks)))]
    return Standing(
        submission_id=submission_id,
        status=ruling.decision if ruling else check.status,
        findings=seen[-1].findings,
        families=frozenset().union(*(families_of(each.findings) for each in seen)),
        rule_set=seen[-1].rule_set,
        decided_at=ruling.ruled_at if ruling else check.finished_at,
        ruling_reason=ruling.reason if ruling else "",
        appealed=any(ruling is None or each.appealed_at > ruling.ruled_at for each in appeals),
        appealed_by=frozenset(each.by_id for each in appeals),
        failure=check.failure if check.status == CheckStatus.FAILED else "",
    )


def _ruled_on(ruling: Ruling, rechecks: list[QualityCheck]) -> QualityCheck | None:
    """The worse find of newer rules that the reviewer had before them. Reviewers rule on the newest
    recheck alone, so what an older one found does not count."""
    before = [each for each in rechecks if each.finished_at and each.finished_at <= ruling.ruled_at]
    return before[-1] if before and before[-1].compared == Compared.WORSE else None
