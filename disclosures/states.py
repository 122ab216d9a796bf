"""A look at a page, and what it can find."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from config.kernel.moves import Moves


class LookStatus(TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")


LOOK_MOVES: Moves = {
    LookStatus.QUEUED: {LookStatus.RUNNING},
    LookStatus.RUNNING: {LookStatus.QUEUED, LookStatus.DONE},  # back: its worker died
    LookStatus.DONE: set(),
}


class FindingKind(TextChoices):
    """What a look can find that its writer is asked about, or that is only noted."""

    LABEL = "label", _("label not in order")
    LABEL_REMOVED = "label_removed", _("label removed")
    POST_DELETED = "post_deleted", _("post deleted")
    LINK_SWAPPED = "link_swapped", _("link swapped")
    TEXT_EDITED = "text_edited", _("text edited")


class FindingStatus(TextChoices):
    """A finding counts only after its writer was told and had time to put it right."""

    FOUND = "found", _("found, its writer is not told yet")
    TOLD = "told", _("its writer may reply")
    COUNTED = "counted", _("counts")
    SETTLED = "settled", _("put right")
    NOTED = "noted", _("noted, nothing to answer")


OPEN_FINDINGS = (FindingStatus.FOUND, FindingStatus.TOLD, FindingStatus.COUNTED)
FINDING_MOVES: Moves = {
    FindingStatus.FOUND: {FindingStatus.TOLD, FindingStatus.SETTLED},
    FindingStatus.TOLD: {FindingStatus.COUNTED, FindingStatus.SETTLED},
    FindingStatus.COUNTED: {FindingStatus.SETTLED},
    FindingStatus.SETTLED: set(),
    FindingStatus.NOTED: set(),
}


class ProofLevel(TextChoices):
    """Never merged: each says who read the label."""

    MACHINE_READ = "machine_read", _("read by the machine")
    OWN_TOKEN = "own_token", _("read with the creator's own token")
    ATTESTED = "attested", _("attested by a person")
    NOT_VERIFIABLE = "not_verifiable", _("not verifiable")
