"""The report as it stands, what its end still waits for, and the public door to it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.briefs.models import Campaign
from campaigns.codesign import queries as codesign
from campaigns.codesign.models import Participant
from campaigns.reports import gathering, report, signing, tokens
from campaigns.reports.models import Incident, ReportVersion, ShareLink
from campaigns.reports.values import ClosingState, Facts
from config.kernel.errors import NotFound


def report_of(campaign: Campaign) -> dict[str, Any]:
    """The campaign's report as of now, published or not. A constant number of queries."""
    return report.assemble(facts_of(campaign))


def facts_of(campaign: Campaign) -> Facts:
    known = gathering.people(campaign)
    versions = gathering.mechanics(campaign)
    works = gathering.published(campaign)
    waiting = without_reply(campaign)
    return Facts(
        at=timezone.now(),
        campaign=gathering.campaign_facts(campaign),
        public_key=signing.public_key(),
        joined=gathering.still_here(known),
        brief=gathering.brief_facts(campaign),
        rounds=gathering.round_facts(versions),
        objections=gathering.objection_facts(versions, known),
        money=gathering.money_facts(campaign),
        posts=gathering.post_facts(works, known),
        clicks=gathering.click_facts(works),
        incidents=gathering.incident_facts(campaign),
        lessons=gathering.lesson_facts(campaign),
        replies=gathering.reply_facts(gathering.newest_replies(campaign), known),
        without_reply=len(waiting),
        published=gathering.version_facts(campaign),
    )


def closing_state(campaign: Campaign) -> ClosingState:
    """What the end of the campaign waits for. Four queries."""
    return ClosingState(
        has_lessons=campaign.lessons.exists(),
        unanswered_incidents=unanswered(campaign).count(),
        without_reply=without_reply(campaign),
        report_published=campaign.report_versions.exists(),
    )


def unanswered(campaign: Campaign) -> QuerySet[Incident]:
    return campaign.incidents.filter(answered_at__isnull=True)


def without_reply(campaign: Campaign) -> tuple[str, ...]:
    """Names of those who joined and have neither replied nor waived, for those inside."""
    silent = codesign.joined(campaign).filter(replies__isnull=True)
    return tuple(silent.values_list("influencer__name", flat=True))


def may_reply(campaign: Campaign, user_id: int) -> Participant | None:
    """The joined participant the person is."""
    return codesign.joined(campaign).filter(influencer__user_id=user_id).first()


def incident_of(campaign: Campaign, public_id: str) -> Incident:
    """Raises NotFound."""
    found = campaign.incidents.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def link_of(campaign: Campaign, public_id: str) -> ShareLink:
    """Raises NotFound."""
    found = campaign.share_links.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def open_links(campaign: Campaign) -> QuerySet[ShareLink]:
    return campaign.share_links.filter(revoked_at__isnull=True).select_related("created_by")


def shared(token: str, number: int | None = None) -> tuple[ShareLink, ReportVersion]:
    """The link of this token with the newest published version, or the one asked for.

    Raises NotFound where the token is unknown or revoked, or there is no such version.
    """
    link = (
        ShareLink.objects.select_related("campaign")
        .filter(digest=tokens.digest_of(token), revoked_at__isnull=True)
        .first()
    )
    if link is None:
        raise NotFound
    versions = ReportVersion.objects.filter(campaign_id=link.campaign_id).order_by("-number")
    version = (versions.filter(number=number) if number else versions).first()
    if version is None:
        raise NotFound
    return link, version


def versions_of(link: ShareLink) -> QuerySet[ReportVersion]:
    """Every published version of the report, newest first, without the reports themselves."""
    return (
        ReportVersion.objects.filter(campaign_id=link.campaign_id).defer("body").order_by("-number")
    )


def sealed(version: ReportVersion) -> dict[str, Any]:
    """A published version with its digest and signature, as it is given away."""
    return {"report": version.body, "digest": version.digest, "signature": version.signature}
