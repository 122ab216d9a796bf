"""Django's forms in Patto's markup: `{{ form }}`, `{% field form.fee %}`, `{% errors form %}`."""

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    HiddenInput,
    NumberInput,
    RadioSelect,
)
from django.utils.safestring import SafeString

CHOICES = (CheckboxInput, CheckboxSelectMultiple, RadioSelect)


class Renderer(TemplatesSetting):
    """Forms and fields drawn with the templates of config/templates/patto/."""

    form_template_name = "patto/form.html"
    field_template_name = "patto/field.html"


def is_hidden(field: BoundField) -> bool:
    return isinstance(field.field.widget, HiddenInput) or field.is_hidden


def is_single_choice(field: BoundField) -> bool:
    """A lone checkbox: its label follows it on the same line."""
    return isinstance(field.field.widget, CheckboxInput)


def is_group(field: BoundField) -> bool:
    """Several choices under one legend."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


def widget(field: BoundField, numeric: bool = False, **attrs: str) -> SafeString:
    """The bare control, classed as the stylesheet wants it and keeping what was typed."""
    control = field.field.widget
    if not isinstance(control, CHOICES):
        numeric = numeric or isinstance(control, NumberInput)
        classes = f"input {'input-num' if numeric else ''} {control.attrs.get('class', '')}"
        attrs["class"] = " ".join(dict.fromkeys(classes.split()))
    if isinstance(control, ClearableFileInput):
        attrs.pop("value", None)
    return field.as_widget(attrs=dict(attrs))
