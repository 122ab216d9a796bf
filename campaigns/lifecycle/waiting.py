"""What waits for whom: the first thing on each home page. Pure but for the addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.briefs.models import Campaign
from campaigns.briefs.states import Stage
from campaigns.lifecycle.gates import Situation, checklist
from campaigns.lifecycle.queries import NEXT
from campaigns.lifecycle.values import Check, Sentence


@dataclass(frozen=True)
class Task:
    """One thing to do. text: the act; consequence: what it holds up, or what follows."""

    text: Sentence
    url: str
    consequence: Sentence
    due: datetime | None = None


# The act that clears a check, and the page it is done on.
ACTS: dict[str, tuple[Sentence, str]] = {
    "brief_written": (gettext_lazy("Write the brief"), "briefs:edit"),
    "brief_clear": (gettext_lazy("Answer what the brief leaves open"), "briefs:edit"),
    "brief_accepted": (gettext_lazy("Change the brief: the check refused it"), "briefs:edit"),
    "materials_accepted": (
        gettext_lazy("Look at the material that was refused"),
        "briefs:material",
    ),
    "mechanic_written": (gettext_lazy("Write the mechanic"), "codesign:mechanic"),
    "mechanic_accepted": (
        gettext_lazy("Change the mechanic: the check refused it"),
        "codesign:mechanic",
    ),
    "somebody_joined": (gettext_lazy("Invite the first creators"), "codesign:people"),
    "no_open_objection": (gettext_lazy("Answer the open objection"), "codesign:mechanic"),
    "everyone_agreed": (
        gettext_lazy("Offer terms, or answer the ones proposed"),
        "agreements:list",
    ),
    "everyone_paid": (gettext_lazy("Pay what is due"), "payouts:money"),
    "balance_is_zero": (gettext_lazy("Settle the campaign's balance"), "payouts:money"),
    "lessons_written": (gettext_lazy("Write what went wrong"), "reports:edit"),
    "incidents_answered": (gettext_lazy("Answer the open incident"), "reports:edit"),
    "report_published": (gettext_lazy("Publish the report"), "reports:edit"),
}
ADVANCES: dict[str, Sentence] = {
    Stage.CODESIGN: gettext_lazy("Open the co-design"),
    Stage.CONTRACTING: gettext_lazy("Open the contracts"),
    Stage.LIVE: gettext_lazy("Go live"),
    Stage.CLOSING: gettext_lazy("Begin the closing"),
    Stage.CLOSED: gettext_lazy("Close the campaign"),
}


def for_agency(campaign: Campaign, now: Situation) -> Task | None:
    """The agency's next act in one campaign, if it is the agency's turn."""
    to = NEXT.get(campaign.stage)
    if to is None:
        return None
    lacking = [check for check in checklist(now, to) if not check.ok]
    if not lacking:
        return Task(
            ADVANCES[to],
            reverse("lifecycle:campaign", args=[campaign.public_id]),
            _("%(title)s. Nothing is missing any more.") % {"title": campaign.title},
        )
    return next(filter(None, (_act(campaign, check, now) for check in lacking)), None)


BRANDS_PART = frozenset({"brief_clear", "brief_accepted", "incidents_answered"})
PAID_AHEAD = frozenset({Stage.CONTRACTING, Stage.LIVE})


def for_brand(campaign: Campaign, now: Situation) -> Task | None:
    """What the brand itself can settle: open questions, its money, incidents without an answer."""
    if campaign.stage in PAID_AHEAD and not now.funded_minor:
        return Task(
            gettext_lazy("Transfer the campaign's money"),
            reverse("payouts:money", args=[campaign.public_id]),
            _("%(title)s. Until it arrives, everyone invited reads that it is missing.")
            % {"title": campaign.title},
        )
    to = NEXT.get(campaign.stage)
    lacking = [check for check in checklist(now, to) if not check.ok] if to else []
    asked = (_act(campaign, check, now) for check in lacking if check.code in BRANDS_PART)
    return next(filter(None, asked), None)


def for_reviewer(open_cases: int) -> Task:
    return Task(
        ngettext("Rule on %(n)d text that waits", "Rule on %(n)d texts that wait", open_cases)
        % {"n": open_cases},
        reverse("lifecycle:reviews"),
        _("What is with a reviewer stands still until a person decides."),
    )


def for_clicks(accounts: int) -> Task:
    return Task(
        ngettext(
            "Say a word on %(n)d creator's clicks", "Say a word on %(n)d creators' clicks", accounts
        )
        % {"n": accounts},
        reverse("lifecycle:reviews") + "#clicks",
        _("What a machine finds in clicks changes nothing until a person has said a word."),
    )


def _act(campaign: Campaign, check: Check, now: Situation) -> Task | None:
    if check.code not in ACTS or not _is_the_agencys(check, now):
        return None
    text, route = ACTS[check.code]
    return Task(
        text,
        reverse(route, args=[campaign.public_id]),
        _("%(title)s. It waits until %(what)s.")
        % {"title": campaign.title, "what": _lower(str(check.sentence))},
    )


def _is_the_agencys(check: Check, now: Situation) -> bool:
    """A check under way needs nobody; invitations out need an answer, not another letter."""
    if check.waits_for in {"check", "reviewer"}:
        return False
    return not (check.code == "somebody_joined" and now.unanswered_invitations)


def who_moves(lacking: Iterable[Check]) -> str:
    """Who the first missing thing waits for, in words."""
    said = {
        "agency": _("The agency"),
        "brand": _("The brand"),
        "influencers": _("The creators"),
        "reviewer": _("A reviewer"),
        "check": _("Nobody: the check is under way"),
    }
    first = next(iter(lacking), None)
    return said[first.waits_for] if first else said["agency"]


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
