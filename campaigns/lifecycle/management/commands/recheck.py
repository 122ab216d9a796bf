"""Checks what decides over open campaigns by the installed rules."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from campaigns.lifecycle import actions


class Command(BaseCommand):
    help = (
        "Checks the newest submissions of open campaigns by the installed rules, where older ones "
        "decided; prints the run as JSON. Once a rule set; what stands stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        run = actions.recheck_open_campaigns()
        said = {"run": run.pk, "rule_set": run.rule_set, "total": run.total}
        self.stdout.write(json.dumps(said))
