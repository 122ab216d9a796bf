"""Pages for what stops a request before any view: in the look, and without a single query."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config import problems
from config.kernel.errors import NotAllowed, NotFound


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if problems.wants_problem(request):
        return problems.respond(request, problems.MalformedRequest())
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if problems.wants_problem(request):
        return problems.respond(request, NotAllowed())
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if problems.wants_problem(request):
        return problems.respond(request, NotFound())
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
