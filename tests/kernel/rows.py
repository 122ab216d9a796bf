"""Changing rows behind the application's back, as only the owner of the tables could."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection


@contextmanager
def as_superuser() -> Iterator[None]:
    """Inside, this connection is the owner and no trigger of ours speaks."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET session_replication_role = 'replica'")
        yield
        cursor.execute("SET session_replication_role = 'origin'")
        cursor.execute(f"SET ROLE {settings.DATABASE_ROLE}")


@contextmanager
def as_owner_with_triggers() -> Iterator[None]:
    """Inside, this connection is the owner; the triggers stay."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute(f"SET ROLE {settings.DATABASE_ROLE}")


def run(statement: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def forge(statement: str, values: Sequence[Any] = ()) -> None:
    with as_superuser():
        run(statement, values)
