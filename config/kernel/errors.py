"""Refusals a person can understand and act on. A bug is any other exception: it crashes."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """What was asked can't be done now; `message` says why and what to do instead.

    code: stable, for the API and tests. facts: named values the message is filled with.
    """

    code = "refused"
    status = 409
    message: str | Promise = _("This can't be done right now.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)


class NotFound(DomainError):
    """It does not exist, or it is not yours: nobody can tell which."""

    code = "not_found"
    status = 404
    message = _("There is nothing here, or it isn't yours to see.")


class NotAllowed(DomainError):
    """You see it, but this act is somebody else's."""

    code = "not_allowed"
    status = 403
    message = _("This is for somebody else to do.")


class InvalidInput(DomainError):
    """Fields that can't be taken as they are: {field: [sentence, ...]}."""

    code = "invalid_input"
    status = 422
    message = _("Some fields need another look.")

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__()
        self.facts = {"fields": {name: [str(m) for m in each] for name, each in fields.items()}}

    def __str__(self) -> str:
        return str(self.message)
