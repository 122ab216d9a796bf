"""Reads of co-design, and the single door to a campaign: what a person is to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaigns.briefs.models import Campaign
from campaigns.codesign.models import Comment, Invitation, Mechanic, Participant, Position
from campaigns.codesign.states import ParticipantStatus, Stance
from campaigns.codesign.values import Consent, Seat
from config.identity.models import User
from config.identity.permissions import Role
from config.kernel.errors import NotFound

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
    return campaign.mechanics.select_related("round", "submission", "proposed_by", "answers").last()


def versions(campaign: Campaign) -> list[Mechanic]:
    """Every version, newest first."""
    return list(campaign.mechanics.select_related("proposed_by").order_by("-number"))


def mechanic_numbered(campaign: Campaign, number: int) -> Mechanic:
    """Raises NotFound."""
    found = campaign.mechanics.select_related("submission").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def last_answered(participant: Participant, before: int) -> int | None:
    """The number of the last version before `before` that the person took a position on."""
    theirs = participant.positions.filter(mechanic__number__lt=before)
    return theirs.order_by("-mechanic__number").values_list("mechanic__number", flat=True).first()


def comments(campaign: Campaign) -> QuerySet[Comment]:
    """The whole discussion, in the order it was had; it outlives the versions."""
    return (
        Comment.objects.filter(mechanic__campaign=campaign)
        .select_related("author", "mechanic")
        .order_by("pk")
    )


def people(campaign: Campaign) -> QuerySet[Participant]:
    """Everybody who was invited, in that order."""
    return (
        campaign.participants.select_related("influencer__user")
        .prefetch_related("influencer__channels")
        .order_by("invited_at", "pk")
    )


def last_letter(campaign: Campaign) -> Invitation | None:
    """The newest letter: what it asks and pays is often the same for the next person."""
    return Invitation.objects.filter(participant__campaign=campaign).order_by("-pk").first()


def own_participant(user: User, campaign: Campaign) -> Participant | None:
    return (
        campaign.participants.select_related("influencer", "invitation")
        .filter(influencer__user=user, status__in=TAKES_PART)
        .first()
    )


def joined(campaign: Campaign) -> QuerySet[Participant]:
    """Who joined and has not left, in the order of joining."""
    return _joined(campaign.participants.all())


def open_objections(campaign: Campaign) -> QuerySet[Position]:
    """Objections on any version that their authors have not cleared, of those still here."""
    return _open_objections(Position.objects.filter(mechanic__campaign=campaign))


def consent(campaign: Campaign) -> Consent | None:
    """Where everybody stands on the newest version; None while there is none."""
    return consents([campaign.pk]).get(campaign.pk)


def consents(campaign_ids: Iterable[int]) -> dict[int, Consent]:
    """The consent of each campaign that has a mechanic. Five queries, however many campaigns."""
    ids = list(campaign_ids)
    mechanics = {
        mechanic.campaign_id: mechanic
        for mechanic in Mechanic.objects.filter(campaign__in=ids)
        .order_by("campaign_id", "-number")
        .distinct("campaign_id")
        .select_related("round", "submission", "proposed_by", "answers")
    }
    positions = {
        position.participant_id: position
        for position in Position.objects.filter(mechanic__in=[m.pk for m in mechanics.values()])
        .order_by("participant_id", "-pk")
        .distinct("participant_id")
    }
    seats = defaultdict(list)
    for each in _joined(Participant.objects.filter(campaign__in=ids)):
        seats[each.campaign_id].append(Seat(each, positions.get(each.pk)))
    objections = defaultdict(list)
    for objection in _open_objections(Position.objects.filter(mechanic__campaign__in=ids)):
        objections[objection.mechanic.campaign_id].append(objection)
    return {
        pk: Consent(mechanic, tuple(seats[pk]), tuple(objections[pk]), mechanic.round.quorum_bps)
        for pk, mechanic in mechanics.items()
    }


def _joined(people: QuerySet[Participant]) -> QuerySet[Participant]:
    return (
        people.filter(status=ParticipantStatus.JOINED)
        .select_related("influencer__user")
        .prefetch_related("influencer__channels")
        .order_by("joined_at", "pk")
    )


def _open_objections(positions: QuerySet[Position]) -> QuerySet[Position]:
    return (
        positions.filter(
            stance=Stance.OBJECTION,
            clearance__isnull=True,
            participant__status=ParticipantStatus.JOINED,
        )
        .select_related("participant__influencer", "mechanic")
        .order_by("pk")
    )
