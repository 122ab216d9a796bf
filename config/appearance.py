"""How the site looks and speaks to one reader: the language and the theme they chose.

Both are forms, so they work without a script, and both lead back to the page they were sent from.
"""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.identity.actions import choose_language
from config.theme.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 60 * 60


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language: in the cookie, and with the person who is signed in."""
    answer = _back(request)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return answer
    _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
    if isinstance(request.user, AbstractBaseUser):
        choose_language(user_id=request.user.pk, language=language)
    return answer


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme; any other value means what the system prefers."""
    answer = _back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme)
    else:
        answer.delete_cookie(THEME_COOKIE)
    return answer


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the form stood on, never to another site."""
    page = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return redirect(page if safe else "/")


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="theme"),
]
