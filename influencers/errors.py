from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class ChannelTaken(DomainError):
    code = "channel_taken"
    message = _("Somebody else already named %(url)s as theirs. Write to us if it is yours.")


class NotYourProfile(DomainError):
    code = "not_your_profile"
    status = 403
    message = _("Only the person themself changes this, once they have signed in.")
