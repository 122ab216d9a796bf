from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class NotInThisStage(DomainError):
    code = "not_in_this_stage"
    message = _("The campaign has moved on, and this can't be changed any more in its stage.")


class StaleBrief(DomainError):
    """facts: {"number": of the version that is newest by now}."""

    code = "stale_brief"
    message = _(
        "Version %(number)s was written while you were writing yours. Read it below; "
        "what you typed is still here, and can be saved after it."
    )
