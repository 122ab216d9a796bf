"""What the ledger refuses."""

from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class KeyTaken(DomainError):
    """The idempotency key was used for an entry with other content."""

    code = "key_taken"
    message = _(
        "This was already booked with other figures. "
        "Reload the page and look before you book again."
    )


class UnbalancedEntry(DomainError):
    code = "unbalanced_entry"
    message = _(
        "An entry needs two lines or more, of one currency, whose debits equal its credits."
    )


class UnknownAccount(DomainError):
    code = "unknown_account"
    message = _("There is no account %(account)s.")


class AccountDiffers(DomainError):
    """The account is there, of another kind or currency."""

    code = "account_differs"
    message = _("The account %(account)s exists with another kind or currency.")


class AlreadyReversed(DomainError):
    code = "already_reversed"
    message = _("This entry was reversed before. Correct it with a new entry.")
