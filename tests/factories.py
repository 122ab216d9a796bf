"""Valid rows, and campaigns brought to each stage by the real actions, as their people would."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from threading import Barrier

from django.db import DatabaseError, connection
from django.utils import timezone

from campaigns.agreements import actions as agreements
from campaigns.agreements import queries as agreed
from campaigns.agreements.models import Agreement, Deliverable, Fulfilment, OfferRound
from campaigns.agreements.values import KillFees, Terms
from campaigns.briefs import actions as briefs
from campaigns.briefs.models import Brief, Campaign
from campaigns.briefs.values import Answers, Line
from campaigns.codesign import actions as codesign
from campaigns.codesign.models import Mechanic, Participant, Position
from campaigns.codesign.values import Letter
from campaigns.lifecycle import actions as lifecycle
from campaigns.payouts import actions as payouts
from campaigns.quality import actions as quality
from campaigns.quality.models import QualityCheck
from campaigns.reports import actions as reports
from config.identity.actions import add_membership, add_organisation, add_user, make_reviewer
from config.identity.models import Organisation, User
from config.kernel.errors import DomainError
from influencers.actions import add_influencer
from influencers.models import Influencer
from influencers.values import NewChannel

ANSWERS = Answers(
    to_whom="Chi cucina ogni giorno e ne scrive",
    what="Le farine di grani antichi si prestano anche al pane di tutti i giorni",
    why="Chi compra non sa come usarle e teme di sbagliare",
    how="I blog invitano i lettori in cucina, anche a sbagliare, e raccontano com'è andata",
    not_wanted="Nessun voto, nessun premio a chi condivide, nessun testo dettato",
    if_it_goes_wrong="Rispondiamo a viso aperto entro 24 ore; chi partecipa può uscire",
)
LINES = (
    Line("creators", "I blog", 1_000_000),
    Line("agency", "Conversa", 300_000),
    Line("costs", "Farina e spedizione", 200_000),
)
MECHANIC = (
    "Ogni blog riceve la farina, cucina una ricetta propria, e pubblica un racconto onesto, "
    "anche dell'insuccesso."
)
CLICKBAIT = "Paghiamo 0,10 euro per ogni clic e per ogni condivisione del post."
TERMS = Terms(
    fee_minor=100_000,
    currency="EUR",
    declared_hours=16,
    deliverables=("Un racconto",),
    kill_fees=KillFees(not_started=10, in_work=50),
)
_next = count(1)


def person(name: str = "Vera Monti", language: str = "en") -> User:
    """Somebody new, with an address nobody else has."""
    return add_user(email=f"p{next(_next)}@persone.example", name=name, language=language)


def organisation(kind: str = "agency", name: str = "Conversa") -> Organisation:
    return add_organisation(name=name, kind=kind)


def member(of: Organisation, role: str = "manager", name: str = "Vera Monti") -> User:
    user = person(name)
    add_membership(user=user, organisation=of, role=role)
    return user


def reviewer() -> User:
    return make_reviewer(user=person("Sara Lind"))


def influencer(by: User, agency: Organisation, name: str = "") -> Influencer:
    """A creator with a blog, on the agency's roster."""
    number = next(_next)
    site = f"https://blog-{number}.example/"
    return add_influencer(
        email=f"io@blog-{number}.example",
        name=name or f"Persona {number}",
        language="it",
        channels=[NewChannel("blog", f"Il cucchiaio {number}", site, "it")],
        by=by,
        agency=agency,
    )


def check_all() -> None:
    """Run every queued quality check, as the worker would."""
    for pk in QualityCheck.objects.filter(status="queued").values_list("pk", flat=True):
        quality.run_check(check_id=pk)


