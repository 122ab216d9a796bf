"""What may go wrong, and in which stages a report is written."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.states import Stage


class IncidentKind(TextChoices):
    FLAME = "flame", _("Angry discussion")
    BOYCOTT = "boycott", _("Call for a boycott")
    MISUNDERSTANDING = "misunderstanding", _("Misunderstanding")
    DISCLOSURE = "disclosure", _("Post without a proper label")
    CLICKS = "clicks", _("Plea for clicks, or false clicks")
    LATE = "late", _("Something came late")
    OTHER = "other", _("Something else")


# Before these nothing has happened yet. In `closed` a late reply still comes out, as a new version.
REPORTING = frozenset({Stage.LIVE, Stage.CLOSING, Stage.CLOSED})
