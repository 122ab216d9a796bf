"""Fields and forms: label, help, error, control; what was typed stays, and stays harmless."""

import pytest
from django import forms
from django.template import Context, Template

EVIL = '"><script>alert(1)</script>'


class Offer(forms.Form):
    fee = forms.DecimalField(label="Fixed fee", help_text="What the work is paid.", min_value=1)
    note = forms.CharField(required=False, widget=forms.Textarea, max_length=40)
    use = forms.ChoiceField(
        choices=[("12", "Twelve months"), ("0", "Not at all")], widget=forms.RadioSelect
    )
    seen = forms.BooleanField(label="I read the terms")
    digest = forms.CharField(widget=forms.HiddenInput)


def _field(form: forms.Form, name: str, parameters: str = "") -> str:
    template = Template(f"{{% field form.{name} {parameters} %}}")
    return template.render(Context({"form": form}))


def test_help_and_error_are_tied_to_the_control() -> None:
    html = _field(Offer({"fee": "0"}), "fee", 'unit="EUR"')
    assert '<label for="id_fee">Fixed fee' in html
    assert 'id="id_fee_helptext">What the work is paid.' in html
    assert 'id="id_fee_error"' in html
    assert 'aria-describedby="id_fee_helptext id_fee_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="input input-num"' in html
    assert "<span>EUR</span>" in html
    assert html.index("helptext") < html.index('class="error"') < html.index("<input")


def test_what_was_typed_stays_and_is_escaped() -> None:
    html = _field(Offer({"fee": EVIL, "note": "</textarea>" + EVIL}), "fee")
    html += _field(Offer({"note": "</textarea>" + EVIL}), "note")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html
    assert html.count("</textarea>") == 1


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "(optional)" in _field(Offer(), "note")
    assert "(optional)" not in _field(Offer(), "fee")
    assert "(needed if you object)" in _field(Offer(), "note", 'must="needed if you object"')
    assert "(" not in _field(Offer(), "note", 'must=" "')


def test_several_choices_stand_under_one_legend_and_none_is_chosen() -> None:
    html = _field(Offer(), "use")
    assert "<fieldset" in html
    assert "<legend>Use" in html
    assert html.count('class="choice"') == 2
    assert "checked" not in html


def test_a_lone_choice_is_followed_by_its_label() -> None:
    html = _field(Offer({}), "seen")
    assert html.index('type="checkbox"') < html.index("I read the terms")
    assert 'class="error"' in html


def test_a_hidden_field_has_no_label() -> None:
    html = _field(Offer({"digest": "abc"}), "digest")
    assert html.strip() == '<input type="hidden" name="digest" value="abc" id="id_digest">'


def test_the_summary_names_each_field_and_leads_to_it() -> None:
    form = Offer({"fee": "0", "use": "12", "digest": "x"})
    form.add_error(None, "The terms changed.")
    html = Template("{% errors form %}").render(Context({"form": form}))
    assert "Two answers need another look" in html
    assert '<a href="#id_fee">Fixed fee</a>' in html
    assert '<a href="#id_seen">' in html
    assert "<li>The terms changed.</li>" in html
    assert 'role="alert"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert Template("{% errors form %}").render(Context({"form": Offer()})).strip() == ""


def test_a_whole_form_is_drawn_the_same_way() -> None:
    html = Offer({"fee": "0"}).render()
    assert html.count('class="field') == 4
    assert 'class="notice stop"' in html


@pytest.mark.parametrize("name", ["fee", "note", "use", "seen"])
def test_no_field_writes_style_or_script(name: str) -> None:
    html = _field(Offer({}), name)
    assert " style=" not in html
    assert " on" not in html.replace(" one", "")
