"""What every page needs to know about its reader: the theme chosen and where to go from here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from config.demo import progress
from config.theme.navigation import Menu

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """theme: "", "light" or "dark"; menu: the links of this person."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "theme": theme if theme in THEMES else "",
        "demo": settings.DEMO,
        "demo_loading": progress.read() if settings.DEMO else None,
        "menu": Menu(getattr(request, "user", None), request.path),
    }
