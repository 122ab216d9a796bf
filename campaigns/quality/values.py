"""What a check answers: findings, each with its reason, and the verdict they come to."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

LANGUAGES = ("en", "it", "fr")  # those a reader can have the reasons in
Severity = Literal["reject", "review"]
Verdict = Literal["accept", "review", "reject"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule found in one place. `text[start:end] == quote`, half-open, in code points."""

    rule: str
    family: str
    severity: Severity
    start: int
    end: int
    quote: str
    why: str
    alternative: str
    source: str
    redress: str

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


def worst(findings: Iterable[Finding]) -> Verdict:
    return verdict_of(finding.severity for finding in findings)


def verdict_of(severities: Iterable[Severity]) -> Verdict:
    """What findings of these severities come to."""
    known = set(severities)
    if "reject" in known:
        return "reject"
    return "review" if known else "accept"
