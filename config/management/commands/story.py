"""Plays stories on a stage of their own and says what was expected and what came of it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.stories import reading


class Command(BaseCommand):
    help = (
        "Plays each story through the real actions, on a throw-away database with a worker of its "
        "own; prints a JSON line a story and exits 1 where an expectation is not met."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="stories, as YAML")
        parser.add_argument("--all", action="store_true", help="the project's own nine")

    def handle(self, *args: Any, **options: Any) -> None:
        files = reading.every() if options["all"] else options["files"]
        if not files:
            raise CommandError("Name a story's file, or give --all.", returncode=2)
        try:
            stories = [reading.read(path) for path in files]
        except reading.BadStory as bad:
            raise CommandError(str(bad), returncode=2) from bad
        if not self._play(stories):
            raise SystemExit(1)

    def _play(self, stories: list[reading.Story]) -> bool:
        from config.stories import answers, playing, stage

        ok = True
        with stage.throwaway() as sites:
            for story in stories:
                outcome = answers.compare(playing.play(story, sites))
                self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
                self.stdout.flush()
                ok = ok and outcome.ok
        return ok
