"""Pages of the demonstration; the table of permissions keeps them to this machine."""

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.demo import links, mails
from config.identity.models import User

WORDS = {
    "agency": _("Agency"),
    "brand": _("Brand"),
    "influencer": _("Creator"),
    "reviewer": _("Reviewer"),
}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Person:
    """Someone whose eyes one may look through; `words` say the role."""

    role: str
    name: str
    words: str | Promise


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose whose eyes to look through."""
    if request.method == "POST":
        return _enter(request, links.person(request.POST.get("role", "")))
    people = [
        Person(role, str(user), WORDS.get(role, role)) for role, user in links.people().items()
    ]
    return render(request, "demo/links.html", {"people": people})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a printed link asks; only its button opens, so no preview uses it up."""
    if request.method == "POST":
        return _enter(request, links.open_once(token))
    links.check_unused(token)
    return render(request, "demo/enter.html")


@never_cache
@require_safe
def sent_mails(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mails.html", {"mails": mails.kept()})


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=BACKEND)
    return redirect("/")
