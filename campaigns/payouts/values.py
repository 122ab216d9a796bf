"""The money of a campaign as it is shown: what came in, who is owed what, what is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from campaigns.payouts.states import DueKind, DueStatus
from config.kernel.money import Money

WHOLE = 10_000  # basis points


@dataclass(frozen=True)
class FundingLine:
    """Money of the brand that arrived."""

    amount: Money
    statement: str
    received_on: date


@dataclass(frozen=True)
class DueLine:
    """An amount owed to one payee. days_late: up to today, or to the day it was paid."""

    public_id: str
    kind: str
    basis: str
    payee: str
    label: str
    document: str
    amount: Money
    due_on: date
    status: str
    paid_on: date | None
    statement: str
    days_late: int
    participant_id: int | None

    @property
    def is_open(self) -> bool:
        return self.status == DueStatus.OPEN

    @property
    def is_paid(self) -> bool:
        return self.status == DueStatus.PAID


@dataclass(frozen=True)
class ClassLine:
    """What the payees of one or more classes get together; bps of the whole, None if hidden.

    kinds: more than one where a class too small to be shown alone is merged with its neighbour.
    with_rest: what is not owed to anybody is in it as well.
    """

    kinds: tuple[str, ...]
    amount: Money
    paid: Money | None
    payees: int
    bps: int | None
    with_rest: bool = False


@dataclass(frozen=True)
class CampaignMoney:
    """Everything in the campaign's currency. None: hidden from this reader.

    funded: what the brand paid in. owed: what payees have earned, paid or not; paid: what of it
    was paid; refunds apart in neither. balance: what lies in the account, with what is unpaid.
    left: what nobody has earned; negative where the brand must pay in more.
    creators_share_bps: what creators earned, of the brand's money.
    """

    currency: str
    funded: Money
    owed: Money | None
    paid: Money | None
    refunded: Money
    balance: Money | None
    left: Money | None
    classes: tuple[ClassLine, ...]
    creators_share_bps: int | None
    dues: tuple[DueLine, ...]
    fundings: tuple[FundingLine, ...]
    open_dues: int

    @property
    def balance_minor(self) -> int:
        return self.balance.minor if self.balance else 0

    @property
    def late(self) -> tuple[DueLine, ...]:
        return tuple(due for due in self.dues if due.is_open and due.days_late)

    @property
    def paid_by_class(self) -> dict[str, int]:
        """Minor units paid, by class of payee: `creators`, `agency` ..."""
        return {
            line.kinds[0]: line.paid.minor
            for line in self.classes
            if len(line.kinds) == 1 and line.paid is not None
        }

    @property
    def creators_paid(self) -> int:
        """How many creators share what creators are owed."""
        return sum(line.payees for line in self.classes if DueKind.CREATORS in line.kinds)


@dataclass(frozen=True)
class PayState:
    """What a list of campaigns says of their money, in minor units of each one's currency."""

    open_dues: int = 0
    balance_minor: int = 0
    funded_minor: int = 0


@dataclass(frozen=True)
class OwnLine:
    """A due of one creator: what, when, how late. covered: the brand's money for it is in."""

    campaign: str
    campaign_id: str
    brand: str
    due: DueLine
    covered: bool


@dataclass(frozen=True)
class ComingLine:
    """What an agreement still promises: due `payment_days` after each post is registered."""

    campaign: str
    campaign_id: str
    brand: str
    amount: Money
    payment_days: int


@dataclass(frozen=True)
class OwnMoney:
    """A creator's money in every campaign, late first."""

    lines: tuple[OwnLine, ...]
    coming: tuple[ComingLine, ...]

    @property
    def open(self) -> tuple[OwnLine, ...]:
        return tuple(line for line in self.lines if line.due.is_open)

    @property
    def late(self) -> tuple[OwnLine, ...]:
        return tuple(line for line in self.open if line.due.days_late)

    @property
    def open_totals(self) -> list[Money]:
        """What is waited for, one amount a currency."""
        return totals(line.due.amount for line in self.open)


def totals(amounts: Iterable[Money]) -> list[Money]:
    """Sums, one a currency, in the order of the codes."""
    sums: dict[str, Money] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Money(0, amount.currency)) + amount
    return [sums[currency] for currency in sorted(sums)]


def share_of(part: Money, whole: Money) -> int | None:
    """Basis points, to the nearest; None where there is no whole to take part in."""
    if whole.minor <= 0:
        return None
    rest = max(whole.minor - part.minor, 0)
    return Money(WHOLE, "XXX").split([part.minor, rest])[0].minor


def classes_of(
    dues: Iterable[DueLine], payees: Mapping[str, int], whole: Money
) -> tuple[ClassLine, ...]:
    """What is not withdrawn, class by class in the order of `DueKind`; shares of `whole`."""
    counted = [due for due in dues if due.status != DueStatus.CANCELLED]
    kinds = [kind for kind in DueKind if any(due.kind == kind for due in counted)]
    lines = []
    for kind in kinds:
        own = [due for due in counted if due.kind == kind]
        amount = add(own, whole.currency)
        lines.append(
            ClassLine(
                kinds=(kind,),
                amount=amount,
                paid=add((due for due in own if due.is_paid), whole.currency),
                payees=payees.get(kind, len(own)),
                bps=share_of(amount, whole),
            )
        )
    return tuple(lines)


def add(dues: Iterable[DueLine], currency: str) -> Money:
    return sum((due.amount for due in dues), Money(0, currency))
