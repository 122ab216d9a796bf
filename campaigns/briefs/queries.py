"""Reads of campaigns and briefs."""

from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from campaigns.briefs import rules
from campaigns.briefs.models import Brief, Campaign, Material
from config.identity.models import MemberRole, Membership, Organisation, OrganisationKind, User
from config.kernel.errors import NotFound


def newest_brief(campaign: Campaign) -> Brief | None:
    return newest_briefs([campaign.pk]).get(campaign.pk)


def newest_briefs(campaign_ids: Iterable[int]) -> dict[int, Brief]:
    """The newest brief of each campaign that has one, with its lines. Two queries."""
    found = (
        Brief.objects.filter(campaign__in=campaign_ids)
        .order_by("campaign_id", "-number")
        .distinct("campaign_id")
        .select_related("submission", "written_by")
        .prefetch_related("lines")
    )
    return {brief.campaign_id: brief for brief in found}


def unclear(brief: Brief) -> list[rules.Unclear]:
    """The questions this version leaves open."""
    return rules.unclear({name: getattr(brief, name) for name in rules.QUESTIONS})


def budget_minor(brief: Brief) -> int:
    """What the brief's lines add up to."""
    return brief.lines.aggregate(total=Sum("amount_minor"))["total"] or 0


def versions(campaign: Campaign) -> QuerySet[Brief]:
    """Every version, newest first."""
    return campaign.briefs.select_related("written_by").order_by("-number")


def brief_numbered(campaign: Campaign, number: int) -> Brief:
    """One version with its lines. Raises NotFound."""
    found = (
        campaign.briefs.select_related("submission", "written_by")
        .prefetch_related("lines")
        .filter(number=number)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def materials(campaign: Campaign) -> QuerySet[Material]:
    """What was handed in with the draft, newest first."""
    return campaign.materials.select_related("submission", "handed_in_by").order_by("-pk")


def material(campaign: Campaign, pk: int) -> Material:
    """Raises NotFound."""
    found = materials(campaign).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def agencies_of(user: User) -> QuerySet[Organisation]:
    """The agencies for which the person may begin a campaign."""
    members = Membership.objects.filter(user=user).exclude(role=MemberRole.READER)
    return Organisation.objects.filter(
        kind=OrganisationKind.AGENCY, pk__in=members.values("organisation")
    ).order_by("name", "pk")


def brands_known_to(agencies: Iterable[Organisation]) -> QuerySet[Organisation]:
    """The brands these agencies have campaigns with."""
    theirs = Campaign.objects.filter(agency__in=agencies)
    return Organisation.objects.filter(pk__in=theirs.values("brand")).order_by("name", "pk")
