"""What the payouts desk refuses."""

from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class AlreadyBooked(DomainError):
    """The key was used for something else."""

    code = "already_booked"
    message = _("This form was already sent with other figures. Reload the page and look first.")


class NotEnoughFunds(DomainError):
    """facts: has_minor, needs_minor, currency."""

    code = "not_enough_funds"
    message = _("The brand has not paid in enough for this yet. Record its funds first.")


class AlreadyPaid(DomainError):
    code = "already_paid"
    message = _("This is paid already.")


class Withdrawn(DomainError):
    code = "withdrawn"
    message = _("This was withdrawn and is no longer owed.")


class OnlyCostsAreWithdrawn(DomainError):
    code = "only_costs_are_withdrawn"
    message = _("Only a cost or a fee can be withdrawn. What a creator earned stays owed.")


class NotDelivered(DomainError):
    code = "not_delivered"
    message = _("This work is not published yet. It becomes due once its post is registered.")


class NothingToBook(DomainError):
    code = "nothing_to_book"
    message = _("The agency's fee in the brief is booked already, or the brief has none.")


class NothingLeft(DomainError):
    code = "nothing_left"
    message = _("Nothing is left to return: all the brand's money is owed or paid.")


class NotOverYet(DomainError):
    code = "not_over_yet"
    message = _("What is left goes back to the brand once the campaign is closing or cancelled.")
