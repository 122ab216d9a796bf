"""What people type: a new campaign, the answers and lines of a brief, material to be checked."""

from collections.abc import Sequence
from typing import Any, cast

from babel.numbers import get_currency_name
from django import forms
from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.models import Brief, InvitationMode, LineKind
from campaigns.briefs.rules import QUESTIONS
from campaigns.briefs.values import Answers, Line, NewBrand
from campaigns.quality.material import LONGEST_LIST
from config.identity.models import Organisation
from config.kernel.fields import public_id
from config.theme import formatting
from config.theme.amounts import AmountField
from disclosures.rules import jurisdictions

LONGEST_ANSWER = 4_000
LONGEST_APPEAL = 2_000
MOST_LINES = 40
SPARE_LINES = 2
NEW_BRAND = ""
CURRENCIES = ("EUR", "CHF", "GBP", "USD", "PLN", "CZK", "DKK", "SEK", "NOK", "CAD", "AUD")
signer = signing.Signer(salt="briefs.new")


def _currency(code: str) -> str:
    return f"{code} · {get_currency_name(code, locale=to_locale(get_language() or 'en'))}"


territory, currency_name = lazy(formatting.territory, str), lazy(_currency, str)


class CampaignForm(forms.Form):
    """`key` names the campaign before it exists, so that sending the form twice begins one."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, max_length=200)
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("As people will call it. It can be seen by everyone you invite."),
    )
    agency = forms.ChoiceField(label=_("Agency"))
    brand = forms.ChoiceField(
        label=_("Brand"), required=False, help_text=_("Who pays, and in whose name it is said.")
    )
    brand_name = forms.CharField(label=_("Name of the new brand"), max_length=120, required=False)
    contact_name = forms.CharField(label=_("Who speaks for it"), max_length=120, required=False)
    contact_email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("They sign in with it, read everything and decide about their money."),
    )
    language = forms.ChoiceField(label=_("Language of the campaign"), choices=settings.LANGUAGES)
    jurisdictions = forms.MultipleChoiceField(
        label=_("Whose rules hold"),
        choices=[(code, territory(code)) for code in jurisdictions()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where the readers are: labels, contracts and floors follow these rules."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, currency_name(code)) for code in CURRENCIES]
    )
    invitation_mode = forms.ChoiceField(
        label=_("How people are invited"),
        choices=InvitationMode.choices,
        widget=forms.RadioSelect,
        initial=InvitationMode.ONE_BY_ONE,
        help_text=_("One by one means a letter written to each person."),
    )

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[Organisation],
        brands: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {each.public_id: each for each in agencies}
        self.brands = {each.public_id: each for each in brands}
        self._offer("agency", [(key, each.name) for key, each in self.agencies.items()])
        known = [(key, each.name) for key, each in self.brands.items()]
        self._offer("brand", [(NEW_BRAND, _("A new brand")), *known])
        self.fields["key"].initial = signer.sign(public_id())
        if len(self.agencies) == 1:
            self.fields["agency"].widget = forms.HiddenInput()
            self.fields["agency"].initial = next(iter(self.agencies))

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_key(self) -> str:
        if (
            signer.sign(value := self.cleaned_data["key"].partition(":")[0])
            != (self.cleaned_data["key"])
        ):
            raise forms.ValidationError(_("Open this page again, then send it."))
        return str(value)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("brand") == NEW_BRAND:
            for name in ("brand_name", "contact_name", "contact_email"):
                if not given.get(name, "").strip() and name not in self.errors:
                    self.add_error(name, _("A new brand needs this too."))
        return given

    def chosen_agency(self) -> Organisation:
        return self.agencies[self.cleaned_data["agency"]]

    def chosen_brand(self) -> Organisation | NewBrand:
        given = self.cleaned_data
        if given["brand"] != NEW_BRAND:
            return self.brands[given["brand"]]
        return NewBrand(given["brand_name"], given["contact_name"], given["contact_email"])


class AnswerField(forms.CharField):
    """One of the six answers. An empty one is kept, and asked back."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_ANSWER, **kwargs)
        self.widget.attrs.setdefault("rows", 3)

    def validate(self, value: Any) -> None:
        """Any words will do here; `rules.unclear` asks back."""


