"""What the agency types at the payouts desk. Shape only; what may be booked is the actions' to say.

`key` is drawn when the page is: the same form sent twice books one thing.
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.payouts.rules import MOST_LABEL, MOST_REFERENCE
from campaigns.payouts.states import COST_KINDS, DueKind
from config.kernel.fields import public_id
from config.theme.amounts import AmountField

REFERENCE_HELP = _("Its number, as 2026-03/14. It stays in the books, so no names.")


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, initial=timezone.localdate, **options)


class BookingForm(forms.Form):
    """A form that books one thing, however often it is sent."""

    use_required_attribute = False
    key = forms.RegexField(r"^[a-z0-9]{12}$", widget=forms.HiddenInput, initial=public_id)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = currency

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "key" in self.errors:
            self.add_error(None, _("Open this page again, then send the form."))
        return given

    def booking(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        given = dict(self.cleaned_data)
        if "amount" in given:
            given["amount_minor"] = given.pop("amount")
        return given


class FundingForm(BookingForm):
    amount = AmountField(label=_("Amount that arrived"))
    received_on = day_field(_("Arrived on"))
    statement = forms.CharField(
        label=_("Line of the bank statement"),
        max_length=MOST_REFERENCE,
        help_text=REFERENCE_HELP,
    )


class CostForm(BookingForm):
    label = forms.CharField(
        label=_("What it is for"),
        max_length=MOST_LABEL,
        help_text=_("Everyone in the campaign can follow it. Name things rather than people."),
    )
    kind = forms.ChoiceField(
        label=_("Class"),
        choices=[(kind.value, kind.label) for kind in DueKind if kind in COST_KINDS],
    )
    amount = AmountField(label=_("Amount"))
    due_on = day_field(_("To be paid by"))
    document = forms.CharField(
        label=_("Invoice"), max_length=MOST_REFERENCE, required=False, help_text=REFERENCE_HELP
    )


class FeeForm(BookingForm):
    due_on = day_field(_("To be paid by"))
    document = forms.CharField(
        label=_("Invoice"), max_length=MOST_REFERENCE, required=False, help_text=REFERENCE_HELP
    )


class PaymentForm(BookingForm):
    paid_on = day_field(_("Left the account on"))
    statement = forms.CharField(
        label=_("Line of the bank statement"),
        max_length=MOST_REFERENCE,
        help_text=REFERENCE_HELP,
    )
