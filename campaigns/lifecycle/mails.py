"""The mail of a campaign's stages: where it is now, and what waits for you there. Owed once."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from campaigns.codesign.queries import joined
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


def _everyone(campaign: Campaign) -> list[User]:
    creators = [seat.influencer.user for seat in joined(campaign)]
    people = [*members_of(campaign.agency), *members_of(campaign.brand), *creators]
    return list({each.pk: each for each in people}.values())
