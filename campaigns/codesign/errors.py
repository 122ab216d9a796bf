from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class SameLetter(DomainError):
    code = "same_letter"
    message = _(
        "Ten people have had these same words already. "
        "Write to this person: why them, who knows them."
    )


class NotAParticipant(DomainError):
    code = "not_a_participant"
    status = 403
    message = _("Only those who joined the campaign take a position on it.")


class StaleVersion(DomainError):
    code = "stale_version"
    message = _("A newer version is on the table. Read it, then say where you stand.")


class RoundClosed(DomainError):
    code = "round_closed"
    message = _(
        "The round closed at its deadline. An objection can still be raised; "
        "for anything else ask the agency to open the round again."
    )


class ReasonMissing(DomainError):
    code = "reason_missing"
    status = 422
    message = _("Say why you object. One sentence is enough; everybody who decides reads it.")


class OwnObjectionOpen(DomainError):
    code = "own_objection_open"
    message = _(
        "Your objection is still open. Say first that it is answered, then take your new position."
    )


class NotTheObjector(DomainError):
    code = "not_the_objector"
    status = 403
    message = _("Only the person who raised an objection can say that it is answered.")


class NotYetAnswered(DomainError):
    code = "not_yet_answered"
    message = _("This campaign has no mechanic yet. Write one before you ask anyone about it.")
