"""The mails of a campaign's stages and of what the quality check decided. Owed once."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from campaigns.codesign.queries import campaign_for, joined
from campaigns.lifecycle.statements import as_text, party_id
from campaigns.lifecycle.submissions import campaign_of
from campaigns.quality.models import Submission
from campaigns.quality.statements import statement_of
from campaigns.quality.states import CheckStatus
from config.identity import mail
from config.identity.models import User
from config.identity.queries import members_of
from config.kernel.models import Event


@transaction.atomic
def moved(event_id: int) -> None:
    """To everyone in the campaign but who moved it."""
    event = Event.objects.get(pk=event_id)
    campaign = Campaign.objects.select_related("brand", "agency").get(pk=event.subject_id)
    path = reverse("lifecycle:campaign", args=[campaign.public_id])
    for reader in _everyone(campaign):
        if reader.pk != event.actor_id:
            mail.owe(
                reader,
                template="lifecycle/mails/moved.txt",
                key=f"lifecycle.moved/{event.pk}/{reader.pk}",
                campaign=campaign,
                stage=Stage(event.facts["after"]).label,
                url=f"{settings.SITE_URL}{path}",
            )


@transaction.atomic
def decided(event_id: int) -> None:
    """The statement of reasons, to who wrote what was refused or sent to a person; of a ruling also
    to who appealed. Nothing is mailed where a check accepts, or the words belong to no campaign."""
    event = Event.objects.get(pk=event_id)
    submission = Submission.objects.get(pk=event.subject_id)
    campaign = campaign_of(submission.pk)
    by_person = event.actor_id is not None
    if campaign is None or (event.facts["status"] == CheckStatus.ACCEPTED and not by_person):
        return
    readers = {submission.author_id}
    if by_person:
        readers |= set(submission.appeals.values_list("by_id", flat=True))
    path = reverse("lifecycle:statement", args=[campaign.public_id, submission.pk])
    for reader in User.objects.filter(pk__in=readers).order_by("pk"):
        door = campaign_for(reader, campaign.public_id)
        party = party_id(reader, campaign, door.roles if door else ())
        said = statement_of(submission, reader.language, party_id=party)
        if said is None:
            continue
        with translation.override(said.language):
            text = as_text(said)
        mail.owe(
            reader,
            template="lifecycle/mails/decided.txt",
            key=f"quality.decided/{event.pk}/{reader.pk}",
            campaign=campaign,
            said=said,
            text=text,
            url=f"{settings.SITE_URL}{path}",
        )


def _everyone(campaign: Campaign) -> list[User]:
    creators = [seat.influencer.user for seat in joined(campaign)]
    people = [*members_of(campaign.agency), *members_of(campaign.brand), *creators]
    return list({each.pk: each for each in people}.values())
