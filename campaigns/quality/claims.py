"""Who is at work on a check: a lock of the worker's own connection to the database.

PostgreSQL lets go of it when that connection ends, however it ends, so a worker that was killed is
told from a slow one at once. The locks belong to sessions: a pooler that shares one session between
clients (PgBouncer in transaction mode) must not stand between.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

HELD = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
LET_GO = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"
FREE = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"  # and ours until the commit


@contextmanager
def claimed(check_id: int) -> Iterator[bool]:
    """Yields whether the check is ours to run; it is until the block ends, or this process does."""
    is_ours = _ask(HELD, check_id)
    try:
        yield is_ours
    finally:
        if is_ours:
            _ask(LET_GO, check_id)


def is_free(check_id: int) -> bool:
    """Whether nobody is at work on it; nobody can begin before this transaction ends."""
    return _ask(FREE, check_id)


def _ask(statement: str, check_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"quality.check/{check_id}"])
        row = cursor.fetchone()
    return bool(row and row[0])
