"""A campaign on the draft and its people, brought in by the real actions."""

from dataclasses import dataclass
from typing import Any

from campaigns.briefs import actions
from campaigns.briefs.models import Brief, Campaign
from campaigns.briefs.values import Answers, Line
from campaigns.quality import actions as quality
from campaigns.quality.models import QualityCheck
from config.identity.models import MemberRole, Organisation, User
from tests.identity.people import member, person

CLEAR = Answers(
    to_whom="Chi cucina ogni giorno e ne scrive",
    what="Le farine di grani antichi si prestano anche al pane di tutti i giorni",
    why="Chi compra non sa come usarle e teme di sbagliare",
    how="Dieci blog invitano i lettori in cucina, anche a sbagliare, e raccontano com'è andata",
    not_wanted="Nessun voto, nessun premio a chi condivide, nessun testo dettato",
    if_it_goes_wrong="Rispondiamo a viso aperto entro 24 ore; chi partecipa può uscire",
)
LINES = (
    Line("creators", "Dieci blog", 1_000_000),
    Line("agency", "Conversa", 300_000),
    Line("costs", "Farina e spedizione", 200_000),
)


@dataclass
class Draft:
    campaign: Campaign
    agency: User
    brand: User
    stranger: User

    def write(self, answers: Answers = CLEAR, by: User | None = None, **more: Any) -> Brief:
        return actions.write_brief(
            campaign_id=self.campaign.pk,
            by=by or self.agency,
            answers=answers,
            lines=more.pop("lines", LINES),
            **more,
        )


def draft(name: str = "conversa") -> Draft:
    """`name` sets the people of one scene apart from another's."""
    agency = member(f"vera@{name}.example", "agency", name.title())
    brand = member(f"bruna@{name}-mulino.example", "brand", f"Mulino {name}")
    stranger = member(f"nemo@{name}-altri.example", "agency", "Altri")
    campaign = actions.create_campaign(
        by=agency,
        agency=house_of(agency),
        brand=house_of(brand),
        title="In cucina insieme",
        language="it",
        jurisdictions=["IT"],
        currency="EUR",
    )
    return Draft(campaign, agency, brand, stranger)


def reader_of(organisation: Organisation, email: str = "legge@conversa.example") -> User:
    user = person(email, "Chi Legge")
    organisation.memberships.create(user=user, role=MemberRole.READER)
    return user


def house_of(user: User) -> Organisation:
    return user.memberships.get().organisation


def check_all() -> None:
    """Run every queued quality check, as the worker would."""
    for pk in QualityCheck.objects.filter(status="queued").values_list("pk", flat=True):
        quality.run_check(check_id=pk)
