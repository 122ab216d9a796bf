"""A loopback server that answers as a channel does, and a person who registers posts."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from config.identity.models import User
from config.kernel.fetching import fetcher
from disclosures import actions
from disclosures.models import DisclosureCheck, Publication
from disclosures.queries import PublicationState, state_of
from tests.disclosures.site import Page, Site, serve


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    fetcher.sites.forget()
    with serve() as served:
        settings.FETCH_ALLOW = served.allow
        yield served
    fetcher.sites.forget()


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@blog.example", "Ada Conti")


Looked = Callable[..., PublicationState]


@pytest.fixture
def looked(ada: User) -> Looked:
    """Registers a post at an address, takes one look at it, and says what was found."""

    def look(url: str, platform: str, **changes: Any) -> PublicationState:
        usual: dict[str, Any] = {
            "relationship": "paid",
            "jurisdictions": ["IT"],
            "language": "it",
            "brand_name": "Mulino dell'Alba",
            "published_on": date(2026, 3, 12),
        }
        publication = actions.register(url=url, platform=platform, by=ada, **(usual | changes))
        return again(publication)

    return look


def again(publication: Publication) -> PublicationState:
    look = actions.look_again(publication_id=publication.pk, by=None)
    actions.take_look(look_id=look.pk)
    return state_of([publication.pk])[publication.pk]


def reason_of(state: PublicationState) -> str:
    return DisclosureCheck.objects.filter(publication=state.publication).latest("pk").reason


def answer(told: object, status: int = 200, media_type: str = "application/json") -> Page:
    return Page(json.dumps(told).encode(), status=status, media_type=f"{media_type}; charset=utf-8")
