"""Serves the bloggers' sites of the demonstration, on loopback only."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.stories import site


class Command(BaseCommand):
    help = "Serve the pages of the demonstration's bloggers (started by `manage.py up`)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This belongs to the demonstration: start it with make run.")
        with site.serve(settings.VAR / "sites", options["port"]) as server:
            server.serve_forever()
