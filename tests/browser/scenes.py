"""Campaigns brought to a stage inside the running site's database (see World.prepare)."""

import json
import time
from itertools import count

from django.conf import settings

from config.identity.models import User
from config.stories import playing, reading
from config.stories.site import Site
from tests import factories
from tests.factories import Scene


def _door(user: User) -> str:
    return str(user.email)


def _told(scene: Scene) -> dict[str, object]:
    return {
        "url": scene.url,
        "manager": _door(scene.manager),
        "creators": [_door(creator.user) for creator in scene.creators],
    }


def draft() -> Scene:
    return factories.draft()


def codesign() -> Scene:
    return factories.in_codesign(2, consenting=False)


def offered() -> Scene:
    """An offer is on the table of each."""
    scene = factories.contracting(2)
    for nth in range(2):
        scene.offer(nth)
    return scene


def owed() -> Scene:
    """Live and paid for; the first post is out, so its fee is owed."""
    scene = factories.live(1)
    scene.fund()
    scene.publish(0)
    return scene


SCENES = {"draft": draft, "codesign": codesign, "offered": offered, "owed": owed}


def refuse() -> None:
    """Story 01, as far as the platform lets it go: its checks run in the site's own worker."""
    story = reading.read(reading.DATA / "01-paid-likes.yaml")
    playing.play(story, Site(settings.VAR / "sites", settings.PORT + 1))


def say(name: str) -> None:
    """Print what a test needs to know of the scene, as one line of JSON."""
    factories._next = count(int(time.time()))  # addresses nobody had in an earlier run either
    print(json.dumps(_told(SCENES[name]())))
