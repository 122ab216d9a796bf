"""`manage.py messages`: gather the sentences of code and templates into the catalogues."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.theme import catalogues


class Command(BaseCommand):
    help = "Update config/locale/*/LC_MESSAGES/django.po from the source and compile the .mo files."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 if a sentence is lacking"
        )

    def handle(self, *, check: bool, **_: Any) -> None:
        root, locale = Path(settings.BASE_DIR), Path(settings.LOCALE_PATHS[0])
        source = catalogues.gather(root)
        languages = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        if not check:
            for language in languages:
                catalogues.refresh(locale, language, source)
            self.stdout.write(f"{len(source)} sentences in {', '.join(languages)}")
            return
        found = [flaw for each in languages for flaw in catalogues.flaws(locale, each, source)]
        if found:
            raise CommandError("\n".join(map(str, found)))
        self.stdout.write(f"{len(source)} sentences, all of them in {', '.join(languages)}")
