from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.links.errors import TargetIsALink
from campaigns.links.models import MOST_WORDS
from campaigns.links.states import WordKind
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


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("What do you say to it?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The agency, the brand and a reviewer read it. It stays on record."),
    )


class WordForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Your word"), choices=WordKind.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The creator reads it. Name the figures that decide."),
    )
