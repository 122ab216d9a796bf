"""A story under way: who plays, on which campaign, and what the worker is waited for."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.briefs.models import Campaign
from campaigns.codesign.models import Participant
from campaigns.links.queries import newest_judging
from campaigns.quality.queries import standing
from config.stories.cast import Cast
from config.stories.reading import Story
from config.stories.site import Site
from config.stories.stage import until

DECIDED = frozenset({"accepted", "review", "rejected", "failed"})


@dataclass
class Play:
    """A story under way. refused: what the platform would not let pass, by submission id."""

    story: Story
    cast: Cast
    campaign: Campaign
    sites: Site
    submissions: dict[str, list[int]] = field(default_factory=dict)

    @property
    def told(self) -> Any:
        return self.story.told

    def of(self, name: str) -> list[int]:
        return self.submissions.get(name, [])


def decided(submission_id: int) -> str:
    def status() -> str:
        found = standing(submission_id).status
        return found if found in DECIDED else ""

    return until(status, f"the check of submission {submission_id}")


def judged(played: Play) -> None:
    """Wait until the clicks handed in are judged."""
    until(
        lambda: newest_judging(played.campaign),
        f"the clicks of {played.story.name} to be judged",
    )


def day_of(played: Play) -> date:
    """The day the story began: the same when it is taken up again tomorrow."""
    return timezone.localdate(played.campaign.created_at)


def joined(played: Play) -> list[Participant]:
    return list(
        played.campaign.participants.filter(status="joined")
        .select_related("influencer__user")
        .order_by("joined_at", "pk")
    )


def fresh(played: Play) -> Campaign:
    played.campaign = Campaign.objects.select_related("brand", "agency").get(pk=played.campaign.pk)
    return played.campaign
