from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class LinkPointsElsewhere(DomainError):
    code = "link_points_elsewhere"
    message = _("This post has its link already, and readers may have it. It stays as it is.")


class TargetIsALink(DomainError):
    code = "target_is_a_link"
    status = 422
    message = _("This is itself a counted link. Write the address readers should reach.")


class NotYourClicks(DomainError):
    code = "not_your_clicks"
    status = 403
    message = _("Only the creator whose clicks these are replies to their account.")


class NothingToAnswer(DomainError):
    code = "nothing_to_answer"
    message = _("Nothing stands out in these clicks now, so there is nothing to answer.")
