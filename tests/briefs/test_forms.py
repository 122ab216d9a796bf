from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from campaigns.briefs.budget import budget_of
from campaigns.briefs.forms import BriefForm, CampaignForm, LineForm, line_forms, signer
from campaigns.briefs.values import Line
from tests.briefs.scene import CLEAR, draft

NO_LINE = {"kind": "creators", "label": "", "amount": ""}


def line(**typed: str) -> LineForm:
    return LineForm({"kind": "creators", "label": "Dieci blog"} | typed, currency="EUR")


@pytest.mark.parametrize(
    ("language", "typed", "minor"),
    [
        ("it", "1.500,00", 150_000),
        ("it", "1500", 150_000),
        ("it", "1.500", 150_000),
        ("it", "12,5", 1_250),
        ("en", "1,500.00", 150_000),
        ("en", "1500", 150_000),
        ("en", "0.01", 1),
        ("fr", "1 500,00", 150_000),
        ("fr", "1\u202f500,00", 150_000),
    ],
)
def test_amounts_are_read_as_the_reader_writes_them(language: str, typed: str, minor: int) -> None:
    with translation.override(language):
        form = line(amount=typed)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["amount"] == minor


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("it", "0"),
        ("it", "-5"),
        ("it", "1,505"),
        ("en", "1.505"),
        ("en", "1.500"),
        ("it", "dieci"),
        ("it", "1e9"),
        ("it", "9" * 29),
        ("it", "١٠٠"),
        ("it", "100\x00"),
        ("it", "=1+1"),
    ],
)
def test_an_amount_that_can_be_misread_is_asked_again(language: str, typed: str) -> None:
    with translation.override(language):
        form = line(amount=typed)
        assert list(form.errors) == ["amount"]
        assert all(form.errors["amount"])


def test_a_row_without_words_and_amount_is_no_line() -> None:
    form = LineForm(NO_LINE, currency="EUR")
    assert form.is_valid()
    assert form.is_blank(form.cleaned_data)


@pytest.mark.parametrize("missing", ["kind", "label", "amount"])
def test_half_a_line_says_what_is_missing(missing: str) -> None:
    form = line(**({"amount": "10"} | {missing: ""}))
    assert list(form.errors) == [missing]


@pytest.mark.django_db
def test_the_rows_come_back_as_lines_in_their_order() -> None:
    brief = draft().write()
    typed = QueryDict(mutable=True)
    typed.update({"lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "3"})
    rows = [("costs", "Farina", "100"), ("creators", "", ""), ("agency", "Conversa", "50")]
    for n, row in enumerate(rows):
        typed.update({f"lines-{n}-{k}": v for k, v in zip(NO_LINE, row, strict=True)})
    lines = line_forms(brief, "EUR", typed)

    assert lines.is_valid(), lines.errors
    assert lines.lines() == [Line("costs", "Farina", 10_000), Line("agency", "Conversa", 5_000)]


@pytest.mark.parametrize("total", ["", "x", "-1", "100000"])
@pytest.mark.django_db
def test_a_broken_count_of_rows_is_refused_in_words(total: str) -> None:
    typed = QueryDict(mutable=True)
    typed.update({"lines-TOTAL_FORMS": total, "lines-INITIAL_FORMS": "0"})
    lines = line_forms(None, "EUR", typed)
    assert not lines.is_valid() or lines.lines() == []


def test_an_unclear_answer_is_kept_and_an_endless_one_refused() -> None:
    given = CLEAR.as_dict() | {"replaces": 0}
    assert BriefForm(given | {"why": ""}, currency="EUR").is_valid()
    assert list(BriefForm(given | {"why": "x" * 4_001}, currency="EUR").errors) == ["why"]
    assert list(BriefForm({"replaces": 0}, currency="EUR").errors) == ["__all__"]


def campaign_form(**typed: object) -> CampaignForm:
    given: dict[str, Any] = {
        "key": signer.sign("k3mk3mk3mk3m"),
        "title": "In cucina",
        "brand": "",
        "brand_name": "Mulino",
        "contact_name": "Bruna",
        "contact_email": "bruna@mulino.example",
        "language": "it",
        "jurisdictions": ["IT"],
        "currency": "EUR",
        "invitation_mode": "one_by_one",
    }
    return CampaignForm(given | typed, agencies=[], brands=[])


def test_a_key_that_is_not_ours_is_refused() -> None:
    assert "key" not in campaign_form().errors
    assert "key" in campaign_form(key="k3mk3mk3mk3m").errors
    assert "key" in campaign_form(key="k3mk3mk3mk3m:forged").errors


@pytest.mark.parametrize("field", ["brand_name", "contact_name", "contact_email"])
def test_a_new_brand_needs_a_name_and_a_contact(field: str) -> None:
    assert field in campaign_form(**{field: " "}).errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("contact_email", "bruna"),
        ("language", "xx"),
        ("jurisdictions", ["XX"]),
        ("jurisdictions", []),
        ("currency", "???"),
        ("invitation_mode", "by_lot"),
        ("brand", "somebody-elses"),
    ],
)
def test_what_is_not_on_offer_is_refused_beside_its_field(field: str, value: Any) -> None:
    assert field in campaign_form(**{field: value}).errors


@pytest.mark.django_db
def test_the_split_adds_up_to_the_whole() -> None:
    budget = budget_of(draft().write().lines.all(), "EUR")
    assert budget is not None
    assert [each.kind for each in budget.slices] == ["creators", "others", "rest"]
    assert [row.bps for row in budget.rows] == [6_667, 2_000, 1_333]
    assert budget.total.minor == sum(each.value for each in budget.slices) == 1_500_000
    assert budget_of([], "EUR") is None
