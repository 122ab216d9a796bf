"""Reads of co-design, and the single door to a campaign: what a person is to it."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from campaigns.briefs.models import Campaign
from campaigns.codesign.models import Mechanic, Participant, Position
from campaigns.codesign.states import ParticipantStatus, Stance
from campaigns.codesign.values import Consent, Seat
from config.identity.models import User
from config.identity.permissions import Role

TAKES_PART = (ParticipantStatus.INVITED, ParticipantStatus.JOINED, ParticipantStatus.LEFT)


@dataclass(frozen=True)
class Door:
    campaign: Campaign
    roles: frozenset[Role]


def campaign_for(user: User, public_id: str) -> Door | None:
    """The campaign and what `user` is to it; None where they are nothing to it."""
    campaign = (
        Campaign.objects.select_related("brand", "agency").filter(public_id=public_id).first()
    )
    if campaign is None:
        return None
    ours = set(user.memberships.values_list("organisation_id", flat=True))
    roles = set()
    if campaign.agency_id in ours:
        roles.add(Role.AGENCY)
    if campaign.brand_id in ours:
        roles.add(Role.BRAND)
    if campaign.participants.filter(influencer__user=user, status__in=TAKES_PART).exists():
        roles.add(Role.INFLUENCER)
    if user.is_reviewer and not roles:
        roles.add(Role.REVIEWER)
    return Door(campaign, frozenset(roles)) if roles else None


def campaigns_of(user: User) -> QuerySet[Campaign]:
    """Every campaign the person belongs to, newest first."""
    ours = user.memberships.values("organisation_id")
    mine = Participant.objects.filter(influencer__user=user, status__in=TAKES_PART)
    return (
        Campaign.objects.filter(
            Q(agency__in=ours) | Q(brand__in=ours) | Q(pk__in=mine.values("campaign_id"))
        )
        .select_related("brand", "agency")
        .order_by("-pk")
    )


def newest_mechanic(campaign: Campaign) -> Mechanic | None:
    return (
        campaign.mechanics.select_related("round", "submission", "proposed_by", "answers").last()
    )


def own_participant(user: User, campaign: Campaign) -> Participant | None:
    return (
        campaign.participants.select_related("influencer", "invitation")
        .filter(influencer__user=user, status__in=TAKES_PART)
        .first()
    )


def joined(campaign: Campaign) -> QuerySet[Participant]:
    """Who joined and has not left, in the order of joining."""
    return (
        campaign.participants.filter(status=ParticipantStatus.JOINED)
        .select_related("influencer__user")
        .order_by("joined_at", "pk")
    )


def open_objections(campaign: Campaign) -> QuerySet[Position]:
    """Objections on any version that their authors have not cleared, of those still here."""
    return (
        Position.objects.filter(
            mechanic__campaign=campaign,
            stance=Stance.OBJECTION,
            clearance__isnull=True,
            participant__status=ParticipantStatus.JOINED,
        )
        .select_related("participant__influencer", "mechanic")
        .order_by("pk")
    )


def consent(campaign: Campaign) -> Consent | None:
    """Where everybody stands on the newest version; None while there is none. Four queries."""
    mechanic = newest_mechanic(campaign)
    if mechanic is None:
        return None
    newest = Position.objects.filter(
        mechanic=mechanic, participant=OuterRef("participant")
    ).order_by("-pk")
    positions = {
        position.participant_id: position
        for position in Position.objects.filter(mechanic=mechanic)
        .annotate(newest=Subquery(newest.values("pk")[:1]))
        .filter(pk=F("newest"))
    }
    seats = tuple(Seat(each, positions.get(each.pk)) for each in joined(campaign))
    objections = tuple(open_objections(campaign))
    return Consent(mechanic, seats, objections, mechanic.round.quorum_bps)
