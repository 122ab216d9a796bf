from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


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
