"""Signing in by a code, and the person's own page: name, language, and the keys of the API."""

from typing import Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.identity import actions, queries
from config.identity.forms import AccountForm, TokenForm
from config.identity.models import User


class Signed(HttpRequest):
    user: User


class Refuses:
    """What can't be taken is answered with 422, as by every form of ours."""

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if answer.status_code == 200:
            answer.status_code = 422
        return answer


class RequestCode(Refuses, allauth.RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code, also when one was asked for already: the address may have been mistyped."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


class ConfirmCode(Refuses, allauth.ConfirmLoginCodeView):  # type: ignore[misc]
    """Write the code."""


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Signed) -> HttpResponse:
    user = request.user
    if request.method != "POST":
        return _page(request)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, account_form=form, status=422)
    user = actions.save_profile(user_id=user.pk, **form.cleaned_data)
    with translation.override(user.language):
        messages.success(request, _("Saved."))
    answer = redirect("identity:account")
    answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # from now on the account's choice holds
    return answer


@never_cache
@require_POST
def make_token(request: Signed) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, token_form=form, status=422)
    name = form.cleaned_data["token_name"]
    token = actions.make_token(user_id=request.user.pk, name=name)
    return _page(request, new_token=token, new_name=name)


@require_POST
def revoke_token(request: Signed, token: int) -> HttpResponse:
    actions.revoke_token(user_id=request.user.pk, token_id=token)
    messages.success(request, _("Revoked. The token opens nothing any more."))
    return redirect("identity:account")


def _page(
    request: Signed,
    *,
    account_form: AccountForm | None = None,
    token_form: TokenForm | None = None,
    new_token: str = "",
    new_name: str = "",
    status: int = 200,
) -> HttpResponse:
    user = request.user
    initial = {"name": user.name, "language": user.language}
    context = {
        "account_form": account_form or AccountForm(initial=initial),
        "token_form": token_form or TokenForm(),
        "tokens": queries.tokens_of(user),
        "organisations": queries.organisations_of(user),
        "new_token": new_token,
        "new_name": new_name,
    }
    return render(request, "identity/account.html", context, status=status)
