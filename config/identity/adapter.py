from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by an invitation or through an organisation, never by signing themselves up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
