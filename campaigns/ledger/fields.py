"""PostgreSQL's 64-bit transaction id."""

from typing import Any

from django.db import models
from django.db.models import Func


class XidField(models.Field[str, str]):
    """The transaction a row was written in: `xid8`, which never wraps around."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def get_internal_type(self) -> str:
        return "XidField"


class CurrentXid(Func):
    """`pg_current_xact_id()`: the id of the running top-level transaction."""

    function = "pg_current_xact_id"
    arity = 0
    allowed_default = True
    output_field = XidField()
