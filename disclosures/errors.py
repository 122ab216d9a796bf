"""What can be refused here."""

from django.utils.translation import gettext_lazy as _

from config.kernel.errors import NotFound


class NoSuchPublication(NotFound):
    code = "no_such_publication"
    message = _("This post is not registered here.")
