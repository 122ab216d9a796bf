"""Refusals as people and programs read them: a page, a fragment, or RFC 9457 problem+json."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from config.kernel.errors import DomainError, InvalidInput, NotFound


class SignInFirst(DomainError):
    code = "sign_in_first"
    status = 401
    message = _("Send a valid token: Authorization: Bearer, then the token.")


class MalformedRequest(DomainError):
    code = "malformed"
    status = 400
    message = _("This request can't be read. Send JSON as the API's description shows it.")


class NotForThisMethod(DomainError):
    code = "method_not_allowed"
    status = 405
    message = _("This address doesn't take that method.")


class WrongMediaType(DomainError):
    code = "unsupported_media_type"
    status = 415
    message = _("Send the body as application/json.")


class TooManyRequests(DomainError):
    code = "too_many_requests"
    status = 429
    message = _("That was a lot at once. Wait a minute and try again.")


def wants_problem(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def problem(error: DomainError) -> dict[str, Any]:
    return {
        "type": f"urn:patto:problem:{error.code}",
        "title": str(error),
        "status": error.status,
        "detail": str(error),
        "code": error.code,
        "facts": error.facts,
    }


def respond(request: HttpRequest, error: DomainError) -> HttpResponse:
    if wants_problem(request):
        response: HttpResponse = JsonResponse(problem(error), status=error.status)
        response.headers["Content-Type"] = "application/problem+json"
        if error.status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="Patto"'
        return response
    part = "patto/_error.html" if request.headers.get("HX-Request") else "error.html"
    response = render(request, part, {"error": error}, status=error.status)
    response.headers["Vary"] = "HX-Request"
    return response


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's errors in our words and shape."""
    ours = _translate(error)
    if ours is None:
        return None
    set_rollback()
    headers = {"WWW-Authenticate": 'Bearer realm="Patto"'} if ours.status == 401 else {}
    return Response(
        problem(ours), status=ours.status, headers=headers, content_type="application/problem+json"
    )


def _translate(error: Exception) -> DomainError | None:
    match error:
        case DomainError():
            return error
        case Http404() | exceptions.NotFound():
            return NotFound()
        case exceptions.ValidationError():
            return InvalidInput(_flat(error.detail))
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return SignInFirst()
        case exceptions.PermissionDenied():
            return SignInFirst()
        case exceptions.MethodNotAllowed():
            return NotForThisMethod()
        case exceptions.UnsupportedMediaType():
            return WrongMediaType()
        case exceptions.Throttled():
            return TooManyRequests()
        case exceptions.ParseError():
            return MalformedRequest()
    return None


def _flat(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    """DRF's nested errors as {dotted.field: [sentence]}."""
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for name, inner in detail.items():
            found |= _flat(inner, f"{prefix}.{name}" if prefix else str(name))
        return found
    if isinstance(detail, list) and any(isinstance(each, dict | list) for each in detail):
        found = {}
        for index, inner in enumerate(detail):
            found |= _flat(inner, f"{prefix}.{index}")
        return found
    sentences = detail if isinstance(detail, list) else [detail]
    return {prefix or "non_field_errors": [str(each) for each in sentences]}
