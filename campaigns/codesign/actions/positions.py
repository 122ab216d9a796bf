"""Take a position, say that one's own objection is answered, join the discussion."""

from django.db import transaction
from django.utils import timezone

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_stage
from campaigns.briefs.states import OPEN_STAGES, Stage
from campaigns.codesign import policies, queries
from campaigns.codesign.errors import (
    NotTheObjector,
    OwnObjectionOpen,
    ReasonMissing,
    RoundClosed,
    StaleVersion,
)
from campaigns.codesign.models import Clearance, Comment, Mechanic, Position
from campaigns.codesign.states import Stance
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import NotFound

ANSWERING = frozenset({Stage.CODESIGN, Stage.CONTRACTING})  # until launch


@transaction.atomic
def take_position(
    *, campaign_id: int, by: User, mechanic: int, stance: str, reason: str = ""
) -> Position:
    """Record where `by` stands on the newest version; the same again is the same as once.

    mechanic: the number of the version that was read. An objection says why, and is never too late
    before launch; other answers are taken until the round's deadline.
    Raises NotAParticipant, NotInThisStage, StaleVersion, ReasonMissing, OwnObjectionOpen,
    RoundClosed.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    participant = policies.check_is_joined(by, campaign)
    newest = _newest(campaign, mechanic)
    last = newest.positions.filter(participant=participant).last()
    if last and (last.stance, last.reason) == (stance, reason.strip()):
        return last
    check_stage(campaign, ANSWERING)
    if stance == Stance.OBJECTION and not reason.strip():
        raise ReasonMissing
    if stance != Stance.OBJECTION:
        if newest.round.deadline < timezone.now():
            raise RoundClosed
        if queries.open_objections(campaign).filter(participant=participant).exists():
            raise OwnObjectionOpen
    position = Position.objects.create(
        mechanic=newest,
        participant=participant,
        stance=stance,
        reason=reason.strip(),
        taken_at=timezone.now(),
    )
    events.record(
        "codesign.position_taken",
        subject=campaign,
        by=by,
        mechanic=newest.pk,
        position=position.pk,
        stance=stance,
    )
    return position


@transaction.atomic
def clear_objection(*, campaign_id: int, by: User, objection_id: int) -> Clearance:
    """Record that the objector finds their objection answered. Raises NotFound, NotTheObjector."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    objection = Position.objects.filter(
        pk=objection_id, mechanic__campaign=campaign, stance=Stance.OBJECTION
    ).first()
    if objection is None:
        raise NotFound
    participant = policies.check_is_joined(by, campaign)
    if objection.participant_id != participant.pk:
        raise NotTheObjector
    known = Clearance.objects.filter(objection=objection).first()
    if known:
        return known
    check_stage(campaign, ANSWERING)
    clearance = Clearance.objects.create(
        objection=objection,
        by=participant,
        on=campaign.mechanics.order_by("-number")[0],
        cleared_at=timezone.now(),
    )
    events.record(
        "codesign.objection_cleared",
        subject=campaign,
        by=by,
        position=objection.pk,
        mechanic=clearance.on_id,
    )
    return clearance


@transaction.atomic
def comment(*, campaign_id: int, by: User, mechanic: int, text: str) -> Comment:
    """Add a word to the discussion of a version; the same word again at once is one comment.

    Raises NotAllowed, NotInThisStage, NotFound.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    policies.check_may_propose(by, campaign)
    check_stage(campaign, OPEN_STAGES)
    version = campaign.mechanics.filter(number=mechanic).first()
    if version is None:
        raise NotFound
    last = version.comments.filter(author=by).last()
    if last and last.text == text.strip():
        return last
    said = Comment.objects.create(
        mechanic=version, author=by, text=text.strip(), written_at=timezone.now()
    )
    events.record("codesign.commented", subject=campaign, by=by, comment=said.pk)
    return said


def _newest(campaign: Campaign, number: int) -> Mechanic:
    newest = campaign.mechanics.select_related("round").last()
    if newest is None or newest.number != number:
        raise StaleVersion
    return newest
