"""The people of the stories: invented, on `.example` domains, the same in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from config.identity.models import Membership, Organisation, OrganisationKind, User
from config.stories.reading import Story
from influencers import actions as influencers
from influencers.models import Influencer
from influencers.values import NewChannel

BLOGGERS = (
    ("Ada Ferri", "Pane e pazienza"),
    ("Bruno Salis", "Il cucchiaio storto"),
    ("Chiara Monti", "Farina sul gatto"),
    ("Davide Lorusso", "Forno di periferia"),
    ("Elena Gasser", "Malga e mattarello"),
    ("Fatima Amrani", "Cuscus e casoncelli"),
    ("Giulio Neri", "Crosta"),
    ("Hana Kovač", "Il lievito di Trieste"),
    ("Ilaria Piras", "Su pani"),
    ("Lorenzo Vitale", "Cena alle dieci"),
)
AGENCY_PERSON = "Marta Rizzi"
DEFAULT_AGENCY = "Conversa"
DEFAULT_BRAND = "Lucente"
BRAND_PERSON = "Laura Conti"
REVIEWER = ("Sara Lind", "sara.lind@revisori.example")


@dataclass(frozen=True)
class Cast:
    agency: Organisation
    brand: Organisation
    manager: User
    client: User
    creators: tuple[Influencer, ...]


def gather(story: Story) -> Cast:
    """Everyone a story needs; who is here already is the same person."""
    agency = _organisation(_name(story.told, "agency", DEFAULT_AGENCY), OrganisationKind.AGENCY)
    brand = _organisation(_name(story.told, "brand", DEFAULT_BRAND), OrganisationKind.BRAND)
    manager = _member(AGENCY_PERSON, agency, story.language)
    client = _member(BRAND_PERSON, brand, story.language)
    creators = tuple(
        _creator(nth, agency, manager) for nth in range(int(story.told.get("influencers", 0)))
    )
    return Cast(agency, brand, manager, client, creators)


def reviewer() -> User:
    """The installation's reviewer, a member of no organisation."""
    name, email = REVIEWER
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, name, language="en", is_reviewer=True)


def _name(told: Mapping[str, Any], role: str, default: str) -> str:
    given = told.get(role)
    return str(given["name"]) if isinstance(given, dict) and given.get("name") else default


def _organisation(name: str, kind: str) -> Organisation:
    """The first of that name: people may well have made another one since."""
    found = Organisation.objects.filter(name=name, kind=kind).order_by("pk").first()
    return found or Organisation.objects.create(name=name, kind=kind)


def _member(name: str, organisation: Organisation, language: str) -> User:
    email = f"{slugify(name).replace('-', '.')}@{slugify(organisation.name)}.example"
    user = User.objects.filter(email=email).first()
    user = user or User.objects.create_user(email, name, language=language)
    Membership.objects.get_or_create(user=user, organisation=organisation)
    return user


def _creator(nth: int, agency: Organisation, manager: User) -> Influencer:
    name, blog = BLOGGERS[nth % len(BLOGGERS)]
    if nth >= len(BLOGGERS):
        blog = f"{blog} {nth // len(BLOGGERS) + 1}"
        name = f"{name} {nth // len(BLOGGERS) + 1}"
    site = f"{slugify(blog)}.example"
    return influencers.add_influencer(
        email=f"{slugify(name).split('-')[0]}@{site}",
        name=name,
        language="it",
        channels=[NewChannel("blog", blog, f"https://{site}/", "it")],
        by=manager,
        agency=agency,
    )
