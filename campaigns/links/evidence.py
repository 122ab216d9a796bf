"""The evidence of an account in words and figures: what was found, beside what is usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.links.reasons import Reason, reason
from config.theme import formatting

LAID_ON = "laid_on"  # by others: it never speaks against the creator
UNSURE = "unsure"  # what these figures say of the clicks is in doubt
SHARES = frozenset(
    {
        "share",
        "unmeasured",
        "timing",
        "sudden",
        "foreign",
        "language",
        "referer",
        "hosting",
        "fresh",
    }
)
LABELS: dict[str, str | Promise] = {
    "clicks": _("Clicks"),
    "share": _("Of all this creator's clicks"),
    "agents": _("Different browsers"),
    "models": _("Different device models"),
    "addresses": _("Different addresses"),
    "networks": _("Different networks"),
    "dwell": _("Median time on the page, in milliseconds"),
    "unmeasured": _("Share whose time on the page was not measured"),
    "timing": _("Share that came later after a post than readers do"),
    "sudden": _("Share within the six busiest hours"),
    "steady": _("Unevenness of the pauses, near 1 without bursts"),
    "foreign": _("Share from countries where nobody reads this creator"),
    "language": _("Share without a language, or with one rare in its country"),
    "referer": _("Share from sites that pay for clicks or exchange them"),
    "hosting": _("Share from data centres"),
    "returning": _("Clicks a device and day"),
    "fresh": _("Share whose address shows up only once"),
    "scattered": _("Devices of few makes, seen as very many"),
    "siblings": _("Clicks from the same countries by sites that pay"),
}
# Beside the campaign's usual: how many there would be if all came equally often.
VARIETY: dict[str, str | Promise] = {
    "agents": _("Variety of browsers"),
    "models": _("Variety of device models"),
    "networks": _("Variety of networks"),
}


@dataclass(frozen=True)
class Figure:
    """One figure, with what is usual in this campaign where there is something to compare."""

    label: str
    found: str
    usual: str


@dataclass(frozen=True)
class Evidence:
    reason: Reason
    laid_on: bool
    unsure: bool
    figures: tuple[Figure, ...]


def read(rows: Sequence[Mapping[str, Any]]) -> list[Evidence]:
    """Rows as the engine writes them: reason, code, figures, compared_with."""
    return [
        Evidence(
            reason=reason(row["reason"]),
            laid_on=row["code"] == LAID_ON,
            unsure=row["code"] == UNSURE,
            figures=tuple(
                Figure(
                    label=_label(name, name in row["compared_with"]),
                    found=_shown(name, value),
                    usual=_shown(name, row["compared_with"].get(name)),
                )
                for name, value in _in_order(row["figures"])
            ),
        )
        for row in rows
    ]


def _in_order(figures: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """By the order of the labels: a database that keeps JSON forgets its own."""
    order = {name: nth for nth, name in enumerate(LABELS)}
    return sorted(figures.items(), key=lambda each: order.get(each[0], len(order)))


def _label(name: str, is_compared: bool) -> str:
    known = {**LABELS, **VARIETY} if is_compared else LABELS
    return str(known.get(name, name.replace("_", " ")))


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in SHARES:
        return formatting.percent(round(value * formatting.BASIS_POINTS))
    if isinstance(value, int | float):
        return formatting.number(Decimal(str(value)))
    return str(value)
