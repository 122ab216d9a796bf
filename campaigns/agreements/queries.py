"""Reads of agreements, and the single door to one."""

from django.db.models import QuerySet
from django.http import Http404

from campaigns.agreements.models import Agreement, Deliverable, Fulfilment, OfferRound
from campaigns.agreements.states import AgreementStatus
from campaigns.agreements.values import Split, terms_digest
from campaigns.briefs.models import Campaign
from campaigns.briefs.queries import newest_brief
from campaigns.codesign.queries import campaigns_of
from campaigns.quality.elections import Silence
from campaigns.quality.queries import notices_of
from config.identity.models import User
from config.identity.permissions import Role
from disclosures.queries import worst_first


def agreements_for(user: User, campaign: Campaign, roles: frozenset[Role]) -> QuerySet[Agreement]:
    """The agreements a person may read: payers all of the campaign's, a creator their own."""
    found = Agreement.objects.filter(campaign=campaign).select_related(
        "campaign", "participant__influencer__user", "agreed_round"
    )
    if roles & {Role.AGENCY, Role.BRAND}:
        return found
    return found.filter(participant__influencer__user=user)


def agreement_for(
    user: User, campaign: Campaign, roles: frozenset[Role], public_id: str
) -> Agreement:
    found = agreements_for(user, campaign, roles).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def newest_round(agreement: Agreement) -> OfferRound | None:
    return (
        agreement.rounds.select_related("offered_by", "submission")
        .prefetch_related("acceptances__by")
        .last()
    )


def newest_rounds(agreements: QuerySet[Agreement]) -> dict[int, OfferRound]:
    """The newest round of each agreement that has one, in one query."""
    found = (
        OfferRound.objects.filter(agreement__in=agreements)
        .order_by("agreement_id", "-number")
        .distinct("agreement_id")
        .select_related("agreement", "submission")
    )
    return {offer.agreement_id: offer for offer in found}


def split_of(campaign: Campaign) -> Split:
    """Who gets what of the brand's money, by the newest brief's budget."""
    brief = newest_brief(campaign)
    lines = [(line.kind, line.amount_minor) for line in brief.lines.all()] if brief else []
    return Split.of(lines, campaign.currency)


def digest_of(offer: OfferRound, split: Split) -> str:
    """What a person accepts: this round's terms together with the split shown beside them."""
    return terms_digest(
        offer.as_terms, split, agreement=offer.agreement.public_id, number=offer.number
    )


def silences_of(campaign: Campaign) -> list[Silence]:
    """The days on which nothing of a political campaign may be published, as a reviewer recorded
    them with its newest brief and mechanic and with what was handed in on the draft."""
    deciding = [newest_brief(campaign), campaign.mechanics.order_by("number").last()]
    ids = [each.submission_id for each in deciding if each]
    ids += campaign.materials.values_list("submission_id", flat=True)
    return [Silence.from_json(row) for each in notices_of(ids) for row in each.silences]


def agreed_of(campaign: Campaign) -> QuerySet[Agreement]:
    return (
        Agreement.objects.filter(campaign=campaign, status=AgreementStatus.AGREED)
        .select_related("agreed_round", "participant__influencer")
        .order_by("pk")
    )


def deliverables_of(campaign: Campaign) -> QuerySet[Deliverable]:
    """Every piece of agreed work with the publication that fulfils it, if any."""
    return (
        Deliverable.objects.filter(agreement__campaign=campaign)
        .select_related(
            "agreement__participant__influencer__user",
            "fulfilment__publication",
            "feed_watch__feed",
        )
        .order_by("pk")
    )


def publications_of(user: User) -> QuerySet[Fulfilment]:
    """Every post of the person's campaigns: the worst verdict first, then the newest."""
    return (
        Fulfilment.objects.filter(
            deliverable__agreement__campaign__in=campaigns_of(user).order_by().values("pk")
        )
        .select_related(
            "deliverable__agreement__campaign", "deliverable__agreement__participant__influencer"
        )
        .annotate(rank=worst_first("publication_id"))
        .order_by("rank", "-pk")
    )
