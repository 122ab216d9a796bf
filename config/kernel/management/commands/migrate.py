from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from config.kernel.roles import as_owner


class Command(Migrate):
    """Django's migrate, run as the owner of the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]):
            super().handle(*args, **options)
