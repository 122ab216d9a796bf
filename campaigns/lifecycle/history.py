"""The event log as people read it: what happened, in a sentence, with its mark."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from config.identity.models import User
from config.kernel.events import history
from config.kernel.models import Event
from config.theme.meanings import STAGES

Sentence = Any  # lazy

SAID: dict[str, tuple[str, str, Sentence]] = {  # kind: tone, icon, sentence
    "briefs.campaign_created": ("none", "add", _("%(who)s began the campaign")),
    "briefs.brief_written": ("none", "pen", _("%(who)s wrote version %(number)s of the brief")),
    "briefs.material_handed_in": ("none", "text", _("%(who)s handed in material to be checked")),
    "codesign.invited": ("none", "mail", _("%(who)s sent an invitation")),
    "codesign.joined": ("yes", "person", _("%(who)s takes part")),
    "codesign.declined": ("none", "aside", _("%(who)s said no, thank you")),
    "codesign.left": ("aside", "aside", _("%(who)s left the campaign")),
    "codesign.mechanic_proposed": (
        "none",
        "pen",
        _("%(who)s put version %(number)s of the mechanic on the table"),
    ),
    "codesign.round_extended": ("none", "clock", _("%(who)s gave the round a later deadline")),
    "codesign.objection_cleared": ("yes", "tick", _("%(who)s says the objection is answered")),
    "codesign.commented": ("none", "talk", _("%(who)s joined the discussion")),
    "agreements.terms_offered": ("none", "text", _("%(who)s proposed terms, round %(round)s")),
    "agreements.terms_accepted": ("yes", "tick", _("%(who)s accepted round %(round)s")),
    "agreements.agreed": ("yes", "seal", _("An agreement stands")),
    "agreements.withdrawn": ("aside", "aside", _("%(who)s withdrew from the negotiation")),
    "agreements.publication_registered": ("none", "post", _("%(who)s registered a post")),
    "lifecycle.stage_moved": ("none", "turn", _("The campaign moved on: %(stage)s")),
    "payouts.funding_recorded": ("none", "money", _("The brand's money came in")),
    "payouts.cost_booked": ("none", "money", _("A cost was booked")),
    "payouts.agency_fee_booked": ("none", "money", _("The agency's fee was booked")),
    "payouts.owed": ("none", "money", _("A fee became due")),
    "payouts.paid": ("yes", "money", _("A payment was recorded")),
    "payouts.withdrawn": ("none", "money", _("%(who)s withdrew a cost booked by mistake")),
    "payouts.rest_refunded": ("none", "money", _("What was left went back to the brand")),
    "reports.incident_raised": ("care", "talk", _("%(who)s reported an incident")),
    "reports.incident_answered": ("none", "talk", _("%(who)s answered an incident")),
    "reports.lessons_written": ("none", "pen", _("%(who)s wrote what went wrong")),
    "reports.replied": ("none", "talk", _("%(who)s replied to the report")),
    "reports.published": ("yes", "seal", _("The report was published")),
}
STANCES: dict[str, tuple[str, str, Sentence]] = {
    "consent": ("yes", "consent", _("%(who)s consents")),
    "concern": ("care", "concern", _("%(who)s has a concern")),
    "objection": ("stop", "objection", _("%(who)s objects")),
    "stand_aside": ("aside", "aside", _("%(who)s stands aside")),
}


@dataclass(frozen=True)
class Entry:
    tone: str
    icon: str
    text: str
    at: datetime


def entries(campaign: Campaign, most: int = 12) -> list[Entry]:
    """The newest things that happened and have words for people; two queries.

    The same thing several times in a row, ten payments for one, is told once.
    """
    found = [each for each in history(campaign.stream)[: most * 6] if _said(each)]
    names = _names_of(found)
    told = groupby((_entry(event, names) for event in found), key=lambda entry: entry.text)
    return [_once(list(same)) for _text, same in islice(told, most)]


def _once(same: list[Entry]) -> Entry:
    """Neighbours with the same words as one, at the time of the newest."""
    newest = same[0]
    if len(same) == 1:
        return newest
    words = {"what": newest.text, "n": len(same)}
    return replace(newest, text=_("%(what)s, %(n)d times") % words)


def _said(event: Event) -> tuple[str, str, Sentence] | None:
    if event.kind == "codesign.position_taken":
        return STANCES.get(event.facts.get("stance", ""))
    return SAID.get(event.kind)


def _entry(event: Event, names: dict[int, str]) -> Entry:
    said = _said(event)
    assert said is not None
    tone, icon, sentence = said
    facts = {name: str(value) for name, value in event.facts.items()}
    stage = facts.get("after", "")
    words = {
        "number": "",
        "round": "",
        **facts,
        "who": names.get(event.actor_id or 0, ""),
        "stage": str(STAGES.get(stage) or Stage(stage).label) if stage in Stage.values else "",
    }
    return Entry(tone, icon, str(sentence) % words, event.at)


def _names_of(found: Iterable[Event]) -> dict[int, str]:
    ids = {event.actor_id for event in found if event.actor_id}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
