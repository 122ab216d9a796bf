"""How often the check of words is right on texts a person labelled."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.quality import evaluation
from campaigns.quality.anonymous import without_persons


class Command(BaseCommand):
    help = (
        "Judges the labelled texts of CSV files (columns text, lang, label, and perhaps category "
        "and kind) and prints, by language, family and kind, how many incentivised ones were not "
        "accepted and how many honest ones were rejected or sent to review, with 95 % intervals."
    )
    requires_system_checks: list[str] = []  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--part", choices=evaluation.PARTS, help="only the texts that tuned the rules, or not"
        )
        parser.add_argument(
            "--errors",
            action="store_true",
            help="list each misjudged text too, without its handles and addresses",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        texts: list[evaluation.Text] = []
        for path in options["files"]:
            try:
                with path.open(encoding="utf-8", newline="") as file:
                    texts += evaluation.read(file)
            except (OSError, UnicodeDecodeError, evaluation.BadRow) as error:
                raise CommandError(f"{path}: {error}", returncode=2) from error
        if options["part"]:
            texts = [text for text in texts if text.part == options["part"]]
        found = evaluation.evaluate(texts)
        for line in evaluation.table(found):
            self.stdout.write(line)
        if options["errors"]:
            self.stdout.write("")
        for text, verdict in found.errors if options["errors"] else ():
            words = without_persons(" ".join(text.words.split()))
            self.stdout.write(f"- {verdict}, {text.label}, {text.lang}, {text.practice}: {words}")
