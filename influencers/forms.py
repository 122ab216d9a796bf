"""What people type about influencers: shapes and limits."""

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kernel import web
from config.theme.amounts import AmountField
from influencers.figures import BadSeries, Day, read
from influencers.figures.days import LONGEST_EVENT
from influencers.models import MOST_WORDS, Influencer, Platform
from influencers.queries import channel_at
from influencers.values import NewChannel
from influencers.wording import said

LANGUAGES = [*settings.LANGUAGES, ("de", _("German")), ("es", _("Spanish")), ("nl", _("Dutch"))]
MOST_LETTERS = 400_000  # eleven years of days with all their columns
TAKEN = _("Somebody else already named this address as theirs. Write to us if it is yours.")


class WebAddressField(forms.CharField):
    """A public address, in the spelling we keep."""

    widget = forms.URLInput(attrs={"inputmode": "url"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=web.MOST, **options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        if sentence := web.refusal(text):
            raise ValidationError(str(sentence))
        return web.web_address(text, field="url")


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search by name, channel, topic or region"), max_length=100, required=False
    )


class AddPersonForm(forms.Form):
    """An agency writes down somebody it knows."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    platform = forms.ChoiceField(
        label=_("Where they write"), choices=Platform.choices, required=False
    )
    url = WebAddressField(label=_("Address of their blog or channel"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken = channel_at(cleaned.get("url", "")) if cleaned.get("url") else None
        if taken and taken.influencer.user.email != cleaned.get("email", "").lower():
            self.add_error("url", TAKEN)
        return cleaned

    def person(self) -> dict[str, Any]:
        """What `add_influencer` takes."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "email": given["email"],
            "language": given["language"],
            "channels": [self._channel()] if given["url"] else [],
        }

    def _channel(self) -> NewChannel:
        given = self.cleaned_data
        return NewChannel(
            platform=given["platform"] or Platform.BLOG,
            name=(urlsplit(given["url"]).hostname or given["name"])[:120],
            url=given["url"],
            language=given["language"],
        )


class ProfileForm(forms.Form):
    """What an influencer says of themself."""

    name = forms.CharField(label=_("The name you write under"), max_length=120)
    voice = forms.CharField(
        label=_("How I write"),
        help_text=_("Whom you write for and in which tone: agencies read this before they invite."),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    refuses = forms.CharField(
        label=_("What I don't do"),
        help_text=_("Subjects, brands or ways of working you turn down."),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    least_fee_minor = AmountField(
        label=_("Least fee"),
        help_text=_("Below this nobody needs to ask. Leave it empty if you name none."),
        required=False,
    )

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(AmountField, self.fields["least_fee_minor"]).currency = currency


class DaysForm(forms.Form):
    """A table of days, as a platform's own statistics or a sheet gives it."""

    days = forms.CharField(
        label=_("Figures, one day a line"),
        help_text=_(
            "The day, then the followers: 2026-03-31, 4100. A first line may name more columns:"
            " day, followers, posts, likes, comments, views, active_percent, event."
        ),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean_days(self) -> list[Day]:
        try:
            return read(self.cleaned_data["days"])
        except BadSeries as fault:
            raise ValidationError(said(fault)) from fault


class ExplainForm(forms.Form):
    """What happened on one day, in the owner's words."""

    day = forms.DateField(widget=forms.HiddenInput)
    event = forms.CharField(
        label=_("What happened in those days"),
        help_text=_("A post many shared, a newspaper, a fair; with its address where it has one."),
        max_length=LONGEST_EVENT,
        required=False,
    )


class ChannelForm(forms.Form):
    """One place the influencer writes in."""

    platform = forms.ChoiceField(label=_("Kind"), choices=Platform.choices)
    channel_name = forms.CharField(label=_("Its name"), max_length=120)
    url = WebAddressField(label=_("Address"))
    channel_language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, owner: Influencer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.owner = owner

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        taken = channel_at(url)
        if taken and taken.influencer_id != self.owner.pk:
            raise ValidationError(TAKEN)
        return url

    def channel(self) -> NewChannel:
        given = self.cleaned_data
        return NewChannel(
            platform=given["platform"],
            name=given["channel_name"],
            url=given["url"],
            language=given["channel_language"],
        )
