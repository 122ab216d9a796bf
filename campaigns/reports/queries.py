"""The report as it stands, what its end still waits for, and the public door to it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from campaigns.briefs.models import Campaign
from campaigns.codesign import queries as codesign
from campaigns.codesign.models import Participant
from campaigns.codesign.states import ParticipantStatus
from campaigns.reports import gathering, report, signing, tokens
from campaigns.reports.models import Incident, Lesson, ReportVersion, ShareLink
from campaigns.reports.values import ClosingState, Facts
from config.kernel.errors import NotFound


def report_of(campaign: Campaign) -> dict[str, Any]:
    """The campaign's report as of now, published or not. A constant number of queries."""
    return report.assemble(facts_of(campaign))


def facts_of(campaign: Campaign) -> Facts:
    known = gathering.people(campaign)
    versions = gathering.mechanics(campaign)
    works = gathering.published(campaign)
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
        clicks=gathering.click_facts(campaign, works),
        incidents=gathering.incident_facts(campaign),
        lessons=gathering.lesson_facts(campaign),
        replies=gathering.reply_facts(gathering.newest_replies(campaign), known),
        without_reply=len(_silent([campaign.pk])[campaign.pk]),
        published=gathering.version_facts(campaign),
    )


def closing_state(campaign: Campaign) -> ClosingState:
    """What the end of the campaign waits for. Four queries."""
    return closing_states([campaign.pk])[campaign.pk]


def closing_states(campaign_ids: Collection[int]) -> dict[int, ClosingState]:
    """The same of many campaigns, still in four queries."""
    told = _having(Lesson, campaign_ids)
    published = _having(ReportVersion, campaign_ids)
    waiting: dict[int, int] = dict(
        Incident.objects.filter(campaign__in=campaign_ids, answered_at__isnull=True)
        .values_list("campaign_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    silent = _silent(campaign_ids)
    return {
        pk: ClosingState(
            has_lessons=pk in told,
            unanswered_incidents=waiting.get(pk, 0),
            without_reply=tuple(silent[pk]),
            report_published=pk in published,
        )
        for pk in campaign_ids
    }


def _having(model: type[Lesson] | type[ReportVersion], campaign_ids: Collection[int]) -> set[int]:
    rows = model._default_manager.filter(campaign__in=campaign_ids)
    return set(rows.order_by().values_list("campaign_id", flat=True).distinct())


def _silent(campaign_ids: Collection[int]) -> dict[int, list[str]]:
    """Names of those who joined and have neither replied nor waived, for those inside."""
    found: dict[int, list[str]] = {pk: [] for pk in campaign_ids}
    rows = Participant.objects.filter(
        campaign__in=campaign_ids, status=ParticipantStatus.JOINED, replies__isnull=True
    ).order_by("joined_at", "pk")
    for campaign_id, name in rows.values_list("campaign_id", "influencer__name"):
        found[campaign_id].append(name)
    return found


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
