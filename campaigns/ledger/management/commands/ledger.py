import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from campaigns.ledger import queries


class Command(BaseCommand):
    help = "Verify the ledger: prints one JSON line, exits 1 if an entry was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = queries.verify()
        line = {
            "ok": found.first_broken is None,
            "checked": found.checked,
            "unsealed": found.unsealed,
            "first_broken": found.first_broken,
        }
        self.stdout.write(json.dumps(line))
        if found.first_broken is not None:
            raise SystemExit(1)
