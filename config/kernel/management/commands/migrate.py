from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from config.kernel.roles import as_owner


class Command(Migrate):
    """Django's migrate, run as the owner of the tables: its checks too, which ask the server for
    its version before the first migration has made the application's role."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        with as_owner(options["database"]):
            return super().execute(*args, **options)
