"""The mails of agreements: a proposal waits, an agreement stands, a post needs its writer. Owed
once."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from campaigns.agreements.models import Agreement, Fulfilment
from campaigns.agreements.states import Side
from config.identity import mail
from config.identity.models import User
from config.identity.queries import members_of
from config.kernel.models import Event
from disclosures import findings
from disclosures.replying import asks_of


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


@transaction.atomic
def found(event_id: int) -> None:
    """To the writer of a post: what a look found, and how to put it right before it counts.

    A post that fulfils nothing here has no writer we know; what is found of it never counts.
    """
    event = Event.objects.get(pk=event_id)
    known = Fulfilment.objects.select_related(
        "publication",
        "deliverable__agreement__campaign",
        "deliverable__agreement__participant__influencer__user",
    )
    fulfilment = known.filter(publication=event.subject_id).first()
    if fulfilment is None:
        return
    ids = list(event.facts["findings"].values())
    findings.tell(finding_ids=ids)
    asks = asks_of(ids)
    if not asks:
        return  # only noted, or put right meanwhile
    agreement = fulfilment.deliverable.agreement
    path = reverse("agreements:publications", args=[agreement.campaign.public_id])
    for reader in _creator(agreement):
        mail.owe(
            reader,
            template="agreements/mails/found.txt",
            key=f"agreements.found/{event.pk}/{reader.pk}",
            campaign=agreement.campaign,
            asks=asks,
            url=f"{settings.SITE_URL}{path}#post-{fulfilment.publication.public_id}",
        )


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
