"""The budget of a brief as shares: how much reaches the creators, the agency, everybody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.briefs.models import BudgetLine, LineKind
from config.kernel.money import Money
from config.theme import formatting
from config.theme.pictures import Slice

KINDS = {LineKind.CREATORS: "creators", LineKind.AGENCY: "others"}


@dataclass(frozen=True)
class Row:
    label: str
    amount: Money
    bps: int


@dataclass(frozen=True)
class Budget:
    """rows: the lines as written. slices: the picture. said: the picture as a sentence."""

    rows: tuple[Row, ...]
    slices: tuple[Slice, ...]
    total: Money
    said: str


def budget_of(lines: Iterable[BudgetLine], currency: str) -> Budget | None:
    """None where no line is written yet. Shares add up to 10,000 basis points."""
    known = list(lines)
    if not known:
        return None
    total = sum(line.amount_minor for line in known)
    bps = Money(10_000, currency).split([line.amount_minor for line in known])
    rows = tuple(
        Row(line.label, Money(line.amount_minor, currency), share.minor)
        for line, share in zip(known, bps, strict=True)
    )
    slices = tuple(_slices(known, currency))
    parts = ", ".join(f"{each.label} {each.shown}" for each in slices)
    return Budget(rows, slices, Money(total, currency), parts)


def _slices(lines: list[BudgetLine], currency: str) -> Iterable[Slice]:
    names = {"creators": _("Creators"), "others": _("Agency"), "rest": _("Everything else")}
    for kind, name in names.items():
        amounts = [x.amount_minor for x in lines if KINDS.get(LineKind(x.kind), "rest") == kind]
        if amounts:
            yield Slice(name, sum(amounts), formatting.money(Money(sum(amounts), currency)), kind)
