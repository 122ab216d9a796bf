"""An agreement's way: negotiating until both sides accept the same round."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from config.kernel.moves import Moves


class AgreementStatus(TextChoices):
    NEGOTIATING = "negotiating", _("Negotiating")
    AGREED = "agreed", _("Agreed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


AGREEMENT_MOVES: Moves = {
    AgreementStatus.NEGOTIATING: {AgreementStatus.AGREED, AgreementStatus.WITHDRAWN},
    AgreementStatus.AGREED: set(),
    AgreementStatus.WITHDRAWN: set(),
}


class Side(TextChoices):
    PAYER = "payer", _("Agency and brand")
    INFLUENCER = "influencer", _("Creator")
