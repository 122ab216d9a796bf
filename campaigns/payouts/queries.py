"""Reads of the payouts desk. Sums come from its rows, balances from the ledger's postings."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from campaigns.agreements.models import Agreement
from campaigns.agreements.states import AgreementStatus
from campaigns.briefs.models import Campaign
from campaigns.briefs.queries import newest_brief
from campaigns.briefs.states import Stage
from campaigns.codesign.models import Participant
from campaigns.ledger import queries as ledger
from campaigns.payouts import chart, rules
from campaigns.payouts.models import Due, Funding
from campaigns.payouts.states import DueKind, DueStatus
from campaigns.payouts.values import (
    CampaignMoney,
    ComingLine,
    DueLine,
    FundingLine,
    OwnLine,
    OwnMoney,
    PayState,
    add,
    classes_of,
    share_of,
)
from campaigns.payouts.visibility import as_seen_by
from config.identity.models import User
from config.identity.permissions import Role
from config.kernel.money import Money

OVER = frozenset({Stage.CLOSED, Stage.CANCELLED})


def money_of(campaign: Campaign) -> CampaignMoney:
    """All the money of a campaign. A constant number of queries."""
    zero = Money(0, campaign.currency)
    fundings = tuple(_funding(each) for each in Funding.objects.filter(campaign=campaign))
    dues = tuple(_line(due) for due in _dues(Due.objects.filter(campaign=campaign)))
    lying = ledger.balances_of([chart.bank(campaign.public_id), chart.funds(campaign.public_id)])
    funded = sum((each.amount for each in fundings), zero)
    valid = [due for due in dues if due.status != DueStatus.CANCELLED]
    earned = [due for due in valid if due.kind != DueKind.REFUND]
    owed = add(earned, campaign.currency)
    whole = max(funded, owed)
    creators = {due.participant_id for due in earned if due.kind == DueKind.CREATORS}
    to_creators = add((d for d in earned if d.kind == DueKind.CREATORS), campaign.currency)
    return CampaignMoney(
        currency=campaign.currency,
        funded=funded,
        owed=owed,
        paid=add((due for due in earned if due.is_paid), campaign.currency),
        refunded=add((due for due in valid if due.kind == DueKind.REFUND), campaign.currency),
        balance=lying.get(chart.bank(campaign.public_id), zero),
        left=lying.get(chart.funds(campaign.public_id), zero),
        classes=classes_of(dues, {DueKind.CREATORS: len(creators)}, whole),
        creators_share_bps=share_of(to_creators, whole),
        dues=dues,
        fundings=fundings,
        open_dues=sum(due.is_open for due in dues),
    )


def money_for(user: User, campaign: Campaign, roles: frozenset[Role]) -> CampaignMoney:
    """The money of a campaign as this person may see it: payers all of it, a creator their part."""
    money = money_of(campaign)
    if roles & {Role.AGENCY, Role.BRAND}:
        return money
    participant = Participant.objects.filter(campaign=campaign, influencer__user=user).first()
    if participant is None:
        raise Http404
    return as_seen_by(money, participant.pk)


def due_for(campaign: Campaign, public_id: str) -> Due:
    """The single door to a due of the books. Http404 where the campaign has none of that name."""
    due = _dues(Due.objects.filter(campaign=campaign)).filter(public_id=public_id).first()
    if due is None:
        raise Http404
    return due


def fee_to_book(campaign: Campaign) -> Money:
    """What of the newest brief's agency lines is not booked yet."""
    brief = newest_brief(campaign)
    lines = brief.lines.all() if brief else []
    foreseen = sum(line.amount_minor for line in lines if line.kind == DueKind.AGENCY)
    booked = (
        Due.objects.filter(campaign=campaign, kind=DueKind.AGENCY)
        .exclude(status=DueStatus.CANCELLED)
        .aggregate(n=Sum("amount_minor"))["n"]
    )
    return Money(max(foreseen - (booked or 0), 0), campaign.currency)


def my_money(user: User) -> OwnMoney:
    """A creator's money in every campaign: late first, then by due date, paid last."""
    own = Due.objects.filter(agreement__participant__influencer__user=user)
    dues = list(_dues(own.exclude(status=DueStatus.CANCELLED)))
    covered = _covered({due.campaign.public_id: due.campaign_id for due in dues if _is_open(due)})
    lines = sorted(
        (_own(due, covered) for due in dues),
        key=lambda line: (line.due.is_paid, line.due.due_on, line.due.public_id),
    )
    return OwnMoney(lines=tuple(lines), coming=tuple(_coming(user)))


