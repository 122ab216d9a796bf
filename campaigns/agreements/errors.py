from django.utils.functional import Promise
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


class DayOfSilence(DomainError):
    """facts: {"first", "last", "source"} of the silence the day lies in."""

    code = "day_of_silence"
    message = _(
        "This campaign is political, and nothing of it may be published on that day: the law, or "
        "the reviewer who let it go on, keeps silence before the vote."
    )


class AlreadyFulfilled(DomainError):
    code = "already_fulfilled"
    message = _("Another publication already stands for this piece of work.")


# Why a post that a feed told of did not register itself, by the code of the refusal.
FOUND_BUT_REFUSED: dict[str, str | Promise] = {
    "day_of_silence": _("A post was found. It is not registered: its day is a day of silence."),
    "not_a_party": _(
        "A post was found, but who asked to watch the feed has left this campaign. Register it"
        " yourself."
    ),
    "invalid_input": _("A post was found that could not be registered. Register it yourself."),
}
