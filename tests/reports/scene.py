"""A live campaign of three creators, reached by the real actions."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from campaigns.agreements import actions as agreements
from campaigns.agreements import queries as agreed
from campaigns.agreements.models import Agreement, Deliverable
from campaigns.agreements.values import Terms
from campaigns.briefs import actions as briefs
from campaigns.briefs.models import Campaign
from campaigns.briefs.values import Answers, Line
from campaigns.codesign import actions as codesign
from campaigns.codesign.values import Letter
from campaigns.lifecycle import actions as lifecycle
from campaigns.quality import actions as quality
from campaigns.quality.models import QualityCheck
from campaigns.reports import actions as reports
from campaigns.reports.models import ReportVersion
from config.identity.actions import add_membership, add_organisation, add_user
from config.identity.models import User
from influencers.models import Channel, Influencer

ANSWERS = Answers(
    to_whom="Chi cucina ogni giorno e ne scrive",
    what="Le farine di grani antichi si prestano anche al pane di tutti i giorni",
    why="Chi compra non sa come usarle e teme di sbagliare",
    how="Dieci blog invitano i lettori in cucina, anche a sbagliare, e raccontano com'è andata",
    not_wanted="Nessun voto, nessun premio a chi condivide, nessun testo dettato",
    if_it_goes_wrong="Rispondiamo a viso aperto entro 24 ore; chi partecipa può uscire",
)
LINES = (
    Line("creators", "Tre blog", 300_000),
    Line("agency", "Conversa", 90_000),
    Line("costs", "Farina", 60_000),
)
MECHANIC = (
    "Ogni blog riceve la farina, cucina una ricetta propria, e pubblica un racconto onesto, "
    "anche dell'insuccesso."
)
TERMS = Terms(fee_minor=100_000, currency="EUR", declared_hours=16, deliverables=("Un racconto",))


@dataclass
class Scene:
    campaign: Campaign
    agency: User
    brand: User
    creators: list[User]

    def works(self) -> list[Deliverable]:
        return list(agreed.deliverables_of(self.campaign))

    def advance(self, to: str) -> None:
        self.campaign = lifecycle.advance(campaign_id=self.campaign.pk, by=self.agency, to=to)

    def complete(self, silent: int = 0) -> None:
        """Everything a report needs before it can be published; the first `silent` don't reply."""
        reports.write_lessons(
            campaign_id=self.campaign.pk, by=self.agency, text="La meccanica prima del budget."
        )
        for creator in self.creators[silent:]:
            reports.reply(campaign_id=self.campaign.pk, by=creator, text="Il mio pane era piatto.")

    def published(self) -> ReportVersion:
        self.complete()
        return reports.publish(campaign_id=self.campaign.pk, by=self.agency)


def draft(name: str = "conversa", creators: int = 3) -> Scene:
    """A campaign in draft; `name` sets its people apart from another scene's."""
    agency, brand = (
        add_user(email=f"{who}@{name}.example", name=f"{who} {name}") for who in ("vera", "bruno")
    )
    houses = [
        add_organisation(name="Conversa", kind="agency"),
        add_organisation(name="Mulino dell'Alba", kind="brand"),
    ]
    for user, house in zip((agency, brand), houses, strict=True):
        add_membership(user=user, organisation=house)
    campaign = briefs.create_campaign(
        by=agency,
        agency=houses[0],
        brand=houses[1],
        title="In cucina insieme",
        language="it",
        jurisdictions=["IT"],
        currency="EUR",
    )
    briefs.write_brief(campaign_id=campaign.pk, by=agency, answers=ANSWERS, lines=LINES)
    return Scene(campaign, agency, brand, [_creator(name, n) for n in range(1, creators + 1)])


def in_codesign(name: str = "conversa", creators: int = 3) -> Scene:
    """Everybody joined and consents to the first version."""
    scene = draft(name, creators)
    check_all()
    scene.advance("codesign")
    _consent(scene)
    return scene


def live(name: str = "conversa", creators: int = 3) -> Scene:
    scene = in_codesign(name, creators)
    scene.advance("contracting")
    for user in scene.creators:
        _agree(scene, user)
    scene.advance("live")
    return scene


def check_all() -> None:
    """Run every queued quality check, as the worker would."""
    for pk in QualityCheck.objects.filter(status="queued").values_list("pk", flat=True):
        quality.run_check(check_id=pk)


def _creator(name: str, number: int) -> User:
    user = add_user(email=f"blog{number}@{name}.example", name=f"Persona {number}")
    influencer = Influencer.objects.create(user=user, name=f"Persona {number}")
    Channel.objects.create(
        influencer=influencer,
        platform="blog",
        name=f"Il cucchiaio {number}",
        url=f"https://cucchiaio-{number}.{name}.example/",
        language="it",
    )
    return user


def _consent(scene: Scene) -> None:
    for user in scene.creators:
        letter = Letter(f"Per il tuo pane, {user.pk}", "Ada", "Un racconto", "1000 euro", "Di' no")
        codesign.invite(
            campaign_id=scene.campaign.pk,
            by=scene.agency,
            influencer=user.influencer,
            letter=letter,
        )
        codesign.answer_invitation(campaign_id=scene.campaign.pk, by=user, joins=True)
    codesign.propose_mechanic(
        campaign_id=scene.campaign.pk,
        by=scene.agency,
        text=MECHANIC,
        deadline=timezone.now() + timedelta(days=3),
    )
    check_all()
    for user in scene.creators:
        codesign.take_position(campaign_id=scene.campaign.pk, by=user, mechanic=1, stance="consent")


def _agree(scene: Scene, user: User) -> None:
    participant = scene.campaign.participants.get(influencer__user=user)
    offer = agreements.offer_terms(
        campaign_id=scene.campaign.pk, participant_id=participant.pk, by=scene.agency, terms=TERMS
    )
    check_all()
    agreement = Agreement.objects.get(participant=participant)
    digest = agreed.digest_of(offer, agreed.split_of(scene.campaign))
    for side in (scene.agency, user):
        agreements.accept_terms(agreement_id=agreement.pk, by=side, terms_digest=digest)
