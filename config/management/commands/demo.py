"""Loads the demonstration: the stories, played once, and a sign-in link for each role."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaigns.briefs.models import Campaign
from config.demo import links, progress
from config.identity.models import User
from config.stories import cast, playing, reading
from config.stories.site import Site

OVER = frozenset({"closed", "cancelled"})


class Command(BaseCommand):
    help = "Load the demonstration into this database (started by `manage.py up`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        part = parser.add_mutually_exclusive_group(required=True)
        part.add_argument("--first", action="store_true", help="story 03, and the sign-in links")
        part.add_argument("--rest", action="store_true", help="every other story")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This belongs to the demonstration: start it with make run.")
        first = reading.read(reading.DATA / f"{reading.FIRST}.yaml")
        if options["first"]:
            self._play([first])
            self._print_links(cast.gather(first))
        else:
            rest = [reading.read(path) for path in reading.every() if path.stem != reading.FIRST]
            self._play(rest)

    def _play(self, stories: Sequence[reading.Story]) -> None:
        sites = Site(settings.VAR / "sites", settings.PORT + 1)
        waiting = [story for story in stories if not _is_played(story)]
        try:
            for done, story in enumerate(waiting):
                progress.say(done, len(waiting))
                playing.play(story, sites)
                self.stdout.write(f"played: {story.title}")
        finally:
            progress.finish()

    def _print_links(self, people: cast.Cast) -> None:
        roles: dict[str, User] = {
            "agency": people.manager,
            "brand": people.client,
            "influencer": people.creators[1].user,
            "reviewer": cast.reviewer(),
        }
        self.stdout.write("Sign in, once each, on this machine only:")
        for role, address in links.make(roles).items():
            self.stdout.write(f"  {role:<11}{roles[role].name:<14}{address}")


def _is_played(story: reading.Story) -> bool:
    """Whether an earlier run has told it to its end."""
    known = Campaign.objects.filter(public_id=playing.public_id(story)).first()
    if known is None:
        return False
    return known.stage in OVER or "terms_each" not in story.told
