from django.utils.translation import gettext_lazy as _

from config.kernel.errors import DomainError


class AlreadyAnswered(DomainError):
    code = "already_answered"
    message = _("This incident already has its answer. Reload the page to read it.")


class LessonsMissing(DomainError):
    code = "lessons_missing"
    message = _("Write what went wrong before you publish; a report without it is advertising.")


class IncidentsUnanswered(DomainError):
    """facts: incidents, how many."""

    code = "incidents_unanswered"
    message = _("Answer every incident before you publish. Still without an answer: %(incidents)s.")


class RepliesMissing(DomainError):
    """facts: names, of who has neither replied nor waived."""

    code = "replies_missing"
    message = _(
        "The creators speak before the report goes out. Neither a reply nor a waiver yet from: "
        "%(names)s."
    )


class NothingPublished(DomainError):
    code = "nothing_published"
    message = _("Publish the report first; a link shows its newest published version.")
