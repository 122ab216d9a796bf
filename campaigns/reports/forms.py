"""What people write into a report, in shape; who may and when is said by the actions."""

from typing import Any

from django import forms
from django.core.signing import BadSignature
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.reports import tokens
from campaigns.reports.models import MOST_WORDS
from campaigns.reports.states import IncidentKind

Sent = QueryDict | None


def _words(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": _("Write at least one sentence."),
            "max_length": _("Keep it under five thousand characters."),
        },
    )


class IncidentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of thing"),
        choices=[("", _("Choose")), *IncidentKind.choices],
        error_messages={"required": _("Choose what kind of thing happened.")},
    )
    text = _words(_("What happened"), _("As it was, without names of people outside."))

    def __init__(self, sent: Sent = None) -> None:
        super().__init__(sent, auto_id="id_incident_%s")


class AnswerForm(forms.Form):
    answer = _words(_("Your answer"), _("It stands in the report beside the incident."))

    def __init__(self, sent: Sent = None, *, incident: str) -> None:
        super().__init__(sent, auto_id=f"id_{incident}_%s")
        self.incident = incident


class LessonsForm(forms.Form):
    text = _words(
        _("What went wrong, and what you learnt"),
        _("Plainly, also what you would rather not say. Each saving is a version that stays."),
    )

    def __init__(self, sent: Sent = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(sent, auto_id="id_lessons_%s", initial=initial)


class ReplyForm(forms.Form):
    text = _words(
        _("Your reply"),
        _("It is published as you write it, under your channel's name."),
        required=False,
    )
    waive = forms.BooleanField(label=_("I waive my reply"), required=False)

    def __init__(self, sent: Sent = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(sent, auto_id="id_reply_%s", initial=initial)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "text" in found and bool(found["text"].strip()) == bool(found.get("waive")):
            self.add_error("text", _("Write your reply, or say that you waive it: one of the two."))
        return found


class ShareForm(forms.Form):
    """Brings back the token its page was given, so that sending it twice makes one link."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, sent: Sent = None, *, campaign: str) -> None:
        super().__init__(sent, auto_id="id_share_%s")
        self.campaign = campaign

    def clean(self) -> dict[str, Any]:
        """`token` is what the page was given. Only one that was made for this campaign is taken."""
        found = super().clean() or {}
        try:
            token = tokens.token_in(found.get("once", ""), self.campaign)
        except BadSignature as error:
            raise forms.ValidationError(_("This page has grown old. Share once more.")) from error
        return {**found, "token": token}
