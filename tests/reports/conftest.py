"""One live campaign for each file of tests; every test works on it inside a savepoint."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from campaigns.briefs.models import Campaign
from config.identity.models import User
from tests.reports import scene
from tests.reports.scene import Scene


@pytest.fixture(scope="module")
def begun(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """The campaign as the actions made it, undone after the file's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield scene.live()
        transaction.set_rollback(True)


@pytest.fixture
def live(begun: Scene, db: None) -> Scene:
    return replace(begun, campaign=Campaign.objects.get(pk=begun.campaign.pk))


@pytest.fixture
def stranger(live: Scene) -> User:
    """Who runs another campaign of another agency."""
    return scene.draft("altrove", creators=0).agency
