"""What creators have earned: work delivered, and work called off."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns.agreements.models import Agreement, Deliverable
from campaigns.agreements.queries import agreed_of
from campaigns.agreements.values import Terms
from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from campaigns.payouts import rules
from campaigns.payouts.actions import booking
from campaigns.payouts.errors import NotDelivered
from campaigns.payouts.models import Due
from campaigns.payouts.policies import check_keeps_books, check_may_release
from campaigns.payouts.states import Basis, DueKind
from config.identity.models import User
from config.kernel.money import Money

AT_WORK = frozenset({Stage.LIVE, Stage.CLOSING})  # once launched, everyone is taken to be at work


@transaction.atomic
def owe_for_deliverable(*, deliverable_id: int, by: User, on: date) -> Due | None:
    """The piece's part of the agreed total is owed, `payment_days` after `on`; twice is once.

    on: the day its post was registered, where the agreement holds. The total of the agreed terms
    is split over its pieces by largest remainder. None: the part is less than a cent.
    Raises NotAParty, NotDelivered.
    """
    campaign_id = Deliverable.objects.values_list("agreement__campaign_id", flat=True).get(
        pk=deliverable_id
    )
    campaign = booking.locked(campaign_id)
    deliverable = Deliverable.objects.select_related(
        "agreement__agreed_round",
        "agreement__campaign",
        "agreement__participant__influencer",
        "fulfilment",
    ).get(pk=deliverable_id)
    check_may_release(by, deliverable.agreement)
    return _owe_piece(campaign, deliverable.agreement, deliverable, by, on)


@transaction.atomic
def owe_kill_fees(*, campaign_id: int, by: User) -> list[Due]:
    """Whoever has an agreement is owed what its signed ladder grants when the campaign is called
    off now: published work in full, the fee of the rest by how far it had come.

    Before the launch that is `not_started`, after it `in_work`. Called just before the stage
    moves to cancelled; afterwards it finds everything owed. Raises NotAllowed.
    """
    campaign = booking.locked(campaign_id)
    check_keeps_books(by, campaign)
    if campaign.stage != Stage.CANCELLED:
        for agreement in agreed_of(campaign).prefetch_related("deliverables__fulfilment"):
            _owe_agreement(campaign, agreement, by)
    return list(Due.objects.filter(campaign=campaign, basis=Basis.KILL_FEE).order_by("pk"))


def owe_fulfilled(campaign: Campaign, by: User) -> None:
    """Nothing published is left without its due."""
    waiting = Deliverable.objects.filter(
        agreement__campaign=campaign, fulfilment__isnull=False, due__isnull=True
    ).select_related("agreement__agreed_round", "fulfilment")
    for deliverable in waiting.order_by("pk"):
        on = local_day_of(deliverable, campaign)
        _owe_piece(campaign, deliverable.agreement, deliverable, by, on)


def local_day_of(deliverable: Deliverable, campaign: Campaign) -> date:
    """The day its post was registered, where the agreement holds."""
    at = deliverable.fulfilment.registered_at
    return rules.local_day(at, campaign.jurisdictions, settings.TIME_ZONE)


def _owe_agreement(campaign: Campaign, agreement: Agreement, by: User) -> None:
    pieces = list(agreement.deliverables.all())
    unpublished = []
    for piece in pieces:
        if hasattr(piece, "fulfilment"):
            _owe_piece(campaign, agreement, piece, by, local_day_of(piece, campaign))
        else:
            unpublished.append(piece)
    known = Due.objects.filter(agreement=agreement, basis=Basis.KILL_FEE).exists()
    if unpublished and not known:
        _owe_kill_fee(campaign, agreement, unpublished, by)


def _owe_kill_fee(
    campaign: Campaign, agreement: Agreement, pieces: list[Deliverable], by: User
) -> None:
    terms = _terms(agreement)
    ladder = terms.kill_fees
    percent = ladder.in_work if campaign.stage in AT_WORK else ladder.not_started
    fees = Money(terms.fee_minor, terms.currency).split([1] * len(terms.deliverables))
    fee = sum((fees[piece.number - 1] for piece in pieces), Money(0, terms.currency))
    owed, _ = fee.split([percent, 100 - percent])
    today = rules.local_day(timezone.now(), campaign.jurisdictions, settings.TIME_ZONE)
    if owed:
        booking.owe(
            campaign,
            kind=DueKind.CREATORS,
            basis=Basis.KILL_FEE,
            amount=owed,
            on=today,
            due_on=today + timedelta(days=terms.payment_days),
            by=by,
            key=f"kill_fee/{agreement.public_id}",
            agreement=agreement,
        )


def _owe_piece(
    campaign: Campaign, agreement: Agreement, piece: Deliverable, by: User, on: date
) -> Due | None:
    if known := Due.objects.filter(deliverable=piece).first():
        return known
    if not hasattr(piece, "fulfilment"):
        raise NotDelivered
    terms = _terms(agreement)
    share = terms.total.split([1] * len(terms.deliverables))[piece.number - 1]
    if not share:
        return None
    return booking.owe(
        campaign,
        kind=DueKind.CREATORS,
        basis=Basis.DELIVERABLE,
        amount=share,
        on=on,
        due_on=on + timedelta(days=terms.payment_days),
        by=by,
        key=f"deliverable/{piece.pk}",
        label=piece.title[: rules.MOST_LABEL],
        agreement=agreement,
        deliverable=piece,
    )


def _terms(agreement: Agreement) -> Terms:
    assert agreement.agreed_round is not None  # pieces exist only once a round is agreed
    return agreement.agreed_round.as_terms
