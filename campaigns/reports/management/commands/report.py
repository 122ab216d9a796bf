"""Prints the report of a campaign, as it stands now."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.briefs.models import Campaign
from campaigns.reports import queries


class Command(BaseCommand):
    help = "Prints the report of a campaign as one line of JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="the campaign's public id")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Campaign.objects.select_related("brand", "agency")
        campaign = found.filter(public_id=options["id"]).first()
        if campaign is None:
            raise CommandError(f"There is no campaign {options['id']!r}.", returncode=2)
        self.stdout.write(json.dumps(queries.report_of(campaign), ensure_ascii=False))
