from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class RequestCodeForm(allauth.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send the code."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class AccountForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("We write to you in this language."),
    )


class TokenForm(forms.Form):
    token_name = forms.CharField(
        label=_("What the token is for"),
        max_length=60,
        help_text=_("The name of the program that will use it."),
    )
