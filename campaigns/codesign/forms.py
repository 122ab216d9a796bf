"""What people type in co-design: letters, versions, positions, comments, deadlines."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.codesign.models import Invitation, Position
from campaigns.codesign.states import Stance
from campaigns.codesign.values import Letter, Newcomer
from config.theme.formatting import quoted
from influencers.forms import WebAddressField
from influencers.models import Influencer, Platform
from influencers.values import NewChannel

LONGEST_MECHANIC = 20_000
LONGEST_REASON = 2_000
LONGEST_NOTE = 500
SOMEBODY_NEW = ""
PERSON = ("name", "email", "channel_name", "channel_url")
MOMENT = "%Y-%m-%dT%H:%M"


def part(label: Any, help_text: Any) -> forms.CharField:
    """One of the five parts of a letter."""
    rows = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST_REASON, widget=rows)


class InviteForm(forms.Form):
    """One person, and the letter written to them."""

    use_required_attribute = False
    influencer = forms.ChoiceField(label=_("Whom"), required=False)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    channel_name = forms.CharField(label=_("Blog or channel"), max_length=120, required=False)
    channel_url = WebAddressField(label=_("Its address"), required=False)
    platform = forms.ChoiceField(
        label=_("Where it is"), choices=Platform.choices, initial=Platform.BLOG, required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    why_you = part(_("Why you"), _("What of theirs you have read, and why it fits this."))
    who_knows_you = part(
        _("Who knows you"), _("Through whom you come to them. Nobody? Then say that.")
    )
    what_is_asked = part(_("What is asked"), _("The work, the time, by when."))
    what_is_paid = part(_("What is paid"), _("The sum, for which work, and when."))
    how_to_say_no = part(_("How to say no"), _("A no needs no reason, and costs nothing later."))

    def __init__(self, *args: Any, roster: Sequence[Influencer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roster = {each.public_id: each for each in roster}
        whom = self.fields["influencer"]
        assert isinstance(whom, forms.ChoiceField)
        known: list[tuple[Any, Any]] = [(key, each.name) for key, each in self.roster.items()]
        whom.choices = [(SOMEBODY_NEW, _("Somebody new")), *known]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("influencer") == SOMEBODY_NEW:
            for name in PERSON:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Somebody new needs this too."))
        return given

    def letter(self) -> Letter:
        given = self.cleaned_data
        return Letter(
            why_you=given["why_you"],
            who_knows_you=given["who_knows_you"],
            what_is_asked=given["what_is_asked"],
            what_is_paid=given["what_is_paid"],
            how_to_say_no=given["how_to_say_no"],
        )

    def known(self) -> Influencer | None:
        """Whom the agency chose from its roster; None for somebody new."""
        return self.roster.get(self.cleaned_data["influencer"])

    def newcomer(self, language: str) -> Newcomer:
        """language: of the campaign, where none was chosen."""
        given = self.cleaned_data
        spoken = given["language"] or language
        channel = NewChannel(
            platform=given["platform"] or Platform.BLOG,
            name=given["channel_name"] or str(urlsplit(given["channel_url"]).hostname),
            url=given["channel_url"],
            language=spoken,
        )
        return Newcomer(given["name"], given["email"], spoken, channel)


def first_letter(last: Invitation | None, language: str) -> dict[str, Any]:
    """What is asked and paid is rightly the same for all; why them is never filled in.

    language: of the campaign, in which the letter is read.
    """
    with translation.override(language):
        no = gettext("Press “No, thank you”. You need not say why, and nobody asks a second time.")
    if last is None:
        return {"how_to_say_no": no}
    return {
        "what_is_asked": last.what_is_asked,
        "what_is_paid": last.what_is_paid,
        "how_to_say_no": last.how_to_say_no,
    }


class PositionForm(forms.Form):
    """One of the four answers to the version that was read; none is chosen beforehand."""

    use_required_attribute = False
    mechanic = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=100_000)
    position = forms.ChoiceField(
        label=_("Your position"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the four answers."),
            "invalid_choice": _("Choose one of the four answers."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence is enough. Everybody who decides reads it."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("position") == Stance.OBJECTION and not given.get("reason"):
            self.add_error("reason", _("Say why you object: one sentence is enough."))
        return given


class ProposeForm(forms.Form):
    """The next version, edited from the one that was read."""

    use_required_attribute = False
    replaces = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000)
    text = forms.CharField(
        label=_("How it is done"),
        max_length=LONGEST_MECHANIC,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Change the very sentence you mean. The others see what you changed."),
    )
    note = forms.CharField(
        label=_("What you changed, in one sentence"), max_length=LONGEST_NOTE, required=False
    )
    answers = forms.ChoiceField(
        label=_("Which objection it answers"),
        required=False,
        help_text=_("Whoever raised it says whether it is enough."),
    )
    deadline = forms.DateTimeField(
        label=_("Answers until"),
        required=False,
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=_("Empty: seven days from now."),
    )

    def __init__(self, *args: Any, objections: Iterable[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = self.fields["answers"]
        assert isinstance(answers, forms.ChoiceField)
        answers.choices = [("", _("None")), *map(_objection, objections)]

    def clean_text(self) -> str:
        """With plain line ends: browsers send their own, which would show as changes."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def answers_id(self) -> int | None:
        return int(self.cleaned_data["answers"]) if self.cleaned_data["answers"] else None


def _objection(position: Position) -> tuple[Any, Any]:
    words = position.reason if len(position.reason) <= 80 else position.reason[:79] + "…"
    return str(position.pk), f"{position.participant.influencer.name}: {quoted(words)}"


class ClearForm(forms.Form):
    objection = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CommentForm(forms.Form):
    use_required_attribute = False
    mechanic = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=100_000)
    text = forms.CharField(
        label=_("Your word on it"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("To the matter, and to people you will meet again."),
    )


class ExtendForm(forms.Form):
    use_required_attribute = False
    deadline = forms.DateTimeField(
        label=_("New deadline"),
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )

    def clean_deadline(self) -> Any:
        deadline = self.cleaned_data["deadline"]
        if deadline <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose one to come."))
        return deadline
