"""The stages of a campaign and the moves between them. Only `lifecycle.actions` moves a stage."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from config.kernel.moves import Moves


class Stage(TextChoices):
    DRAFT = "draft", _("Brief")
    CODESIGN = "codesign", _("Co-design")
    CONTRACTING = "contracting", _("Contracts")
    LIVE = "live", _("Live")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


STAGE_MOVES: Moves = {
    Stage.DRAFT: {Stage.CODESIGN, Stage.CANCELLED},
    Stage.CODESIGN: {Stage.CONTRACTING, Stage.CANCELLED},
    Stage.CONTRACTING: {Stage.LIVE, Stage.CODESIGN, Stage.CANCELLED},  # terms may send it back
    Stage.LIVE: {Stage.CLOSING, Stage.CANCELLED},
    Stage.CLOSING: {Stage.CLOSED},
    Stage.CLOSED: set(),
    Stage.CANCELLED: set(),
}

OPEN_STAGES = frozenset({Stage.DRAFT, Stage.CODESIGN, Stage.CONTRACTING, Stage.LIVE, Stage.CLOSING})
EDITABLE_STAGES = frozenset({Stage.DRAFT, Stage.CODESIGN})  # of brief and mechanic
