"""Prints what reviewers ruled on as examples for the rules."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from campaigns.quality.near_misses import examples

HEAD = """\
# From rulings. `spare`: a reviewer let it pass; mend the rule, then move it there. `match`: one
# confirmed the refusal. Addresses, handles and known names are replaced: read each first.
"""


class Command(BaseCommand):
    help = (
        "Prints, as YAML in the form of campaigns/quality/rules/patterns, the texts reviewers let "
        "pass (spare) or refused (match), by rule, with the persons in them replaced."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", help="rulings from this day on, as 2026-11-22")

    def handle(self, *args: Any, **options: Any) -> None:
        found, left_out = examples(since=_day(options["since"]))
        rows = [each.as_dict() for each in found]
        self.stdout.write(HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False))
        if left_out:
            self.stderr.write(f"{left_out} left out: no rule finds them without the persons.")


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise CommandError("Give --since as a day, such as 2026-11-22.", returncode=2) from error
