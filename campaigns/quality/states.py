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
FINISHED = DECIDED | {CheckStatus.FAILED}

CHECK_MOVES: Moves = {
    CheckStatus.QUEUED: {CheckStatus.RUNNING},
    CheckStatus.RUNNING: {
        CheckStatus.QUEUED,  # it broke and is tried again
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


class Kind(TextChoices):
    BRIEF = "brief", _("Brief")
    MECHANIC = "mechanic", _("Mechanic")
    TERMS = "terms", _("Terms")
    POST = "post", _("Post")
    COMMENT = "comment", _("Comment")
    LINK = "link", _("Link")
    CLICKS = "clicks", _("Clicks")
    SERIES = "series", _("Series")
