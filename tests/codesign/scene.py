"""A campaign in co-design with creators who joined, reached by the real actions."""

from dataclasses import dataclass
from typing import Any

from campaigns.briefs.models import Campaign
from campaigns.codesign import actions
from campaigns.codesign.models import Mechanic, Participant, Position
from campaigns.codesign.values import Letter
from campaigns.lifecycle import actions as lifecycle
from config.identity.models import User
from influencers.models import Influencer
from tests.briefs.scene import Draft, check_all, draft
from tests.influencers.people import influencer

MECHANIC = (
    "Ogni blog riceve la farina, cucina una ricetta propria e pubblica un racconto onesto.\n"
    "Il testo non è approvato dal marchio prima dell'uscita."
)
NAMES = ("Ada Serra", "Bruno Salis", "Chiara Monti", "Davide Lorusso")


@dataclass
class Table:
    """Everybody around one campaign; creators in the order of NAMES."""

    campaign: Campaign
    agency: User
    brand: User
    stranger: User
    creators: list[User]

    def propose(self, text: str = MECHANIC, by: User | None = None, **more: Any) -> Mechanic:
        return actions.propose_mechanic(
            campaign_id=self.campaign.pk, by=by or self.agency, text=text, **more
        )

    def say(self, nth: int, stance: str, reason: str = "", on: int | None = None) -> Position:
        newest = self.campaign.mechanics.order_by("-number").first()
        return actions.take_position(
            campaign_id=self.campaign.pk,
            by=self.creators[nth],
            mechanic=on or (newest.number if newest else 0),
            stance=stance,
            reason=reason,
        )

    def seat(self, nth: int) -> Participant:
        return self.campaign.participants.get(influencer__user=self.creators[nth])


def letter(to: str = "Ada") -> Letter:
    return Letter(
        why_you=f"{to}, il tuo pane di marzo è l'unico che ho rifatto.",
        who_knows_you="Ci presenta Hana, che cucina con te.",
        what_is_asked="Due racconti onesti entro novembre.",
        what_is_paid="1.000,00 € per 16 ore, entro 30 giorni.",
        how_to_say_no="Premi «No, grazie»: non serve dire perché.",
    )


def opened(name: str = "conversa") -> Table:
    """In co-design, with nobody invited yet."""
    begun: Draft = draft(name)
    begun.write()
    check_all()
    campaign = lifecycle.advance(campaign_id=begun.campaign.pk, by=begun.agency, to="codesign")
    return Table(campaign, begun.agency, begun.brand, begun.stranger, [])


def known(table: Table, nth: int, name: str = "conversa") -> Influencer:
    """A creator on the agency's roster."""
    who = NAMES[nth]
    return influencer(table.agency, f"{who.split()[0].lower()}@{name}-blog.example", who)


def table(creators: int = 3, name: str = "conversa") -> Table:
    """In co-design, creators joined, the first version on the table and accepted."""
    made = opened(name)
    for nth in range(creators):
        person = known(made, nth, name)
        actions.invite(
            campaign_id=made.campaign.pk,
            by=made.agency,
            influencer=person,
            letter=letter(f"{person.name} {nth}"),
        )
        actions.answer_invitation(campaign_id=made.campaign.pk, by=person.user, joins=True)
        made.creators.append(person.user)
    made.propose()
    check_all()
    return made
