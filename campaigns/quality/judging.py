"""One door to the engines: a submission in, what was decided and why out. No database."""

from dataclasses import dataclass
from typing import Any

from campaigns.quality import terms, text
from campaigns.quality.models import Submission
from campaigns.quality.states import CheckStatus, Kind
from campaigns.quality.values import Finding, worst

VERDICTS = {
    "accept": CheckStatus.ACCEPTED,
    "review": CheckStatus.REVIEW,
    "reject": CheckStatus.REJECTED,
}


@dataclass(frozen=True)
class Judged:
    """status: accepted, review or rejected; findings: JSON rows, worst first."""

    status: CheckStatus
    findings: list[dict[str, Any]]
    rule_set: str


def judge(submission: Submission) -> Judged:
    """What the rules say of a submission's words and terms."""
    found: list[Finding] = []
    if submission.words.strip():
        judged = text.judge(submission.words, kind=submission.kind, lang=submission.language)
        found += judged.findings
    rows: list[dict[str, Any]] = [finding.as_dict() for finding in found]
    verdict = worst(found)
    if submission.kind == Kind.TERMS:
        paid = terms.judge(
            submission.terms,
            floor_hourly_minor=submission.floor_hourly_minor,
            reader=submission.language,
        )
        rows += paid.rows()
        verdict = max(verdict, paid.verdict, key=list(VERDICTS).index)
    return Judged(VERDICTS[verdict], rows, text.RULE_SET)
