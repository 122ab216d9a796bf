"""A campaign whose agreements are signed, built row by row: the rooms below have their own tests.

The moves of the stage and of the agreements are real, guarded by the database's own triggers.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from campaigns.agreements.models import Agreement, Deliverable, Fulfilment, OfferRound
from campaigns.agreements.states import AgreementStatus, Side
from campaigns.agreements.values import KillFees, Terms
from campaigns.briefs.models import Brief, BudgetLine, Campaign, LineKind
from campaigns.briefs.states import Stage
from campaigns.codesign.models import Mechanic, Participant, Position, Round
from campaigns.codesign.states import Stance
from campaigns.payouts import actions
from campaigns.payouts.models import Due, Funding, Payment
from campaigns.quality.models import QualityCheck, Submission
from config.identity.models import Membership, Organisation, User
from config.kernel.fields import public_id
from disclosures.models import Publication
from influencers.models import Influencer

DAY = date(2026, 3, 10)
WAY = (Stage.CODESIGN, Stage.CONTRACTING, Stage.LIVE, Stage.CLOSING)


@dataclass
class World:
    """One campaign, its people, and shorthand for the desk's acts."""

    campaign: Campaign
    agency: User
    brand: User
    creators: list[User] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    count: int = 0

    def fund(self, minor: int = 1_500_000, **other: object) -> Funding:
        asked = {
            "campaign_id": self.campaign.pk,
            "amount_minor": minor,
            "currency": self.campaign.currency,
            "statement": self._statement("in"),
            "received_on": DAY,
            "by": self.agency,
            "key": public_id(),
        }
        return actions.record_funding(**asked | other)  # type: ignore[arg-type]

    def cost(
        self, minor: int = 120_000, label: str = "farina e spedizione", **other: object
    ) -> Due:
        asked = {
            "campaign_id": self.campaign.pk,
            "label": label,
            "amount_minor": minor,
            "due_on": DAY,
            "by": self.agency,
            "key": public_id(),
        }
        return actions.book_cost(**asked | other)  # type: ignore[arg-type]

    def fee(self, **other: object) -> Due:
        asked = {
            "campaign_id": self.campaign.pk,
            "due_on": DAY,
            "by": self.agency,
            "key": public_id(),
        }
        return actions.book_agency_fee(**asked | other)  # type: ignore[arg-type]

    def pay(self, due: Due, **other: object) -> Payment:
        asked = {
            "due_id": due.pk,
            "paid_on": DAY,
            "statement": self._statement("out"),
            "by": self.agency,
            "key": public_id(),
        }
        return actions.pay(**asked | other)  # type: ignore[arg-type]

    def refund(self, **other: object) -> Payment:
        asked = {
            "campaign_id": self.campaign.pk,
            "statement": self._statement("back"),
            "paid_on": DAY,
            "by": self.agency,
            "key": public_id(),
        }
        return actions.refund_rest(**asked | other)  # type: ignore[arg-type]

    def publish(self, piece: Deliverable) -> Fulfilment:
        """The post of a piece of work is registered."""
        creator = piece.agreement.participant.influencer.user
        publication = Publication.objects.create(
            url=f"https://blog.example/{piece.pk}",
            platform="blog",
            relationship="paid",
            jurisdictions=["IT"],
            language="it",
            brand_name="Mulino dell'Alba",
            published_on=DAY,
            registered_by_id=creator.pk,
            registered_at=timezone.now(),
        )
        return Fulfilment.objects.create(
            deliverable=piece,
            publication=publication,
            registered_by=creator,
            registered_at=timezone.now(),
        )

    def deliver(self, agreement: Agreement, on: date = DAY) -> list[Due]:
        """Every piece of an agreement is published and becomes owed."""
        dues = []
        for piece in agreement.deliverables.all():
            self.publish(piece)
            due = actions.owe_for_deliverable(deliverable_id=piece.pk, by=self.agency, on=on)
            assert due is not None
            dues.append(due)
        return dues

    def cancel(self) -> list[Due]:
        """As lifecycle does it: the kill fees first, then the stage."""
        self.campaign.refresh_from_db()
        owed = actions.owe_kill_fees(campaign_id=self.campaign.pk, by=self.agency)
        self.move(Stage.CANCELLED)
        return owed

    def move(self, stage: Stage) -> None:
        self.campaign.stage = stage
        self.campaign.save(update_fields=["stage"])

    def to(self, stage: Stage) -> "World":
        for each in WAY[: WAY.index(stage) + 1]:
            self.move(each)
        return self

    def _statement(self, what: str) -> str:
        self.count += 1
        return f"{what}/{self.count}"


