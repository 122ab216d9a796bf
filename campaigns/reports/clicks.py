"""The clicks of a report as its readers meet them, from its own JSON."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.links import pictures
from campaigns.links.values import Tally
from campaigns.reports.figures import is_figure
from config.theme import formatting

Clicks = Mapping[str, Any]


def title_of(clicks: Clicks) -> str:
    """Versions signed before clicks were judged hold raw and unique ones only."""
    raw, counted = clicks["raw"], clicks.get("counted", clicks["unique"])
    if not is_figure(raw):
        return _("Clicks were not measured")
    if not raw["value"]:
        return _("No click so far")
    words = {"raw": formatting.number(raw["value"])}
    if not is_figure(counted):
        return (
            ngettext(
                "%(raw)s click, not judged yet", "%(raw)s clicks, not judged yet", raw["value"]
            )
            % words
        )
    return ngettext(
        "%(counted)s of %(raw)s click counted",
        "%(counted)s of %(raw)s clicks counted",
        raw["value"],
    ) % {**words, "counted": formatting.number(counted["value"])}


def picture_of(clicks: Clicks) -> pictures.Picture | None:
    """The judged clicks day by day; None before a judging."""
    days = {
        each["day"]: {kind: figure["value"] for kind, figure in each["clicks"].items()}
        for each in clicks.get("days", ())
    }
    return pictures.picture_of(Tally(days)) if days else None
