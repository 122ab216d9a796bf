"""PostgreSQL's 64-bit transaction id."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Func

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class XidField(Text):
    """The transaction a row was written in: `xid8`, which never wraps around. Read as text."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class CurrentXid(Func):
    """`pg_current_xact_id()`: the id of the running top-level transaction."""

    function = "pg_current_xact_id"
    arity = 0
    allowed_default = True
    output_field = XidField()