@dataclass
class Scene:
    """One campaign and its people: the agency's manager, the brand's, the creators in order."""

    campaign: Campaign
    manager: User
    client: User
    creators: list[Influencer] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.campaign.pk)

    @property
    def url(self) -> str:
        return f"/c/{self.campaign.public_id}/"

    @property
    def api(self) -> str:
        return f"/api/v1/campaigns/{self.campaign.public_id}/"

    def fresh(self) -> Campaign:
        self.campaign = Campaign.objects.select_related("brand", "agency").get(pk=self.id)
        return self.campaign

    def seat(self, nth: int = 0) -> Participant:
        return self.campaign.participants.get(influencer=self.creators[nth])

    def agreement(self, nth: int = 0) -> Agreement:
        return Agreement.objects.get(participant=self.seat(nth))

    def work(self, nth: int = 0) -> Deliverable:
        found = Deliverable.objects.filter(agreement__participant=self.seat(nth)).first()
        assert found is not None
        return found

    def digest(self, offer: OfferRound) -> str:
        return agreed.digest_of(offer, agreed.split_of(self.campaign))

    def write_brief(self, **changed: str) -> Brief:
        made = briefs.write_brief(
            campaign_id=self.id, by=self.manager, answers=replace(ANSWERS, **changed), lines=LINES
        )
        check_all()
        return made

    def propose(self, text: str = MECHANIC) -> Mechanic:
        made = codesign.propose_mechanic(
            campaign_id=self.id,
            by=self.manager,
            text=text,
            deadline=timezone.now() + timedelta(days=3),
        )
        check_all()
        return made

    def invite(self, name: str = "") -> Participant:
        creator = influencer(self.manager, self.campaign.agency, name)
        self.creators.append(creator)
        return codesign.invite(
            campaign_id=self.id,
            by=self.manager,
            influencer=creator,
            letter=Letter(f"Per il pane {creator.pk}", "Ada", "Un racconto", "1000 euro", "Dillo"),
        )

    def join(self, name: str = "") -> Participant:
        self.invite(name)
        return codesign.answer_invitation(
            campaign_id=self.id, by=self.creators[-1].user, joins=True
        )

    def stand(self, nth: int = 0, stance: str = "consent", reason: str = "") -> Position:
        newest = self.campaign.mechanics.order_by("-number")[0]
        return codesign.take_position(
            campaign_id=self.id,
            by=self.creators[nth].user,
            mechanic=newest.number,
            stance=stance,
            reason=reason,
        )

    def offer(self, nth: int = 0, by: User | None = None, terms: Terms = TERMS) -> OfferRound:
        made = agreements.offer_terms(
            campaign_id=self.id,
            participant_id=self.seat(nth).pk,
            by=by or self.manager,
            terms=terms,
        )
        check_all()
        return made

    def accept(self, offer: OfferRound, by: User) -> Agreement:
        return agreements.accept_terms(
            agreement_id=offer.agreement_id, by=by, terms_digest=self.digest(offer)
        )

    def agree(self, nth: int = 0, terms: Terms = TERMS) -> Agreement:
        offer = self.offer(nth, terms=terms)
        self.accept(offer, self.creators[nth].user)
        return self.accept(offer, self.manager)

    def fund(self, minor: int = 1_500_000) -> None:
        payouts.record_funding(
            campaign_id=self.id,
            amount_minor=minor,
            currency=self.campaign.currency,
            statement="EC-2026-001",
            received_on=timezone.localdate(),
            by=self.manager,
            key="funds",
        )

    def publish(self, nth: int = 0) -> Fulfilment:
        """The creator registers the post of their piece of work."""
        work = self.work(nth)
        return agreements.register_publication(
            deliverable_id=work.pk,
            by=self.creators[nth].user,
            url=f"https://blog-{self.creators[nth].pk}.example/pane",
            platform="blog",
            published_on=timezone.localdate(),
        )

    def tell(self) -> None:
        """What went wrong is written, and every creator has replied."""
        reports.write_lessons(campaign_id=self.id, by=self.manager, text="Prima la meccanica.")
        for creator in self.creators:
            reports.reply(campaign_id=self.id, by=creator.user, text="Il mio pane era piatto.")

    def advance(self, to: str) -> Campaign:
        self.campaign = lifecycle.advance(campaign_id=self.id, by=self.manager, to=to)
        return self.campaign


def draft(*, written: bool = True, title: str = "In cucina insieme") -> Scene:
    """A campaign in draft with people of its own, its brief written and checked."""
    agency, brand = organisation(), organisation("brand", "Mulino dell'Alba")
    manager, client = member(agency), member(brand, name="Bruno Salis")
    campaign = briefs.create_campaign(
        by=manager,
        agency=agency,
        brand=brand,
        title=title,
        language="it",
        jurisdictions=["IT"],
        currency="EUR",
    )
    scene = Scene(campaign, manager, client)
    if written:
        scene.write_brief()
    return scene


def in_codesign(creators: int = 2, *, consenting: bool = True) -> Scene:
    """Everybody has joined; unless told otherwise they consent to the first version."""
    scene = draft()
    scene.advance("codesign")
    for _ in range(creators):
        scene.join()
    scene.propose()
    if consenting:
        for nth in range(creators):
            scene.stand(nth)
    return scene


def contracting(creators: int = 2) -> Scene:
    scene = in_codesign(creators)
    scene.advance("contracting")
    return scene


def agreed_by_all(creators: int = 2) -> Scene:
    """Still in contracting, and nothing blocks the launch."""
    scene = contracting(creators)
    for nth in range(creators):
        scene.agree(nth)
    return scene


def live(creators: int = 2) -> Scene:
    scene = agreed_by_all(creators)
    scene.advance("live")
    return scene


def closing(creators: int = 2) -> Scene:
    scene = live(creators)
    for nth in range(creators):
        scene.publish(nth)
    scene.advance("closing")
    return scene


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each returned, or the refusal it met, when all began together, each on its own
    connection."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=30)
            return act()
        except (DomainError, DatabaseError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
