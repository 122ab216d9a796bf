"""Which line of a campaign's money a creator sees. Pure.

Each sees their own lines, the totals of the classes and every intermediary's margin. A class of
fewer than three creators is merged with its neighbour, so that nobody's pay is what remains when
one's own is taken away; where even the neighbours make fewer than three payees, what is not spent
is merged too, and the sums that would give it away are hidden. Whoever pays sees everything.
"""

from dataclasses import replace

from campaigns.payouts.states import INTERMEDIARIES, DueKind
from campaigns.payouts.values import CampaignMoney, ClassLine, DueLine
from config.kernel.money import Money

FEWEST = 3
NEIGHBOURS = (DueKind.COSTS, DueKind.TAX, DueKind.BANK)


def as_seen_by(money: CampaignMoney, participant_id: int) -> CampaignMoney:
    """The money of a campaign as one of its creators sees it."""
    seen = replace(
        money,
        dues=tuple(due for due in money.dues if _is_theirs(due, participant_id)),
        fundings=(),
    )
    few = next((line for line in money.classes if DueKind.CREATORS in line.kinds), None)
    if few is None or few.payees >= FEWEST:
        return seen
    return _merged(seen, few)


def _is_theirs(due: DueLine, participant_id: int) -> bool:
    return due.participant_id == participant_id or due.kind in INTERMEDIARIES


def _merged(money: CampaignMoney, creators: ClassLine) -> CampaignMoney:
    merged, rest = creators, [line for line in money.classes if line is not creators]
    for kind in NEIGHBOURS:
        neighbour = next((line for line in rest if line.kinds == (kind,)), None)
        if neighbour and merged.payees < FEWEST:
            merged, rest = _joined(merged, neighbour), [line for line in rest if line != neighbour]
    if merged.payees >= FEWEST:
        return replace(money, classes=(merged, *rest), creators_share_bps=None)
    return replace(
        money,
        classes=(_with_rest(merged, rest, money), *rest),
        creators_share_bps=None,
        owed=None,
        paid=None,
        balance=None,
        left=None,
    )


def _joined(one: ClassLine, other: ClassLine) -> ClassLine:
    return ClassLine(
        kinds=one.kinds + other.kinds,
        amount=one.amount + other.amount,
        paid=one.paid + other.paid if one.paid is not None and other.paid is not None else None,
        payees=one.payees + other.payees,
        bps=one.bps + other.bps if one.bps is not None and other.bps is not None else None,
    )


def _with_rest(merged: ClassLine, rest: list[ClassLine], money: CampaignMoney) -> ClassLine:
    """All of the brand's money that is not shown in another line."""
    shown = sum((line.amount for line in rest), Money(0, money.currency))
    return replace(
        merged, amount=money.funded - shown, paid=None, bps=None, payees=0, with_rest=True
    )
