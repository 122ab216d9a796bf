import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config.kernel import events


class Command(BaseCommand):
    help = "Verify the event log: prints one JSON line, exits 1 if a chain is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = events.verify()
        ok = found.first_broken is None
        line = {
            "ok": ok,
            "checked": found.checked,
            "unsealed": 0,  # an event is sealed as it is written
            "first_broken": found.first_broken,
        }
        self.stdout.write(json.dumps(line))
        if not ok:
            raise SystemExit(1)
