"""Campaigns brought to a stage inside the running site's database (see World.prepare)."""

import json
import time
from itertools import count

from django.conf import settings

from campaigns.briefs.actions import hand_in
from campaigns.codesign import actions as codesign_actions
from campaigns.codesign.values import Letter
from config.identity.models import User
from config.stories import playing, reading
from config.stories.site import Site
from tests import factories
from tests.factories import Scene
from tests.links.scene import judged, linked


def _door(user: User) -> str:
    return str(user.email)


def _told(scene: Scene) -> dict[str, object]:
    return {
        "url": scene.url,
        "manager": _door(scene.manager),
        "creators": [_door(creator.user) for creator in scene.creators],
    }


def draft() -> Scene:
    """With a link handed in that is wider than a phone."""
    scene = factories.draft()
    address = f"https://negozio.example/{'pane-di-segale-' * 12}?da=blog"
    hand_in(campaign_id=scene.id, by=scene.manager, kind="link", words=address, language="it")
    return scene


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


def clicked() -> Scene:
    """Clicks were judged, and a part of them was made by no reader; nobody has said a word."""
    made = linked(1)
    judged(made, "flagged")
    return made.scene


def letters() -> Scene:
    """Ten letters are sent, all with the same words about why."""
    scene = factories.draft()
    scene.advance("codesign")
    same = Letter("Amiamo il suo blog.", "Nessuno.", "Un racconto.", "1.000 euro.", "Un tocco.")
    for _ in range(10):
        codesign_actions.invite(
            campaign_id=scene.id,
            by=scene.manager,
            influencer=factories.influencer(scene.manager, scene.campaign.agency),
            letter=same,
        )
    return scene


SCENES = {each.__name__: each for each in (draft, letters, codesign, offered, owed, clicked)}


def refuse() -> None:
    """Story 01, as far as the platform lets it go: its checks run in the site's own worker."""
    story = reading.read(reading.DATA / "01-paid-likes.yaml")
    playing.play(story, Site(settings.VAR / "sites", settings.PORT + 1))


def say(*names: str) -> None:
    """Print what a test needs to know of each scene, one line of JSON for each."""
    factories._next = count(int(time.time()))  # addresses nobody had in an earlier run either
    for name in names:
        print(json.dumps(_told(SCENES[name]())))
