"""How django-allauth signs people in here: by a code, never by signing themselves up."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from config.identity import mail, queries
from config.identity.visitors import address_of


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by an invitation or through an organisation."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code of our newest mail. Copy it, or ask for another."
        ),
        "too_many_login_attempts": _(
            "That was often in a short time. Wait a while, then try again."
        ),
        "rate_limited": _("That was often in a short time. Wait a while, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(address_of(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail, so that known and unknown addresses are answered in the same time."""
        written = self.render_mail(template_prefix, email, context)
        person = queries.user_by_email(email)
        mail.owe_text(
            key=f"sign-in/{secrets.token_hex(16)}",
            subject=str(written.subject),
            body=str(written.body),
            to=person,
            address="" if person else email,
        )
