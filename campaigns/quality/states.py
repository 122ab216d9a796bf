"""A check's way, and what it can decide."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from config.kernel.moves import Moves


class CheckStatus(TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Under way")
    ACCEPTED = "accepted", _("Accepted")
    REVIEW = "review", _("With a reviewer")
    REJECTED = "rejected", _("Rejected")
    FAILED = "failed", _("Broken off")


DECIDED = frozenset({CheckStatus.ACCEPTED, CheckStatus.REVIEW, CheckStatus.REJECTED})

CHECK_MOVES: Moves = {
    CheckStatus.QUEUED: {CheckStatus.RUNNING},
    CheckStatus.RUNNING: {
        CheckStatus.QUEUED,  # it broke, or its worker was lost, and it is tried again
        CheckStatus.ACCEPTED,
        CheckStatus.REVIEW,
        CheckStatus.REJECTED,
        CheckStatus.FAILED,
    },
    CheckStatus.FAILED: {CheckStatus.QUEUED},  # somebody asks for another try
    CheckStatus.ACCEPTED: set(),
    CheckStatus.REVIEW: set(),
    CheckStatus.REJECTED: set(),
}


class Compared(TextChoices):
    """What a check by newer rules found, beside what stands."""

    WORSE = "worse", _("Worse than what stands")
    SAME = "same", _("As what stands")
    BETTER = "better", _("Better than what stands")


SEVERITY = (CheckStatus.ACCEPTED, CheckStatus.REVIEW, CheckStatus.REJECTED)  # mildest first


def compare(
    stands: str, ruled_on: frozenset[str] | None, status: str, families: frozenset[str]
) -> Compared:
    """How `status`, found by newer rules for `families`, compares with what stands.

    ruled_on: the families a person had before them when they ruled; None where nobody ruled. What a
    person has read and let pass is not worse for being found again.
    """
    apart = SEVERITY.index(CheckStatus(status)) - SEVERITY.index(CheckStatus(stands))
    if apart > 0 and ruled_on is not None and families <= ruled_on:
        return Compared.SAME
    return Compared.WORSE if apart > 0 else Compared.BETTER if apart < 0 else Compared.SAME


class Kind(TextChoices):
    BRIEF = "brief", _("Brief")
    MECHANIC = "mechanic", _("Mechanic")
    TERMS = "terms", _("Terms")
    POST = "post", _("Post")
    COMMENT = "comment", _("Comment")
    LINK = "link", _("Link")
    CLICKS = "clicks", _("Clicks")
    SERIES = "series", _("Series")
    VOTES = "votes", _("Votes")
