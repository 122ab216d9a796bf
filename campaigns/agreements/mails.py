"""The mails of agreements: a proposal waits, an agreement stands. Owed once."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from campaigns.agreements.models import Agreement
from campaigns.agreements.states import Side
from config.identity import mail
from config.identity.models import User
from config.identity.queries import members_of
from config.kernel.models import Event


@transaction.atomic
def offered(event_id: int) -> None:
    """To the other side: a proposal waits for an answer."""
    event = Event.objects.get(pk=event_id)
    agreement = _agreement(event.subject_id)
    from_payer = event.facts["side"] == Side.PAYER
    _owe(agreement, "offered", event, _creator(agreement) if from_payer else _payers(agreement))


@transaction.atomic
def agreed(event_id: int) -> None:
    """To both sides: the agreement stands."""
    event = Event.objects.get(pk=event_id)
    agreement = _agreement(event.subject_id)
    _owe(agreement, "agreed", event, [*_creator(agreement), *_payers(agreement)])


def _owe(agreement: Agreement, name: str, event: Event, readers: list[User]) -> None:
    path = reverse("agreements:detail", args=[agreement.campaign.public_id, agreement.public_id])
    about: dict[str, Any] = {
        "campaign": agreement.campaign,
        "round": event.facts["round"],
        "url": f"{settings.SITE_URL}{path}",
        "creator": agreement.participant.influencer,
    }
    for reader in readers:
        mail.owe(
            reader,
            template=f"agreements/mails/{name}.txt",
            key=f"agreements.{name}/{event.pk}/{reader.pk}",
            **about,
        )


def _agreement(pk: int) -> Agreement:
    return Agreement.objects.select_related(
        "campaign__brand", "campaign__agency", "participant__influencer__user"
    ).get(pk=pk)


def _creator(agreement: Agreement) -> list[User]:
    return [agreement.participant.influencer.user]


def _payers(agreement: Agreement) -> list[User]:
    return list(members_of(agreement.campaign.agency))
