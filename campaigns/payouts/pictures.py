"""The split of a campaign's money as the page draws it: slices, rows of the table, a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.payouts.states import DueKind
from campaigns.payouts.values import CampaignMoney, ClassLine
from config.kernel.money import Money
from config.theme import formatting
from config.theme.pictures import Slice


@dataclass(frozen=True)
class Row:
    """A line of the table under the picture."""

    label: str
    amount: Money | None
    bps: int | None = None


@dataclass(frozen=True)
class Split:
    """Who got what of the brand's money."""

    title: str
    slices: tuple[Slice, ...]
    said: str
    rows: tuple[Row, ...]
    total: Money
    missing: Money | None


def split_of(money: CampaignMoney) -> Split | None:
    """None while nothing came in and nothing is owed."""
    if not money.funded and not money.classes:
        return None
    rows = tuple(_rows(money))
    return Split(
        title=_title(money),
        slices=tuple(_slices(money)),
        said="; ".join(f"{row.label}: {formatting.money(row.amount)}" for row in rows),
        rows=rows,
        total=money.funded,
        missing=-money.left if money.left is not None and money.left.minor < 0 else None,
    )


def _title(money: CampaignMoney) -> str:
    covered = money.left is None or money.left.minor >= 0
    if money.creators_share_bps and covered:
        share = formatting.percent(money.creators_share_bps)
        if money.left is not None and money.left.minor:
            return _("So far %(share)s of the brand's money is the creators'") % {"share": share}
        return _("%(share)s of the brand's money goes to the creators") % {"share": share}
    return _("Where the brand's money goes")


def _rows(money: CampaignMoney) -> Iterator[Row]:
    for line in money.classes:
        yield Row(label_of(line), line.amount, line.bps)
    if money.left is None:
        return
    if money.left.minor > 0:
        yield Row(_("Not owed to anybody yet"), money.left)
    elif money.left.minor < 0:
        yield Row(_("Still missing from the brand"), -money.left)


def _slices(money: CampaignMoney) -> Iterator[Slice]:
    for line in money.classes:
        if line.amount.minor > 0:
            kind = "creators" if DueKind.CREATORS in line.kinds else "others"
            yield Slice(label_of(line), line.amount.minor, formatting.money(line.amount), kind)
    if money.left is not None and money.left.minor > 0:
        left = formatting.money(money.left)
        yield Slice(_("Not owed to anybody yet"), money.left.minor, left, "rest")


def label_of(line: ClassLine) -> str:
    """The name of a class, or of the classes merged into one line."""
    if line.with_rest:
        return _("Creators, their neighbours, and what is not spent")
    if line.kinds == (DueKind.CREATORS,):
        words = {"count": formatting.count_word(line.payees)}
        said = ngettext("One creator", "%(count)s creators", line.payees) % words
        return said[:1].upper() + said[1:]
    names = [str(DueKind(kind).label) for kind in line.kinds]
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1].lower()}
