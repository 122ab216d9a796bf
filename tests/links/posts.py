"""Posts of a campaign, as rows: these tests are about what happens to their links."""

from datetime import date

from django.utils import timezone

from campaigns.agreements.models import Agreement, Deliverable, Fulfilment
from campaigns.briefs.models import Campaign
from campaigns.codesign.models import Participant
from campaigns.codesign.states import ParticipantStatus
from config.identity.models import User
from disclosures.models import Publication
from influencers.models import Influencer
from tests.identity.people import organisation
from tests.influencers.people import agency, influencer


def publication(number: int = 1) -> Publication:
    return Publication.objects.create(
        url=f"https://pane.example/{number}",
        platform="blog",
        relationship="paid",
        jurisdictions=["IT"],
        language="it",
        brand_name="Mulino dell'Alba",
        published_on=date(2026, 3, 10),
        registered_by_id=1,
        registered_at=timezone.now(),
    )


def campaign() -> tuple[Campaign, User]:
    """A campaign, and who works for its agency."""
    vera, conversa = agency()
    made = Campaign.objects.create(
        title="In cucina insieme",
        language="it",
        jurisdictions=["IT"],
        currency="EUR",
        brand=organisation("brand", "Mulino dell'Alba"),
        agency=conversa,
        created_by=vera,
    )
    return made, vera


def post(of: Campaign, by: Influencer, number: int = 1) -> Publication:
    """A post of `by` that fulfils what they agreed."""
    now = timezone.now()
    participant = Participant.objects.create(
        campaign=of, influencer=by, status=ParticipantStatus.JOINED, invited_at=now, joined_at=now
    )
    agreement = Agreement.objects.create(campaign=of, participant=participant)
    deliverable = Deliverable.objects.create(agreement=agreement, number=1, title="A post")
    made = publication(number)
    Fulfilment.objects.create(
        deliverable=deliverable, publication=made, registered_by=by.user, registered_at=now
    )
    return made


def hana() -> Influencer:
    return influencer()


def bruno() -> Influencer:
    return influencer(email="bruno@pane.example", name="Bruno Salis")