class BriefForm(forms.Form):
    """The six questions, each with a line that says what a clear answer is."""

    use_required_attribute = False
    replaces = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000)
    to_whom = AnswerField(
        label=_("To whom"),
        help_text=_("Readers who would know themselves in it: what they do, what they ask."),
    )
    what = AnswerField(
        label=_("What"), help_text=_("What is to be told, so that a reader could tell it again.")
    )
    why = AnswerField(
        label=_("Why"),
        help_text=_("What it is good for, to them and to you. A figure to reach is no reason."),
    )
    how = AnswerField(
        label=_("How"),
        help_text=_("How you imagine it. The creators will design it with you."),
    )
    not_wanted = AnswerField(
        label=_("What is not wanted"),
        help_text=_("What nobody should do or say, not even with good intentions."),
    )
    if_it_goes_wrong = AnswerField(
        label=_("If it goes wrong"),
        help_text=_("Who answers, how soon, and what happens to those who took part."),
    )
    floor = AmountField(
        label=_("Hourly floor"),
        required=False,
        help_text=_("No fee may come to less an hour. Empty: what the law sets, where it does."),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        floor = self.fields["floor"]
        assert isinstance(floor, AmountField)
        floor.currency = currency

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not any(given.get(name) or name in self.errors for name in QUESTIONS):
            raise forms.ValidationError(_("Answer at least one of the questions first."))
        return given

    def answers(self) -> Answers:
        return Answers(**{name: self.cleaned_data[name] for name in QUESTIONS})


class LineForm(forms.Form):
    """A line of the budget; a row without words and amount is no line."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("For whom"), choices=[("", "—"), *LineKind.choices], required=False
    )
    label = forms.CharField(label=_("What for"), max_length=120, required=False)
    amount = AmountField(label=_("Amount"), required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount = self.fields["amount"]
        assert isinstance(amount, AmountField)
        amount.currency = currency

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.is_blank(given):
            return given
        missing = {
            "kind": _("Say whom this line is for."),
            "label": _("Say what this line is for."),
            "amount": _("Write its amount, or empty the whole line."),
        }
        for name, sentence in missing.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return given

    def is_blank(self, given: dict[str, Any]) -> bool:
        """Taking away words and amount takes the line away."""
        return not (given.get("label") or given.get("amount") or self.errors)


class Lines(forms.BaseFormSet[LineForm]):
    def lines(self) -> list[Line]:
        """The lines, once the formset is valid."""
        return [
            Line(given["kind"], given["label"].strip(), given["amount"])
            for form in self.forms
            if (given := form.cleaned_data) and not form.is_blank(given)
        ]


LineFormSet = forms.formset_factory(
    LineForm, formset=Lines, extra=SPARE_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES + 1
)


def first_answers(brief: Brief | None) -> dict[str, Any]:
    """What the form shows first: the newest version."""
    if brief is None:
        return {"replaces": 0}
    said = {name: getattr(brief, name) for name in QUESTIONS}
    floor = None if brief.floor_source else brief.floor_hourly_minor
    return {"replaces": brief.number, "floor": floor, **said}


def line_forms(brief: Brief | None, currency: str, typed: QueryDict | None = None) -> Lines:
    """The rows of the budget: as typed, or as the brief has them and some to spare."""
    made = LineFormSet(
        typed,
        prefix="lines",
        initial=first_lines(brief),
        form_kwargs={"currency": currency},
    )
    return cast(Lines, made)


def first_lines(brief: Brief | None) -> list[dict[str, Any]]:
    if brief is None:
        return [{"kind": LineKind.CREATORS}, {"kind": LineKind.AGENCY}]
    return [
        {"kind": line.kind, "label": line.label, "amount": line.amount_minor}
        for line in brief.lines.all()
    ]


class MaterialForm(forms.Form):
    """Words to be checked before anybody publishes them."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            ("post", _("A post")),
            ("comment", _("A comment, or a list of comments")),
            ("link", _("A link with its words")),
            ("terms", _("A sentence about pay")),
            ("series", _("A channel's followers, day by day")),
            ("votes", _("The votes of a contest")),
        ],
        widget=forms.RadioSelect,
        initial="post",
        help_text=_(
            "A list of comments has one JSON object a line: text, account_age_days, author, at,"
            " post. A series has one day a line: the day, then the followers. Votes have one JSON"
            " object a line: entry, at, voter, network, country, account_age_days."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    words = forms.CharField(
        label=_("The words"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Exactly as they would be published, labels and hashtags included."),
    )


class AppealForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("What did we not understand?"),
        max_length=LONGEST_APPEAL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You may leave it empty. What you write stays on record."),
    )
