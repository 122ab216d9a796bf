"""The mails of co-design: a letter, an ask, an objection. Owed once, however often it is said."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from campaigns.briefs.models import Campaign
from campaigns.codesign import queries
from campaigns.codesign.models import Mechanic, Participant, Position
from config.identity import mail
from config.identity.queries import members_of
from config.kernel.models import Event


@transaction.atomic
def letter(event_id: int) -> None:
    """To the person who is invited: their letter, and where to answer it."""
    facts = Event.objects.get(pk=event_id).facts
    invited = Participant.objects.select_related(
        "campaign__brand", "campaign__agency", "influencer__user", "invitation__sent_by"
    ).get(pk=facts["participant"])
    mail.owe(
        invited.influencer.user,
        template="codesign/mails/letter.txt",
        key=f"codesign.letter/{invited.pk}",
        letter=invited.invitation,
        **_about(invited.campaign, "codesign:invitation"),
    )


@transaction.atomic
def ask(event_id: int) -> None:
    """To everybody who joined, except the proposer: a version asks where you stand."""
    facts = Event.objects.get(pk=event_id).facts
    mechanic = Mechanic.objects.select_related(
        "campaign__brand", "campaign__agency", "round", "proposed_by"
    ).get(pk=facts["mechanic"])
    for seat in queries.joined(mechanic.campaign):
        reader = seat.influencer.user
        if reader.pk != mechanic.proposed_by_id:
            mail.owe(
                reader,
                template="codesign/mails/ask.txt",
                key=f"codesign.ask/{mechanic.pk}/{reader.pk}",
                mechanic=mechanic,
                **_about(mechanic.campaign, "codesign:mechanic"),
            )


@transaction.atomic
def objection(event_id: int) -> None:
    """To the agency: somebody objects, and what can be done."""
    facts = Event.objects.get(pk=event_id).facts
    raised = Position.objects.select_related(
        "mechanic__campaign__brand", "mechanic__campaign__agency", "participant__influencer"
    ).get(pk=facts["position"])
    campaign = raised.mechanic.campaign
    for reader in members_of(campaign.agency):
        mail.owe(
            reader,
            template="codesign/mails/objection.txt",
            key=f"codesign.objection/{raised.pk}/{reader.pk}",
            objection=raised,
            **_about(campaign, "codesign:mechanic"),
        )


def _about(campaign: Campaign, page: str) -> dict[str, Any]:
    path = reverse(page, kwargs={"campaign": campaign.public_id})
    return {"campaign": campaign, "url": f"{settings.SITE_URL}{path}"}
