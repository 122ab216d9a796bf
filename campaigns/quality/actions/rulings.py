"""Appeals, and what a person decides on them."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from campaigns.quality import queries
from campaigns.quality.elections import NewNotice
from campaigns.quality.errors import (
    NotAReviewer,
    NothingToRule,
    NoticeMissing,
    OwnCase,
    ReasonMissing,
)
from campaigns.quality.models import Appeal, PoliticalNotice, Ruling, Submission
from campaigns.quality.states import CheckStatus
from config.identity.models import User
from config.kernel import events


@transaction.atomic
def appeal(*, submission_id: int, by: User, reason: str = "") -> Appeal:
    """Ask a reviewer to look at what was decided; once a person, and no reason is asked for.

    Raises NothingToRule.
    """
    submission = queries.locked(submission_id)
    known = submission.appeals.filter(by=by).first()
    if known:
        return known
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
    notice: NewNotice | None = None,
) -> Ruling:
    """Decide on an open review, appeal or worse find of newer rules; it stands above the check.

    excluded_ids: users who may not decide (members of the campaign's organisations). notice: asked
    for where what is accepted is political.
    Raises NotAReviewer, OwnCase, ReasonMissing, NothingToRule, NoticeMissing.
    """
    submission = queries.locked(submission_id)
    if not by.is_reviewer:
        raise NotAReviewer
    is_open = queries.is_open(submission_id)
    known = submission.rulings.filter(by=by, decision=decision).last()
    if known and not is_open:
        return known
    decided = set(submission.rulings.values_list("by_id", flat=True))
    if by.pk in {submission.author_id, *excluded_ids, *decided}:
        raise OwnCase
    if not reason.strip():
        raise ReasonMissing
    if not is_open:
        raise NothingToRule
    needs_notice = decision == CheckStatus.ACCEPTED and queries.is_political(submission_id)
    if needs_notice and notice is None:
        raise NoticeMissing
    ruling = Ruling.objects.create(
        submission=submission,
        by=by,
        decision=decision,
        reason=reason.strip(),
        ruled_at=timezone.now(),
    )
    if needs_notice and notice is not None:
        _record(ruling, submission, notice)
    events.record(
        "quality.decided", subject=submission, by=by, ruling=ruling.pk, status=ruling.decision
    )
    return ruling


def _record(ruling: Ruling, submission: Submission, notice: NewNotice) -> None:
    PoliticalNotice.objects.create(
        ruling=ruling,
        submission=submission,
        sponsor=notice.sponsor.strip(),
        controlled_by=notice.controlled_by.strip(),
        election=notice.election.strip(),
        voting_on=notice.voting_on,
        text=notice.text.strip(),
        silences=[silence.as_json() for silence in notice.silences],
        recorded_at=ruling.ruled_at,
    )
