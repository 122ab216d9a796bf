from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class TermsChanged(DomainError):
    code = "terms_changed"
    message = _("The terms changed since you opened them. Read the new version before you accept.")


class NotAParty(DomainError):
    code = "not_a_party"
    status = 403
    message = _("Only the two sides of this agreement can do that.")


class TermsNotAccepted(DomainError):
    code = "terms_not_accepted"
    message = _(
        "These terms have not passed the quality check. Wait for its answer, or offer other terms."
    )


class AlreadyFulfilled(DomainError):
    code = "already_fulfilled"
    message = _("Another publication already stands for this piece of work.")
