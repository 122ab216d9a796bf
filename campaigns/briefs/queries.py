"""Reads of campaigns and briefs."""

from django.db.models import Sum

from campaigns.briefs import rules
from campaigns.briefs.models import Brief, Campaign


def newest_brief(campaign: Campaign) -> Brief | None:
    return (
        campaign.briefs.select_related("submission", "written_by")
        .prefetch_related("lines")
        .last()
    )


def unclear(brief: Brief) -> list[rules.Unclear]:
    """The questions this version leaves open."""
    return rules.unclear({name: getattr(brief, name) for name in rules.QUESTIONS})


def budget_minor(brief: Brief) -> int:
    """What the brief's lines add up to."""
    return brief.lines.aggregate(total=Sum("amount_minor"))["total"] or 0
