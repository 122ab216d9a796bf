"""The application's database role: it works on rows, but cannot change what is append-only.

Every connection assumes `settings.DATABASE_ROLE`; what needs the owner (making tables,
emptying them between tests) says so with `as_owner`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def as_owner(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Connections opened inside run as the owner of the tables."""
    connection = connections[using]
    options = connection.settings_dict["OPTIONS"]
    role = options.pop("assume_role", None)
    connection.close()
    try:
        yield
    finally:
        if role:
            options["assume_role"] = role
            connection.close()


def grant(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Give the application's role what it may do on every table, after each migration."""
    from config.kernel.models import AppendOnly

    connection = connections[using]
    role = connection.ops.quote_name(settings.DATABASE_ROLE)
    there = set(connection.introspection.table_names())  # not all, while only one app migrates
    history = [
        connection.ops.quote_name(model._meta.db_table)
        for model in apps.get_models()
        if issubclass(model, AppendOnly) and model._meta.db_table in there
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        tables = ", ".join(sorted(history))
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {role}")
