"""The way of a judging, what it says of a creator's clicks, and what a person may answer to it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.kernel.moves import Moves


class JudgingStatus(TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Under way")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Broken off")


JUDGING_MOVES: Moves = {
    JudgingStatus.QUEUED: {JudgingStatus.RUNNING},
    JudgingStatus.RUNNING: {
        JudgingStatus.QUEUED,  # it broke and is tried again
        JudgingStatus.FINISHED,
        JudgingStatus.FAILED,
    },
    JudgingStatus.FINISHED: set(),
    JudgingStatus.FAILED: set(),
}


class Verdict(TextChoices):
    """Of one creator's clicks. It has no consequence until a person says a word."""

    CLEAR = "clear", pgettext_lazy("clicks", "Nothing stands out")
    LOOK = "look", pgettext_lazy("clicks", "A person should look")
    FLAGGED = "flagged", pgettext_lazy("clicks", "Clicks that readers did not make")


class WordKind(TextChoices):
    """What agency or reviewer says of a creator's clicks, having seen evidence and reply."""

    ACCEPTED = "accepted", _("Accepted as it is: the figures stay as they were judged")
    EXPLAINED = "explained", _("Explained: there is an honest reason, and the figures stay")
    DISCOUNTED = "discounted", _("Discounted: the report counts none of these clicks")
