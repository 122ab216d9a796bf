"""A refusal said beside what was typed, so that nothing typed is lost."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm

from config.kernel.errors import DomainError, InvalidInput

Result = TypeVar("Result")
BESIDE = frozenset({409, 422})  # what another answer can mend; the rest is a page of its own


def heard(form: BaseForm, act: Callable[[], Result]) -> Result | None:
    """What `act` returns, once the form is valid; None where not, and the form says why.

    Sentences about a field of the form stand beside it, all others on top.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except DomainError as refused:
        if refused.status not in BESIDE:
            raise
        _say(form, refused)
        return None


def status_of(form: BaseForm) -> int:
    """The status of a page that shows the form's errors: 409 where something changed meanwhile."""
    said = form.errors.as_data().get(NON_FIELD_ERRORS, [])
    return min([409 if (each.params or {}).get("status") == 409 else 422 for each in said] or [422])


def _say(form: BaseForm, refused: DomainError) -> None:
    if not isinstance(refused, InvalidInput):
        said = {"said": str(refused), "status": refused.status}
        form.add_error(None, ValidationError("%(said)s", code=refused.code, params=said))
        return
    for name, sentences in refused.facts["fields"].items():
        form.add_error(name if name in form.fields else None, sentences)