def person(name: str) -> User:
    return User.objects.create_user(f"{name}-{public_id()}@patto.example", name=name)


def member(kind: str, name: str, role: str = "manager") -> tuple[Organisation, User]:
    organisation = Organisation.objects.create(kind=kind, name=name)
    user = person(name.lower().replace(" ", "-").replace("'", ""))
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return organisation, user


def campaign_of(creators: int = 10, stage: Stage = Stage.LIVE, **terms: object) -> World:
    """A signed campaign of so many creators, at a stage from contracting on."""
    brand, brand_user = member("brand", "Mulino dell'Alba")
    agency, agency_user = member("agency", "Conversa")
    campaign = Campaign.objects.create(
        title="In cucina insieme",
        language="it",
        jurisdictions=["IT"],
        currency="EUR",
        brand=brand,
        agency=agency,
        created_by=agency_user,
    )
    world = World(campaign, agency_user, brand_user)
    brief = _brief(world)
    mechanic = _mechanic(world)
    for number in range(1, creators + 1):
        _creator(world, mechanic, number, **terms)
    assert brief.lines.exists()
    return world.to(stage)


def submission(world: World, kind: str) -> Submission:
    """Words that were checked and accepted."""
    now = timezone.now()
    found = Submission.objects.create(
        kind=kind, language="it", words="…", author_id=world.agency.pk, submitted_at=now
    )
    QualityCheck.objects.create(
        submission=found, rule_set="test", status="accepted", queued_at=now, finished_at=now
    )
    return found


def _brief(world: World) -> Brief:
    brief = Brief.objects.create(
        campaign=world.campaign,
        number=1,
        submission=submission(world, "brief"),
        written_by=world.agency,
        written_at=timezone.now(),
    )
    lines = [
        (LineKind.CREATORS, "dieci blog", 1_000_000),
        (LineKind.AGENCY, "Conversa", 300_000),
        (LineKind.COSTS, "farina e spedizione", 120_000),
        (LineKind.COSTS, "hosting", 80_000),
    ]
    for position, (kind, label, minor) in enumerate(lines):
        BudgetLine.objects.create(
            brief=brief, position=position, kind=kind, label=label, amount_minor=minor
        )
    return brief


def _mechanic(world: World) -> Mechanic:
    now = timezone.now()
    mechanic = Mechanic.objects.create(
        campaign=world.campaign,
        number=1,
        text="…",
        submission=submission(world, "mechanic"),
        proposed_by=world.agency,
        proposed_at=now,
    )
    Round.objects.create(
        mechanic=mechanic,
        ask="Va bene?",
        deadline=now + timedelta(days=3),
        opened_by=world.agency,
        opened_at=now,
    )
    return mechanic


def _creator(world: World, mechanic: Mechanic, number: int, **terms: object) -> None:
    now = timezone.now()
    user = person(f"blog{number}")
    influencer = Influencer.objects.create(user=user, name=f"Blog {number}")
    participant = Participant.objects.create(
        campaign=world.campaign,
        influencer=influencer,
        status="joined",
        invited_at=now,
        joined_at=now,
    )
    Position.objects.create(
        mechanic=mechanic, participant=participant, stance=Stance.CONSENT, taken_at=now
    )
    world.creators.append(user)
    world.agreements.append(_agreement(world, participant, **terms))


def _agreement(world: World, participant: Participant, **terms: object) -> Agreement:
    agreement = Agreement.objects.create(campaign=world.campaign, participant=participant)
    asked: dict[str, object] = {
        "fee_minor": 100_000,
        "currency": "EUR",
        "declared_hours": 16,
        "deliverables": ("un racconto",),
        "kill_fees": KillFees(0, 50, 100, 100),
    }
    agreed = Terms(**asked | terms)  # type: ignore[arg-type]
    offer = OfferRound.objects.create(
        agreement=agreement,
        number=1,
        side=Side.PAYER,
        offered_by=world.agency,
        terms=agreed.as_json(),
        submission=submission(world, "terms"),
        offered_at=timezone.now(),
    )
    agreement.status, agreement.agreed_round = AgreementStatus.AGREED, offer
    agreement.agreed_at = timezone.now()
    agreement.save(update_fields=["status", "agreed_round", "agreed_at"])
    for number, title in enumerate(agreed.deliverables, start=1):
        Deliverable.objects.create(agreement=agreement, number=number, title=title)
    return agreement
