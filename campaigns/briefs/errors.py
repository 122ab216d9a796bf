from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class NotInThisStage(DomainError):
    code = "not_in_this_stage"
    message = _("The campaign has moved on, and this can't be changed any more in its stage.")
