"""Terms that were handed in, as their reader sees them: what is paid, what an hour comes to, where
the words stand that the check stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.quality.terms import hourly_of
from config.kernel.money import Money

NAMES: dict[str, str | Promise] = {
    "fixed": _("A fixed sum"),
    "deliverable": _("A sum for each piece"),
    "hour": _("By the hour"),
    "day": _("By the day"),
    "expenses": _("Expenses"),
    "licence": _("A licence"),
    "exclusivity": _("Exclusivity"),
    "kill_fee": _("If it is called off"),
    "late_fee": _("If it is paid late"),
    "surplus_share": _("A share of what is left over"),
    "commission": _("A commission on sales"),
}
WORDS = ("pay", "formula", "clause", "description", "note", "unit", "per", "item")


@dataclass(frozen=True)
class Paid:
    """One term. words: its texts, each with the findings in it. floor: where one is known.

    hourly: None where nobody said how long the work takes.
    """

    name: str | Promise
    amount: Money | None
    hourly: Money | None
    floor: Money | None
    words: list[tuple[str, list[Mapping[str, Any]]]]

    @property
    def is_below(self) -> bool:
        return bool(self.hourly and self.floor and self.hourly.minor < self.floor.minor)


def paid(
    terms: Sequence[Mapping[str, Any]],
    findings: Sequence[Mapping[str, Any]],
    floor_minor: int | None,
    currency: str,
) -> list[Paid]:
    """findings: numbered. floor_minor: an hour. currency: of a term that names none."""
    return [
        _paid(
            term,
            hourly,
            [each for each in findings if each.get("term") == nth],
            floor_minor,
            currency,
        )
        for nth, (term, hourly) in enumerate(zip(terms, hourly_of(terms), strict=True))
    ]


def _paid(
    term: Mapping[str, Any],
    hourly: int | None,
    found: list[Mapping[str, Any]],
    floor: int | None,
    currency: str,
) -> Paid:
    money = str(term.get("currency") or currency)
    amount = term.get("amount_minor", term.get("amount_minor_min"))
    known = str(term["pay"]) in NAMES
    return Paid(
        name=NAMES[str(term["pay"])] if known else _("Something else"),
        amount=None if amount is None else Money(amount, money),
        hourly=None if hourly is None else Money(hourly, money),
        floor=None if floor is None else Money(floor, money),
        words=[
            (str(term[name]), [each for each in found if each.get("field") == name])
            for name in WORDS[known:]
            if isinstance(term.get(name), str) and term[name].strip()
        ],
    )
