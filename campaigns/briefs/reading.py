"""What a page says about a brief: its answers under their questions, and what is asked back."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.briefs import policies, queries
from campaigns.briefs.forms import BriefForm
from campaigns.briefs.models import Brief, Campaign
from campaigns.briefs.rules import QUESTIONS
from campaigns.briefs.states import EDITABLE_STAGES
from config.identity.models import User

LABELS: dict[str, str | Promise] = {
    name: field.label or "" for name, field in BriefForm.base_fields.items() if name in QUESTIONS
}
REASONS: dict[str, str | Promise] = {
    "empty": _("This is still open. Nobody can agree to what is not said."),
    "circular": _("This says the same as an answer above. Say what is different here."),
    "only_numbers": _(
        "This only says what to count. Say what should be told, and what it is good for."
    ),
}


def asked_back(brief: Brief | None) -> dict[str, str | Promise]:
    """The questions the version leaves open, each with why it is asked back."""
    if brief is None:
        return {}
    return {each.question: REASONS[each.reason] for each in queries.unclear(brief)}


def answers_of(brief: Brief | None) -> dict[str, tuple[str | Promise, str]]:
    """Question name -> its words and the answer, in the order of the brief."""
    found: dict[str, tuple[str | Promise, str]] = {}
    for name in QUESTIONS:
        found[name] = (LABELS[name], getattr(brief, name) if brief else "")
    return found


def writes(user: User, campaign: Campaign) -> bool:
    """Whether this person can write the next version now."""
    return campaign.stage in EDITABLE_STAGES and policies.can_write(user, campaign)
