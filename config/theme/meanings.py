"""Icon, colour and word of every status, in one table: never colour alone, never two words for one.

The tags `position`, `verdict`, `proof`, `counting` and `quality` of the templates read it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Meaning:
    """How one status is shown: tone is the colour class, icon its shape, word its name."""

    tone: str
    icon: str
    word: str | Promise


POSITIONS = {
    "consent": Meaning("yes", "consent", _("Consent")),
    "concern": Meaning("care", "concern", _("Concern")),
    "objection": Meaning("stop", "objection", _("Objection")),
    "stand_aside": Meaning("aside", "aside", _("Stands aside")),
    "silent": Meaning("none", "silent", _("No answer yet")),
}
VERDICTS = {
    "conforming": Meaning("yes", "conforming", _("Conforming")),
    "to_improve": Meaning("care", "improve", _("To improve")),
    "not_conforming": Meaning("stop", "failing", _("Not conforming")),
    "unknown": Meaning("none", "unknown", _("Not checked yet")),
}
PROOFS = {
    "machine_read": Meaning("none", "machine", _("Machine-read")),
    "own_token": Meaning("none", "token", _("Creator's own token")),
    "attested": Meaning("none", "attested", _("Attested by a person")),
    "not_verifiable": Meaning("none", "unknown", _("Not verifiable")),
}
COUNTING = {
    "counted": Meaning("none", "counted", _("Counted")),
    "duplicate": Meaning("none", "duplicate", _("Duplicate")),
    "excluded": Meaning("none", "excluded", _("Excluded")),
}
QUALITY = {
    "queued": Meaning("none", "clock", pgettext_lazy("quality check", "Waiting for its check")),
    "running": Meaning("none", "clock", pgettext_lazy("quality check", "Being checked")),
    "failed": Meaning("care", "lack", pgettext_lazy("quality check", "The check did not finish")),
    "accepted": Meaning("yes", "consent", pgettext_lazy("quality check", "Accepted")),
    "review": Meaning("care", "concern", pgettext_lazy("quality check", "A person must read it")),
    "rejected": Meaning("stop", "objection", pgettext_lazy("quality check", "Rejected")),
}
NOTICE_ICONS = {"yes": "consent", "care": "concern", "stop": "objection", "act": "turn"}

STAGES = {
    "draft": pgettext_lazy("stage", "Brief"),
    "codesign": pgettext_lazy("stage", "Co-design"),
    "contracting": pgettext_lazy("stage", "Contracts"),
    "live": pgettext_lazy("stage", "Live"),
    "closing": pgettext_lazy("stage", "Closing"),
    "closed": pgettext_lazy("stage", "Closed"),
    "cancelled": pgettext_lazy("stage", "Cancelled"),
}
