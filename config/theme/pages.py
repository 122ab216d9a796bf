"""A page, or the part of it that htmx swaps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """`room/page.html`; for htmx `room/_page.html`, the fragment that the page includes."""
    asks = request.headers
    if asks.get("HX-Request") and not asks.get("HX-History-Restore-Request"):
        room, _, name = template.rpartition("/")
        template = f"{room}/_{name}"
    response = render(request, template, context, status=status)
    response.headers["Vary"] = "HX-Request"
    return response
