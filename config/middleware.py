"""What stands around every request: security headers, who asks, refusals as pages, permissions."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from campaigns.codesign import queries
from config import problems
from config.identity import tokens
from config.identity.models import User
from config.identity.permissions import NAMESPACES, TABLE, Kind, Role, Rule
from config.kernel.errors import DomainError, NotFound

Answer = Callable[[HttpRequest], HttpResponse]
LOOPBACK = frozenset({"127.0.0.1", "::1"})
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

NO_DEVICES = "camera=(), microphone=(), geolocation=()"


def security_headers(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", NO_DEVICES)
        return response

    return middleware


def api_token(get_response: Answer) -> Answer:
    """A good bearer token says who asks; without one the session does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") and (user := tokens.user_of(request)):
            request.user = user
            request.by_token = True  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def reader_language(get_response: Answer) -> Answer:
    """A signed-in person reads their own language, unless this browser chose another."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if isinstance(request.user, User) and not chosen:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


class DomainErrors:
    """A refusal becomes a page, a fragment or problem+json; a bug is left to crash."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return problems.respond(request, error) if isinstance(error, DomainError) else None


class Permissions:
    """Each route's rule, from the one table. Not yours is 404."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if any("\0" in str(value) for value in kwargs.values()):
            return problems.respond(request, NotFound())  # no column of ours can hold it
        match = request.resolver_match
        assert match is not None
        rule = rule_of(match.view_name, match.namespaces)
        if rule.kind is Kind.PUBLIC:
            return None
        if rule.kind is Kind.DEMO:
            return None if is_demo(request) else problems.respond(request, NotFound())
        if not isinstance(request.user, User):
            return ask_to_sign_in(request)
        if not _fits(rule, request, request.user, kwargs):
            return problems.respond(request, NotFound())
        return None


def rule_of(view_name: str, namespaces: list[str]) -> Rule:
    """The rule of a route. KeyError for one nobody declared: that is a bug."""
    for namespace in namespaces:
        if namespace in NAMESPACES:
            return NAMESPACES[namespace]
    return TABLE[view_name]


def is_demo(request: HttpRequest) -> bool:
    return settings.DEMO and request.META.get("REMOTE_ADDR") in LOOPBACK


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if problems.wants_problem(request):
        return problems.respond(request, problems.SignInFirst())
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def _fits(rule: Rule, request: HttpRequest, user: User, kwargs: dict[str, Any]) -> bool:
    match rule.kind:
        case Kind.SIGNED_IN:
            return True
        case Kind.AGENCY_MEMBER:
            return user.memberships.filter(organisation__kind="agency").exists()
        case Kind.INFLUENCER:
            return hasattr(user, "influencer")
        case Kind.REVIEWER:
            return user.is_reviewer
        case Kind.STAFF:
            return user.is_staff
        case Kind.WATCHER:
            return user.is_reviewer or user.is_staff
        case Kind.CAMPAIGN:
            return _plays(rule.roles, request, user, kwargs["campaign"])
    return False


def _plays(roles: frozenset[Role], request: HttpRequest, user: User, public_id: str) -> bool:
    """Whether the person has one of the roles in that campaign; views find both on the request."""
    campaign = queries.campaign_for(user, public_id)
    if campaign is None or not campaign.roles & roles:
        return False
    request.campaign = campaign.campaign  # type: ignore[attr-defined]
    request.roles = campaign.roles  # type: ignore[attr-defined]
    return True
