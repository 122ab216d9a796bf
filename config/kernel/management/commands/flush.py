from typing import Any

from django.core.management.commands.flush import Command as Flush

from config.kernel.roles import as_owner


class Command(Flush):
    """Django's flush, run as the owner: the application may not empty what is append-only."""

    def handle(self, **options: Any) -> None:
        with as_owner(options["database"]):
            super().handle(**options)
