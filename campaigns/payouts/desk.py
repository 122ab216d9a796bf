"""What the agency may do at this moment at the payouts desk, each act with its form."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.briefs.models import Campaign
from campaigns.payouts import policies, queries
from campaigns.payouts.forms import BookingForm, CostForm, FeeForm, FundingForm, PaymentForm
from campaigns.payouts.states import COST_KINDS, DueKind
from campaigns.payouts.values import CampaignMoney, DueLine
from config.identity.models import User
from config.identity.permissions import Role
from config.kernel.money import Money


@dataclass(frozen=True)
class DueRow:
    """A due with what can be done about it; `open_form`: its form came back with errors."""

    due: DueLine
    pay: BookingForm | None = None
    may_withdraw: bool = False

    @property
    def open_form(self) -> bool:
        return self.pay is not None and self.pay.is_bound


@dataclass(frozen=True)
class Desk:
    """None: that act is not possible now, or not for this person."""

    rows: tuple[DueRow, ...]
    funding: BookingForm | None = None
    cost: BookingForm | None = None
    fee: BookingForm | None = None
    fee_amount: Money | None = None
    refund: BookingForm | None = None
    keeps_books: bool = False
    sees_all: bool = False

    @property
    def payable(self) -> int:
        """How many dues wait for somebody to pay them."""
        return sum(row.due.is_open for row in self.rows)


def of(
    user: User,
    campaign: Campaign,
    roles: frozenset[Role],
    money: CampaignMoney,
    bound: Mapping[str, BookingForm],
) -> Desk:
    """The desk of one person; `bound` has the form that was just sent, under its name."""
    if not policies.can_keep_books(user, campaign):
        is_payer = bool(roles & {Role.AGENCY, Role.BRAND})
        return Desk(rows=tuple(DueRow(due) for due in money.dues), sees_all=is_payer)
    books_open = campaign.stage in policies.OPEN_BOOKS
    fee = queries.fee_to_book(campaign)
    left = money.left.minor if money.left else 0
    refundable = campaign.stage in policies.REFUNDING and left > 0
    return Desk(
        rows=tuple(_row(due, bound.get(due.public_id)) for due in money.dues),
        funding=_form(FundingForm, "funding", money, bound) if books_open else None,
        cost=_form(CostForm, "cost", money, bound) if books_open else None,
        fee=_form(FeeForm, "fee", money, bound) if books_open and (fee or "fee" in bound) else None,
        fee_amount=fee,
        refund=_form(PaymentForm, "refund", money, bound)
        if refundable or "refund" in bound
        else None,
        keeps_books=True,
        sees_all=True,
    )


def _form(
    kind: type[BookingForm], name: str, money: CampaignMoney, bound: Mapping[str, BookingForm]
) -> BookingForm:
    return bound.get(name) or kind(currency=money.currency, auto_id=f"{name}_%s")


def _row(due: DueLine, bound: BookingForm | None) -> DueRow:
    if not due.is_open:
        return DueRow(due, pay=bound)
    form = bound or PaymentForm(currency=due.amount.currency, auto_id=f"{due.public_id}_%s")
    return DueRow(due, form, may_withdraw=due.kind in COST_KINDS | {DueKind.AGENCY})
