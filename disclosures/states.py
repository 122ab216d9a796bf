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


class ProofLevel(TextChoices):
    """Never merged: each says who read the label."""

    MACHINE_READ = "machine_read", _("read by the machine")
    OWN_TOKEN = "own_token", _("read with the creator's own token")
    ATTESTED = "attested", _("attested by a person")
    NOT_VERIFIABLE = "not_verifiable", _("not verifiable")
