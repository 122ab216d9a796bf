"""The grid as a form: shape and limits only; what terms must be is rules.py's to say."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.agreements.values import Exclusivity, KillFees, Terms, Usage
from config.theme.amounts import AmountField
from disclosures.values import LARGEST_PICTURE, LONGEST_LABEL, LONGEST_TEXT
from influencers.models import Platform

LONG = forms.Textarea(attrs={"rows": 3})


def percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100)


class TermsForm(forms.Form):
    """One side's complete proposal, row by row."""

    fee = AmountField(label=_("Fee, before tax"))
    declared_hours = forms.IntegerField(label=_("Hours of work"), min_value=1, max_value=10_000)
    deliverables = forms.CharField(
        label=_("Work"), help_text=_("One piece a line."), max_length=4000, widget=LONG
    )
    revisions = forms.IntegerField(label=_("Revisions"), min_value=0, max_value=20)
    payment_days = forms.IntegerField(label=_("Paid within, days"), min_value=0, max_value=60)
    kill_not_started = percent(_("Called off before the work starts, % of the fee"))
    kill_in_work = percent(_("Called off while in work, %"))
    kill_delivered = percent(_("Called off once delivered, %"))
    usage_months = forms.IntegerField(
        label=_("Use of texts and photos, months"), min_value=0, max_value=120, initial=0
    )
    usage_media = forms.CharField(label=_("Where they may be used"), max_length=200, required=False)
    usage_territory = forms.CharField(label=_("In which countries"), max_length=200, required=False)
    usage_paid_ads = forms.BooleanField(label=_("In paid advertising too"), required=False)
    usage_ai_likeness = forms.BooleanField(
        label=_("Voice or face may be used by AI"), required=False
    )
    usage_price = AmountField(label=_("Price of these uses"), required=False)
    rivals = forms.CharField(
        label=_("Exclusivity: rivals by name"),
        help_text=_("One a line. Leave it empty for no exclusivity."),
        max_length=2000,
        required=False,
        widget=LONG,
    )
    exclusivity_months = forms.IntegerField(
        label=_("Exclusivity, months"), min_value=0, max_value=120, required=False
    )
    exclusivity_price = AmountField(label=_("Price of exclusivity"), required=False)
    clauses = forms.CharField(
        label=_("Anything else agreed"), max_length=5000, required=False, widget=LONG
    )
    note = forms.CharField(
        label=_("Why you propose this"),
        help_text=_("The other side reads it beside the rows you changed."),
        max_length=1000,
        required=False,
        widget=LONG,
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = currency

    @property
    def usage_open(self) -> bool:
        return bool(self["usage_months"].value() not in (0, "0", None, "") or self._wrong("usage"))

    @property
    def exclusivity_open(self) -> bool:
        return bool(self["rivals"].value() or self._wrong("exclusivity") or self._wrong("rivals"))

    def _wrong(self, prefix: str) -> bool:
        return self.is_bound and any(name.startswith(prefix) for name in self.errors)

    def terms(self) -> Terms:
        """The proposal, once the form is valid."""
        given = self.cleaned_data
        return Terms(
            fee_minor=given["fee"],
            currency=self.currency,
            declared_hours=given["declared_hours"],
            deliverables=_lines(given["deliverables"]),
            revisions=given["revisions"],
            payment_days=given["payment_days"],
            kill_fees=KillFees(
                given["kill_not_started"], given["kill_in_work"], given["kill_delivered"], 100
            ),
            usage=Usage(
                months=given["usage_months"],
                media=given["usage_media"].strip(),
                territory=given["usage_territory"].strip(),
                paid_ads=given["usage_paid_ads"],
                ai_likeness=given["usage_ai_likeness"],
                price_minor=given["usage_price"] or 0,
            ),
            exclusivity=self._exclusivity(),
            clauses=given["clauses"].strip(),
        )

    def _exclusivity(self) -> Exclusivity | None:
        given = self.cleaned_data
        months, price = given["exclusivity_months"], given["exclusivity_price"]
        if not given["rivals"].strip() and not months and not price:
            return None
        return Exclusivity(_lines(given["rivals"]), months or 0, price or 0)


def initial_of(terms: Terms) -> dict[str, Any]:
    """What the form shows first: the proposal on the table."""
    exclusivity = terms.exclusivity
    return {
        "fee": terms.fee_minor,
        "declared_hours": terms.declared_hours,
        "deliverables": "\n".join(terms.deliverables),
        "revisions": terms.revisions,
        "payment_days": terms.payment_days,
        "kill_not_started": terms.kill_fees.not_started,
        "kill_in_work": terms.kill_fees.in_work,
        "kill_delivered": terms.kill_fees.delivered,
        "usage_months": terms.usage.months,
        "usage_media": terms.usage.media,
        "usage_territory": terms.usage.territory,
        "usage_paid_ads": terms.usage.paid_ads,
        "usage_ai_likeness": terms.usage.ai_likeness,
        "usage_price": terms.usage.price_minor or None,
        "rivals": "\n".join(exclusivity.rivals) if exclusivity else "",
        "exclusivity_months": exclusivity.months if exclusivity else None,
        "exclusivity_price": exclusivity.price_minor if exclusivity else None,
        "clauses": terms.clauses,
    }


FIRST = {
    "revisions": 1,
    "payment_days": 30,
    "kill_not_started": 10,
    "kill_in_work": 50,
    "kill_delivered": 100,
    "usage_months": 0,
}


class AcceptForm(forms.Form):
    terms_digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class PublicationForm(forms.Form):
    url = forms.URLField(
        label=_("Address of the post"),
        max_length=500,
        assume_scheme="https",
        help_text=_("As a reader opens it, without signing in."),
    )
    platform = forms.ChoiceField(label=_("Where it is"), choices=Platform.choices)
    published_on = forms.DateField(
        label=_("Published on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_published_on(self) -> Any:
        day = self.cleaned_data["published_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Register the post once it is out: this day is to come."))
        return day


class FeedForm(forms.Form):
    feed = forms.URLField(
        label=_("Address of the blog's feed"),
        max_length=500,
        assume_scheme="https",
        help_text=_("RSS or Atom. The first new post in it that names the brand is taken."),
    )


class AttestationForm(forms.Form):
    """What a person saw of a post no machine may read."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("The words of the post"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea,
        help_text=_("All of them, copied as they stand: what comes first decides."),
    )
    platform_label = forms.CharField(
        label=_("What the platform adds"),
        max_length=LONGEST_LABEL,
        required=False,
        help_text=_("A line such as “Paid partnership”, if there is one."),
    )
    seen_on = forms.DateField(
        label=_("Seen on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    picture = forms.FileField(
        label=_("Picture of the post"),
        help_text=_("A screenshot with the label on it: PNG, JPEG or WebP, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_text(self) -> str:
        """Browsers end lines with CR LF; places are counted with one character a line's end."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_picture(self) -> bytes:
        picture: UploadedFile[bytes] = self.cleaned_data["picture"]
        return bytes(picture.read(LARGEST_PICTURE + 1))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:200] for line in text.splitlines() if line.strip())