def _dues(dues: QuerySet[Due]) -> QuerySet[Due]:
    return (
        dues.select_related(
            "campaign__brand", "campaign__agency", "agreement__participant__influencer"
        )
        .prefetch_related("payments")
        .order_by("due_on", "pk")
    )


def _funding(funding: Funding) -> FundingLine:
    return FundingLine(funding.amount, funding.statement, funding.received_on)


def _line(due: Due, today: date | None = None) -> DueLine:
    payment = max(due.payments.all(), key=lambda each: each.paid_on, default=None)
    until = payment.paid_on if payment else today or timezone.localdate()
    return DueLine(
        public_id=due.public_id,
        kind=due.kind,
        basis=due.basis,
        payee=_payee(due),
        label=due.label,
        document=due.document,
        amount=due.amount,
        due_on=due.due_on,
        status=due.status,
        paid_on=payment.paid_on if payment else None,
        statement=payment.statement if payment else "",
        days_late=0 if due.status == DueStatus.CANCELLED else rules.days_late(due.due_on, until),
        participant_id=due.agreement.participant_id if due.agreement else None,
    )


def _payee(due: Due) -> str:
    if due.agreement:
        return due.agreement.participant.influencer.name
    names = {DueKind.AGENCY: due.campaign.agency.name, DueKind.REFUND: due.campaign.brand.name}
    return names.get(DueKind(due.kind), due.label)


def _is_open(due: Due) -> bool:
    return due.status == DueStatus.OPEN


def _own(due: Due, covered: frozenset[str]) -> OwnLine:
    campaign = due.campaign
    return OwnLine(
        campaign=campaign.title,
        campaign_id=campaign.public_id,
        brand=campaign.brand.name,
        due=_line(due),
        covered=campaign.public_id in covered,
    )


def _covered(campaigns: dict[str, int]) -> frozenset[str]:
    """Of these campaigns (public id -> id), those whose account holds all that is unpaid."""
    lying = ledger.balances_of([chart.bank(public_id) for public_id in campaigns])
    unpaid = dict(
        Due.objects.filter(campaign__in=campaigns.values(), status=DueStatus.OPEN)
        .values_list("campaign_id")
        .annotate(n=Sum("amount_minor"))
    )
    return frozenset(
        public_id
        for public_id, pk in campaigns.items()
        if (has := lying.get(chart.bank(public_id))) and has.minor >= unpaid.get(pk, 0)
    )


def _coming(user: User) -> list[ComingLine]:
    """What running agreements still promise, once each post is registered."""
    agreements = (
        Agreement.objects.filter(participant__influencer__user=user, status=AgreementStatus.AGREED)
        .exclude(campaign__stage__in=OVER)
        .select_related("campaign__brand", "agreed_round")
        .annotate(owed=Sum("dues__amount_minor", filter=~Q(dues__status=DueStatus.CANCELLED)))
        .order_by(F("agreed_at").desc())
    )
    return [line for each in agreements if (line := _promised(each)).amount.minor > 0]


def _promised(agreement: Agreement) -> ComingLine:
    assert agreement.agreed_round is not None
    terms = agreement.agreed_round.as_terms
    owed = Money(agreement.owed or 0, terms.currency)  # type: ignore[attr-defined]
    return ComingLine(
        campaign=agreement.campaign.title,
        campaign_id=agreement.campaign.public_id,
        brand=agreement.campaign.brand.name,
        amount=terms.total - owed,
        payment_days=terms.payment_days,
    )


def states_of(campaigns: Collection[Campaign]) -> dict[int, PayState]:
    """The state of each campaign's money, in three queries, however many campaigns."""
    ids = [campaign.pk for campaign in campaigns]
    dues = Due.objects.filter(campaign__in=ids, status=DueStatus.OPEN).values("campaign")
    owed = {row["campaign"]: row["n"] for row in dues.annotate(n=Count("pk"))}
    fundings = Funding.objects.filter(campaign__in=ids).values("campaign")
    funded = {row["campaign"]: row["sum"] for row in fundings.annotate(sum=Sum("amount_minor"))}
    lying = ledger.balances_of([chart.bank(campaign.public_id) for campaign in campaigns])
    return {
        campaign.pk: PayState(
            open_dues=owed.get(campaign.pk, 0),
            balance_minor=balance.minor
            if (balance := lying.get(chart.bank(campaign.public_id)))
            else 0,
            funded_minor=funded.get(campaign.pk, 0),
        )
        for campaign in campaigns
    }
