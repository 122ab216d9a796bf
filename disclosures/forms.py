"""What is asked of the rules: those of a day, and what they will say of a draft."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disclosures.drafts import Draft, Format, pictures
from influencers.models import Platform

LONGEST_DRAFT = 10_000  # characters
MOST_PICTURES = 30  # each is read again for every label tried
FORMATS = [
    (Format.POST, _("A post or an article")),
    (Format.STORY, _("A story: pictures that vanish")),
    (Format.VIDEO, _("A video")),
]
LANGUAGES = [
    *settings.LANGUAGES,
    ("de", _("German")),
    ("es", _("Spanish")),
    ("nl", _("Dutch")),
]


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class DayForm(forms.Form):
    on = _day(_("Rules of the day"), required=False)


class DraftForm(forms.Form):
    text = forms.CharField(
        label=_("Your draft"),
        max_length=LONGEST_DRAFT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "As readers will get it, hashtags too. For a story, leave an empty line between two "
            "pictures."
        ),
    )
    picture = forms.CharField(
        label=_("Words over the picture, if it is a video"),
        max_length=1000,
        required=False,
        help_text=_("Those seen as the video begins."),
    )
    platform = forms.ChoiceField(label=_("Where it will be"), choices=Platform.choices)
    format = forms.ChoiceField(label=_("What it is"), choices=FORMATS)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    published = _day(_("Day of publication"))

    def __init__(self, *args: Any, language: str, brand: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": language, "published": timezone.localdate()}
        super().__init__(*args, **kwargs)
        self.brand = brand

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        many = len(pictures(given.get("text", "")))
        if given.get("format") == Format.STORY and many > MOST_PICTURES:
            self.add_error(
                "text",
                _(
                    "A story of at most %(most)s pictures can be checked; this one has %(many)s. "
                    "Leave an empty line only between two pictures."
                )
                % {"many": many, "most": MOST_PICTURES},
            )
        return given

    def draft(self) -> Draft:
        """The draft, once the form is valid."""
        given = self.cleaned_data
        return Draft(
            text=given["text"],
            picture=given["picture"],
            platform=given["platform"],
            format=Format(given["format"]),
            language=given["language"],
            published=given["published"],
            brand=self.brand,
        )
