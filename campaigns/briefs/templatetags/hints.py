"""`{% hinted form.what kind="brief" %}`: a field that says, while one writes, what stops it."""

from typing import Any

from django.forms import BoundField
from django.template import Context, Library

from campaigns.briefs.hinting import read

register = Library()


@register.inclusion_tag("briefs/_hinted.html", takes_context=True)
def hinted(context: Context, bound: BoundField, kind: str, rows: str = "") -> dict[str, Any]:
    """The field with what stands against its words by now, for those without a script too."""
    campaign = context["campaign"]
    words = str(bound.value() or "")
    return {
        "campaign": campaign,
        "field": bound,
        "kind": kind,
        "rows": rows,
        "hinted": read(words, kind=kind, of=bound.name, language=campaign.language),
    }
