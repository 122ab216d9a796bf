"""API tokens: made once, kept as a digest, read from `Authorization: Bearer …`."""

import hashlib
import secrets
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from config.identity.models import ApiToken, User


def make(user: User, name: str) -> str:
    """A new token of `user`; this is the only time it can be read."""
    token = f"patto_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(user=user, name=name, digest=_digest(token))
    return token


def user_of(request: HttpRequest) -> User | None:
    """Who the request's bearer token belongs to, if it has a good one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    found = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(token.strip()), user__is_active=True)
        .first()
    )
    if found is None:
        return None
    today = timezone.localdate()
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    return found.user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class TokenOrSession(BaseAuthentication):
    """Who the middleware found by token; else the session's user, whose form must carry CSRF."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        if getattr(request._request, "by_token", False):
            return (request._request.user, None)
        return SessionAuthentication().authenticate(request)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Patto"'
