"""What people say of an account of clicks: the creator's reply, and the word of agency or reviewer.

A verdict changes nothing by itself. A word is a person's, and at most it changes what the report
counts; pay knows nothing of clicks.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.briefs.models import Campaign
from campaigns.links import policies, queries
from campaigns.links.errors import NothingToAnswer
from campaigns.links.models import MOST_WORDS, CreatorAccount, Reply, Word
from campaigns.links.states import Verdict, WordKind
from config.identity.models import User
from config.kernel import events
from config.kernel.errors import InvalidInput


@transaction.atomic
def reply(*, campaign_id: int, by: User, text: str) -> Reply:
    """Record a creator's reply to the newest account of their clicks; the same words once.

    Raises NotYourClicks, NothingToAnswer, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    participant = policies.check_may_reply(by, campaign)
    words = _words("text", text)
    newest = participant.click_replies.last()
    if newest and newest.text == words:
        return newest
    said = Reply.objects.create(
        account=_questioned(campaign, participant.pk),
        participant=participant,
        text=words,
        at=timezone.now(),
    )
    events.record(
        "links.replied", subject=campaign, by=by, participant=participant.pk, reply=said.pk
    )
    return said


@transaction.atomic
def say_word(*, campaign_id: int, participant_id: int, by: User, kind: str, reason: str) -> Word:
    """Record what agency or reviewer makes of a creator's clicks; the same word once.

    kind: a value of states.WordKind. Raises NotAllowed, NothingToAnswer, InvalidInput.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    policies.check_may_say_word(by, campaign)
    words = _words("reason", reason)
    if kind not in WordKind.values:
        raise InvalidInput({"kind": [_("Choose one of the three.")]})
    newest = Word.objects.filter(participant=participant_id).last()
    if newest and (newest.kind, newest.reason, newest.by_id) == (kind, words, by.pk):
        return newest
    said = Word.objects.create(
        account=_questioned(campaign, participant_id),
        participant_id=participant_id,
        kind=kind,
        reason=words,
        by=by,
        at=timezone.now(),
    )
    events.record(
        "links.word_said", subject=campaign, by=by, participant=participant_id, word=said.pk
    )
    return said


def _questioned(campaign: Campaign, participant_id: int) -> CreatorAccount:
    """The newest account of the creator, where it asks for a person. Raises NothingToAnswer."""
    judging = queries.newest_judging(campaign)
    account = judging.creators.filter(participant=participant_id).first() if judging else None
    if account is None or account.verdict == Verdict.CLEAR:
        raise NothingToAnswer
    return account


def _words(field: str, text: str) -> str:
    """The text without the blanks around it. Raises InvalidInput."""
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise InvalidInput({field: [_("Write at least one sentence.")]})
    if len(words) > MOST_WORDS:
        raise InvalidInput({field: [_("Keep it under four thousand characters.")]})
    if "\x00" in words:
        raise InvalidInput({field: [_("This text holds a character that can't be kept.")]})
    return words
