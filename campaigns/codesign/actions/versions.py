"""Propose a version of the mechanic; each opens a round with one ask and one deadline."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_agency, check_stage
from campaigns.briefs.states import EDITABLE_STAGES
from campaigns.codesign import policies
from campaigns.codesign.errors import NotYetAnswered, StaleVersion
from campaigns.codesign.models import Mechanic, Position, Round
from campaigns.codesign.states import Stance
from campaigns.quality import actions as quality
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput

ROUND_DAYS = 7
QUORUM_BPS = 5_000
LONGEST_ROUND = timedelta(days=180)


@transaction.atomic
def propose_mechanic(
    *,
    campaign_id: int,
    by: User,
    text: str,
    note: str = "",
    answers_id: int | None = None,
    replaces: int | None = None,
    deadline: datetime | None = None,
    quorum_bps: int = QUORUM_BPS,
) -> Mechanic:
    """Put a new version on the table; positions on the old one lapse, objections do not.

    answers_id: the objection it is meant to answer. replaces: the number of the version that was
    read, so that nobody amends words that changed meanwhile; None = not checked.
    The same words as the newest version are that version. Raises NotAllowed, NotInThisStage,
    StaleVersion, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    policies.check_may_propose(by, campaign)
    check_stage(campaign, EDITABLE_STAGES)
    newest = campaign.mechanics.last()
    if newest and newest.text.strip() == text.strip():
        return newest
    if replaces is not None and replaces != (newest.number if newest else 0):
        raise StaleVersion
    now = timezone.now()
    mechanic = Mechanic.objects.create(
        campaign=campaign,
        number=newest.number + 1 if newest else 1,
        text=text.strip(),
        note=note,
        answers=_objection(campaign, answers_id),
        submission=quality.submit(
            kind="mechanic", language=campaign.language, words=text.strip(), author_id=by.pk
        ),
        proposed_by=by,
        proposed_at=now,
    )
    _open_round(mechanic, by, _deadline(deadline, now), quorum_bps)
    events.record(
        "codesign.mechanic_proposed",
        subject=campaign,
        by=by,
        mechanic=mechanic.pk,
        number=mechanic.number,
        answers=answers_id,
    )
    return mechanic


def _open_round(mechanic: Mechanic, by: User, deadline: datetime, quorum_bps: int) -> None:
    Round.objects.create(
        mechanic=mechanic,
        ask=_("Is this way of doing it fine by you?"),
        deadline=deadline,
        quorum_bps=quorum_bps,
        opened_by=by,
        opened_at=mechanic.proposed_at,
    )


@transaction.atomic
def extend_round(*, campaign_id: int, by: User, deadline: datetime) -> Round:
    """Give the newest version's round a later deadline. Raises NotAllowed, InvalidInput."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_agency(by, campaign)
    check_stage(campaign, EDITABLE_STAGES)
    newest = campaign.mechanics.select_related("round").last()
    if newest is None:
        raise NotYetAnswered
    newest.round.deadline = _deadline(deadline, timezone.now())
    newest.round.save(update_fields=["deadline"])
    events.record(
        "codesign.round_extended",
        subject=campaign,
        by=by,
        mechanic=newest.pk,
        deadline=newest.round.deadline.isoformat(),
    )
    return newest.round


def _deadline(asked: datetime | None, now: datetime) -> datetime:
    deadline = asked or _evening(now + timedelta(days=ROUND_DAYS))
    if not now < deadline <= now + LONGEST_ROUND:
        raise InvalidInput(
            {"deadline": [_("Choose a deadline from tomorrow on, within 180 days.")]}
        )
    return deadline


def _evening(at: datetime) -> datetime:
    """Six in the evening of that day, where the installation is."""
    return timezone.localtime(at).replace(hour=18, minute=0, second=0, microsecond=0)


def _objection(campaign: Campaign, position_id: int | None) -> Position | None:
    if position_id is None:
        return None
    found = Position.objects.filter(
        pk=position_id, mechanic__campaign=campaign, stance=Stance.OBJECTION
    ).first()
    if found is None:
        raise InvalidInput({"answers": [_("Choose one of this campaign's objections.")]})
    return found
