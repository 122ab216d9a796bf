"""Invite one person, hear their answer, let them leave."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.briefs.models import Campaign
from campaigns.briefs.policies import check_agency, check_stage
from campaigns.briefs.states import Stage
from campaigns.codesign.errors import NotAParticipant, SameLetter
from campaigns.codesign.models import Invitation, Participant
from campaigns.codesign.states import ParticipantStatus
from campaigns.codesign.values import LETTER_LIMIT, Letter, Newcomer
from campaigns.quality.wording import pay_refused
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput
from influencers.actions import add_influencer
from influencers.models import Influencer

INVITING = frozenset({Stage.CODESIGN})


@transaction.atomic
def invite(*, campaign_id: int, by: User, influencer: Influencer, letter: Letter) -> Participant:
    """Invite one person with a letter written to them; inviting twice is inviting once.

    Raises NotAllowed, NotInThisStage, InvalidInput, SameLetter.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_agency(by, campaign)
    known = campaign.participants.filter(influencer=influencer).first()
    if known:
        return known
    check_stage(campaign, INVITING)
    _check_letter(letter)
    digest = letter.digest(influencer.name)
    same = Invitation.objects.filter(
        text_digest=digest, participant__campaign__agency_id=campaign.agency_id
    )
    if same.count() >= LETTER_LIMIT:
        raise SameLetter
    now = timezone.now()
    participant = Participant.objects.create(
        campaign=campaign, influencer=influencer, invited_at=now
    )
    Invitation.objects.create(
        participant=participant, **asdict(letter), text_digest=digest, sent_by=by, sent_at=now
    )
    events.record("codesign.invited", subject=campaign, by=by, participant=participant.pk)
    return participant


@transaction.atomic
def invite_newcomer(
    *, campaign_id: int, by: User, newcomer: Newcomer, letter: Letter
) -> Participant:
    """Put somebody new on the agency's roster and invite them, or neither.

    Raises what `invite` raises, and ChannelTaken.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    check_agency(by, campaign)
    influencer = add_influencer(
        email=newcomer.email,
        name=newcomer.name,
        language=newcomer.language,
        channels=[newcomer.channel],
        by=by,
        agency=campaign.agency,
    )
    return invite(campaign_id=campaign_id, by=by, influencer=influencer, letter=letter)


@transaction.atomic
def answer_invitation(*, campaign_id: int, by: User, joins: bool) -> Participant:
    """Record the invited person's yes or no. Saying the same twice changes nothing.

    Raises NotAParticipant, IllegalMove, NotInThisStage.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    participant = _own(campaign, by)
    answer = ParticipantStatus.JOINED if joins else ParticipantStatus.DECLINED
    if participant.status == answer:
        return participant
    check_stage(campaign, INVITING)
    participant.move_to(answer)
    if joins:
        participant.joined_at = timezone.now()
    participant.save(update_fields=["status", "joined_at"])
    events.record(f"codesign.{answer}", subject=campaign, by=by, participant=participant.pk)
    return participant


@transaction.atomic
def leave(*, campaign_id: int, by: User) -> Participant:
    """Leave the campaign; open objections go with their author.

    Raises NotAParticipant, IllegalMove.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    participant = _own(campaign, by)
    if participant.status == ParticipantStatus.LEFT:
        return participant
    participant.move_to(ParticipantStatus.LEFT)
    participant.left_at = timezone.now()
    participant.save(update_fields=["status", "left_at"])
    events.record("codesign.left", subject=campaign, by=by, participant=participant.pk)
    return participant


def _check_letter(letter: Letter) -> None:
    empty = [name for name, words in asdict(letter).items() if not words.strip()]
    if empty:
        sentence = _("A letter says this too. Write it to this one person.")
        raise InvalidInput({name: [sentence] for name in empty})
    language = get_language() or "en"
    said = {name: pay_refused(words, language) for name, words in asdict(letter).items()}
    if any(said.values()):
        raise InvalidInput({name: sentences for name, sentences in said.items() if sentences})


def _own(campaign: Campaign, by: User) -> Participant:
    participant = campaign.participants.filter(influencer__user=by).first()
    if participant is None:
        raise NotAParticipant
    return participant
