from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class Blocked(DomainError):
    """facts: {"blockers": [codes]}."""

    code = "blocked"
    message = _("Something is still missing before the next stage. The list says what.")

    def __str__(self) -> str:
        return str(self.message)
