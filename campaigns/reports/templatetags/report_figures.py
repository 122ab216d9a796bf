"""Filters that write a report's JSON values for its readers."""

from datetime import datetime
from typing import Any

from django.template import Library

from campaigns.reports import pages
from campaigns.reports.states import IncidentKind

register = Library()


@register.filter
def figure_words(figure: Any) -> str:
    """A figure in the reader's language: an amount, a share, a count, "Not measured"."""
    return pages.shown(figure)


@register.filter
def point_in_time(written: str | None) -> datetime | None:
    """The moment an ISO 8601 string names, for the date filters."""
    return datetime.fromisoformat(written) if written else None


@register.filter
def incident_name(kind: str) -> str:
    return str(IncidentKind(kind).label)
