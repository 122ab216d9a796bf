"""Fields in the order label, help, error, control; errors in words, beside the field and on top."""

from typing import Any

from django.forms import BaseForm, BoundField
from django.template import Library

from config.theme import forms

register = Library()


@register.inclusion_tag("patto/field.html")
def field(
    bound: BoundField, unit: str = "", must: str = "", numeric: bool = False, rows: str = ""
) -> dict[str, Any]:
    """`{% field form.fee unit="EUR" must=_("needed if you object") rows="3" %}`.

    unit: what stands behind the control. must: said beside the label; without it a field that may
    stay empty says "(optional)", and a blank one says nothing. What was typed stays, errors stand
    above the control.
    """
    return {
        "field": bound,
        "unit": unit,
        "must": must.strip(),
        "says_optional": not must and not bound.field.required,
        "numeric": numeric,
        "rows": rows,
    }


@register.inclusion_tag("patto/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """The summary on top of a form: each sentence links to its field. Nothing while all is well."""
    return {"form": form, "wrong": [each for each in form if each.errors and not each.is_hidden]}


@register.simple_tag
def control(bound: BoundField, unit: str = "", numeric: bool = False, rows: str = "") -> Any:
    """The bare control, for markup that writes its own label."""
    attrs = {"rows": rows} if rows else {}
    return forms.widget(bound, numeric=numeric or bool(unit), **attrs)


register.filter("is_group", forms.is_group)
register.filter("is_single_choice", forms.is_single_choice)
