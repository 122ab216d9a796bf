"""Who takes part, and the four answers of consent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from config.kernel.moves import Moves


class ParticipantStatus(TextChoices):
    INVITED = "invited", _("Invited")
    JOINED = "joined", _("Joined")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("Left")


PARTICIPANT_MOVES: Moves = {
    ParticipantStatus.INVITED: {ParticipantStatus.JOINED, ParticipantStatus.DECLINED},
    ParticipantStatus.JOINED: {ParticipantStatus.LEFT},
    ParticipantStatus.DECLINED: set(),
    ParticipantStatus.LEFT: set(),
}


class Stance(TextChoices):
    CONSENT = "consent", _("Consent")
    CONCERN = "concern", _("Concern")
    OBJECTION = "objection", _("Objection")
    STAND_ASIDE = "stand_aside", _("Stands aside")


LETS_PASS = frozenset({Stance.CONSENT, Stance.STAND_ASIDE})
