from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.links.errors import TargetIsALink
from campaigns.links.values import is_own_link
from config.kernel import web


class LinkForm(forms.Form):
    target_url = forms.CharField(
        label=_("Where readers arrive"),
        help_text=_("The page of the brand that the post speaks of."),
        max_length=web.MOST,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )

    def clean_target_url(self) -> str:
        text: str = self.cleaned_data["target_url"]
        if sentence := web.refusal(text):
            raise ValidationError(str(sentence))
        if is_own_link(text, settings.SITE_URL):
            raise ValidationError(str(TargetIsALink()))
        return text
