"""One door to the engines: a submission in, what was decided and why out. No database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from campaigns.quality import reading, terms, text
from campaigns.quality.crowds import comments, handed_in
from campaigns.quality.models import Submission
from campaigns.quality.states import CheckStatus, Kind
from campaigns.quality.values import Finding, verdict_of

RULE_SET = text.RULE_SET
VERDICTS = {
    "accept": CheckStatus.ACCEPTED,
    "review": CheckStatus.REVIEW,
    "reject": CheckStatus.REJECTED,
}


@dataclass(frozen=True)
class Judged:
    """status: accepted, review or rejected; findings: JSON rows, as each engine gives them."""

    status: CheckStatus
    findings: list[dict[str, Any]]
    rule_set: str


def judge(submission: Submission) -> Judged:
    """What the rules say of a submission's words and terms, of its comments, days, votes."""
    rows: list[dict[str, Any]]
    if submission.kind == Kind.CLICKS:
        rows = []  # judged in the room of links, with what is known of the posts they came from
    elif submission.kind == Kind.SERIES:
        rows = [each.as_row(submission.language) for each in handed_in.of_series(submission.words)]
    elif submission.kind == Kind.VOTES:
        rows = [each.as_row(submission.language) for each in handed_in.of_votes(submission.words)]
    elif submission.kind == Kind.COMMENT and comments.is_list(submission.words):
        rows = list(_in_comments(submission))
    else:
        rows = [each.as_dict() for each in _in_words(submission, submission.words)]
    if submission.kind == Kind.TERMS:
        paid = terms.judge(
            submission.terms,
            floor_hourly_minor=submission.floor_hourly_minor,
            reader=submission.language,
            commission=settings.ALLOW_COMMISSION,
        )
        rows += paid.rows()
    return Judged(VERDICTS[verdict_of(row["severity"] for row in rows)], rows, RULE_SET)


def _in_words(submission: Submission, words: str) -> tuple[Finding, ...]:
    if not words.strip():
        return ()
    return reading.judge(words, kind=submission.kind, lang=submission.language).findings


def _in_comments(submission: Submission) -> Iterator[dict[str, Any]]:
    """Of each comment's own words, then of groups of them; `members` counts comments from 0."""
    for number, comment in enumerate(comments.read(submission.words)):
        start, end = comment.span
        whole = submission.words[start:end]
        for found in _in_words(submission, comment.text):
            if whole == comment.text:
                placed = replace(found, start=start + found.start, end=start + found.end)
            else:  # the line writes its words another way: the whole line is quoted
                placed = replace(found, start=start, end=end, quote=whole)
            yield {**placed.as_dict(), "members": [number]}
    for group in handed_in.of_comments(submission.words):
        yield group.as_row(submission.language)
