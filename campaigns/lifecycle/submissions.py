"""What was handed in to the quality check, and whose campaign it belongs to."""

from collections.abc import Collection
from itertools import chain

from django.db.models import Q, QuerySet
from django.http import Http404

from campaigns.agreements.models import OfferRound, PostCheck
from campaigns.briefs.models import Brief, Campaign, Material
from campaigns.briefs.states import OPEN_STAGES
from campaigns.codesign.models import Mechanic
from campaigns.quality.models import Submission
from config.identity.models import Membership, User
from config.identity.permissions import Role

HOUSES = frozenset({Role.AGENCY, Role.BRAND})
OF_TERMS = "agreements__rounds__submission"
OF_POSTS = "agreements__deliverables__fulfilment__post_checks__submission"


def campaign_of(submission_id: int) -> Campaign | None:
    """The campaign it was handed in for; None for one that belongs to none."""
    for path in ("briefs__submission", "mechanics__submission", "materials__submission"):
        if found := Campaign.objects.filter(**{path: submission_id}).first():
            return found
    of_work = Q(**{OF_TERMS: submission_id}) | Q(**{OF_POSTS: submission_id})
    return Campaign.objects.filter(of_work).first()


def submission_for(user: User, campaign: Campaign, roles: frozenset[Role], pk: int) -> Submission:
    """One that the person may read: brief and mechanic everybody of the campaign, drafts its
    houses and reviewers, terms and posts its houses and their creator. Raises Http404."""
    allowed = Q(brief__campaign=campaign) | Q(mechanic__campaign=campaign)
    if roles & (HOUSES | {Role.REVIEWER}):
        allowed |= Q(material__campaign=campaign)
    terms = Q(offerround__agreement__campaign=campaign)
    posts = Q(postcheck__fulfilment__deliverable__agreement__campaign=campaign)
    if not roles & HOUSES:
        seat = "agreement__participant__influencer__user"
        terms &= Q(**{f"offerround__{seat}": user})
        posts &= Q(**{f"postcheck__fulfilment__deliverable__{seat}": user})
    found = Submission.objects.filter(allowed | terms | posts, pk=pk).first()
    if found is None:
        raise Http404
    return found


def submissions_of(campaign: Campaign) -> QuerySet[Submission]:
    """Everything that decides over the campaign: every brief, mechanic and material of it."""
    return Submission.objects.filter(
        Q(brief__campaign=campaign)
        | Q(mechanic__campaign=campaign)
        | Q(material__campaign=campaign)
    )


def newest_of_open_campaigns() -> set[int]:
    """The submissions that decide now: of each open campaign the newest brief and mechanic, all
    material, the newest terms of each agreement, the newest words of each post."""
    open_ones = Campaign.objects.filter(stage__in=OPEN_STAGES)
    newest = chain(
        Brief.objects.filter(campaign__in=open_ones)
        .order_by("campaign_id", "-number")
        .distinct("campaign_id")
        .values_list("submission_id", flat=True),
        Mechanic.objects.filter(campaign__in=open_ones)
        .order_by("campaign_id", "-number")
        .distinct("campaign_id")
        .values_list("submission_id", flat=True),
        Material.objects.filter(campaign__in=open_ones).values_list("submission_id", flat=True),
        OfferRound.objects.filter(agreement__campaign__in=open_ones)
        .order_by("agreement_id", "-number")
        .distinct("agreement_id")
        .values_list("submission_id", flat=True),
        PostCheck.objects.filter(fulfilment__deliverable__agreement__campaign__in=open_ones)
        .order_by("fulfilment_id", "-pk")
        .distinct("fulfilment_id")
        .values_list("submission_id", flat=True),
    )
    return set(newest)


def members_of_campaign(campaign: Campaign | None) -> Collection[int]:
    """Everyone of its organisations and its creators: they don't rule on what belongs to it."""
    if campaign is None:
        return set()
    members = Membership.objects.filter(organisation__in=[campaign.agency_id, campaign.brand_id])
    people = campaign.participants.values_list("influencer__user_id", flat=True)
    return {*members.values_list("user_id", flat=True), *people}
