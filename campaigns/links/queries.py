"""Reads of links and of the clicks on them."""

from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet

from campaigns.agreements.models import Fulfilment
from campaigns.briefs.models import Campaign
from campaigns.links.models import Judging, TrackedLink
from campaigns.links.states import JudgingStatus
from campaigns.links.values import Clicks
from config.identity.models import User
from config.identity.permissions import Role
from config.kernel.errors import NotFound

SAME_VISIT_MINUTES = 30

_COUNT = """
SELECT publication_id,
       count(at),
       count(at) FILTER (WHERE before IS NULL OR at - before > make_interval(mins => %(same)s))
FROM (
    SELECT link.publication_id, click.at,
           lag(click.at) OVER (
               PARTITION BY click.link_id, click.visitor ORDER BY click.at, click.id
           ) AS before
    FROM links_trackedlink link
    LEFT JOIN links_click click ON click.link_id = link.id
    WHERE link.publication_id = ANY(%(publications)s)
) visit
GROUP BY publication_id
"""


def link_at(code: str) -> TrackedLink:
    """The link readers follow. Raises NotFound."""
    found = TrackedLink.objects.only("pk", "target_url").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def count(publication_ids: Collection[int]) -> dict[int, Clicks]:
    """Clicks of each publication; those without a link are not in the answer.

    A click within 30 minutes of the same visitor's last on the same link is a repeat. Visitors
    are keyed by the day, so a visit across midnight (UTC) counts twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"same": SAME_VISIT_MINUTES, "publications": list(publication_ids)})
        return {row[0]: Clicks(raw=row[1], counted=row[2]) for row in cursor.fetchall()}


def links_of(publication_ids: Collection[int]) -> dict[int, TrackedLink]:
    found = TrackedLink.objects.filter(publication__in=publication_ids)
    return {link.publication_id: link for link in found}


def posts_of(campaign: Campaign, user: User, roles: frozenset[Role]) -> QuerySet[Fulfilment]:
    """The campaign's posts; an influencer meets only their own."""
    posts = Fulfilment.objects.filter(deliverable__agreement__campaign=campaign)
    if roles <= {Role.INFLUENCER}:
        posts = posts.filter(deliverable__agreement__participant__influencer__user=user)
    return posts.select_related(
        "publication", "deliverable__agreement__participant__influencer"
    ).order_by("pk")


def post_for(campaign: Campaign, user: User, roles: frozenset[Role], public_id: str) -> Fulfilment:
    """One of the posts above. Raises NotFound."""
    found = posts_of(campaign, user, roles).filter(publication__public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def newest_judging(campaign: Campaign) -> Judging | None:
    """The judging whose figures are shown: the newest finished one of the campaign's links, else
    of clicks handed in."""
    finished = campaign.judgings.filter(status=JudgingStatus.FINISHED).order_by("-pk")
    return finished.filter(submission__isnull=True).first() or finished.first()


def newest_of(campaign_ids: Collection[int]) -> QuerySet[Judging]:
    """The newest judging begun, of each campaign's links and of each material of clicks."""
    begun = Judging.objects.filter(campaign__in=campaign_ids).exclude(status=JudgingStatus.QUEUED)
    return (
        begun.select_related("campaign", "submission")
        .order_by("campaign_id", "submission_id", "-pk")
        .distinct("campaign_id", "submission_id")
    )
