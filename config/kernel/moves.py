"""Statuses and the moves between them: one table feeds the guard, the trigger and the tests."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError

Moves = Mapping[str, set[str]]


class IllegalMove(DomainError):
    code = "illegal_move"
    message = _("This step can't be taken from here. Reload the page to see where things stand.")


def pairs(moves: Moves) -> list[tuple[str, str]]:
    """The table as pgtrigger.FSM takes it."""
    return sorted((str(a), str(b)) for a, after in moves.items() for b in after)


class Moving:
    """A model whose status moves by a table. Saving is the caller's, with `update_fields`."""

    MOVES: ClassVar[Moves]
    STATUS: ClassVar[str] = "status"

    def must_be(self, *statuses: str) -> None:
        """Raise IllegalMove unless the status is one of these."""
        if getattr(self, self.STATUS) not in statuses:
            raise IllegalMove

    def move_to(self, status: str) -> None:
        """Set the status if the table allows the move. Raises IllegalMove."""
        if status not in self.MOVES[self._status()]:
            raise IllegalMove
        setattr(self, self.STATUS, status)

    def _status(self) -> Any:
        return getattr(self, self.STATUS)
