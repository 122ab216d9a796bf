from typing import Any

from django.core.checks import CheckMessage, Error, register

from config.demo import loopback


@register()
def demonstration_stays_here(**_: Any) -> list[CheckMessage]:
    """The demonstration, and fetching from inner hosts, are for this machine alone."""
    hint = "Take PATTO_BIND, PATTO_SITE_URL and PATTO_HOSTS back to 127.0.0.1, or leave it out."
    return [Error(danger, hint=hint, id="patto.E001") for danger in loopback.dangers()]
