from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class NotAReviewer(DomainError):
    code = "not_a_reviewer"
    status = 403
    message = _("Only a reviewer of this installation rules on appeals.")


class OwnCase(DomainError):
    code = "own_case"
    status = 403
    message = _("You wrote this, or decided on it before. Another reviewer rules on it.")


class NothingToRule(DomainError):
    code = "nothing_to_rule"
    message = _("There is nothing to rule on: no appeal and no review is open.")


class NothingToRetry(DomainError):
    code = "nothing_to_retry"
    message = _("This check did not break off, so there is nothing to try again.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    status = 422
    message = _("Say why, in a sentence: the people concerned will read it.")


class NoticeMissing(DomainError):
    """What is political is accepted only with its transparency notice."""

    code = "notice_missing"
    status = 422
    message = _(
        "Record who pays, which vote it is about and what readers are told, then accept it."
    )
